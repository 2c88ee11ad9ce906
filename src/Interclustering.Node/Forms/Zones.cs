namespace Interclustering.Node.Forms;

/// <summary>The time zones that the form offers: France first, then its overseas regions, then its neighbours.</summary>
internal static class Zones
{
    public const string Usual = "Europe/Paris";

    public static IReadOnlyList<(string Zone, string Name)> All =>
    [
        (Usual, T["Paris (France hexagonale)"]), ("America/Guadeloupe", T["Guadeloupe"]), ("America/Martinique", T["Martinique"]),
        ("America/Cayenne", T["Guyane"]), ("Indian/Reunion", T["La Réunion"]), ("Indian/Mayotte", T["Mayotte"]),
        ("Europe/Brussels", T["Bruxelles"]), ("Europe/Luxembourg", T["Luxembourg"]), ("Europe/Zurich", T["Zurich"]),
            ("Europe/Berlin", T["Berlin"]),
        ("Europe/Rome", T["Rome"]), ("Europe/Madrid", T["Madrid"]), ("Europe/Lisbon", T["Lisbonne"]), ("Europe/London", T["Londres"]),
        ("UTC", T["Temps universel (UTC)"]),
    ];
}
