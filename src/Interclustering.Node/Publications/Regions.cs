namespace Interclustering.Node.Publications;

/// <summary>The regions of France by INSEE code: 13 metropolitan ones, then 5 overseas.</summary>
internal static class Regions
{
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("84", "Auvergne-Rhône-Alpes"), ("27", "Bourgogne-Franche-Comté"), ("53", "Bretagne"), ("24", "Centre-Val de Loire"), ("94", "Corse"),
        ("44", "Grand Est"), ("32", "Hauts-de-France"), ("11", "Île-de-France"), ("28", "Normandie"), ("75", "Nouvelle-Aquitaine"),
        ("76", "Occitanie"), ("52", "Pays de la Loire"), ("93", "Provence-Alpes-Côte d’Azur"),
        ("01", "Guadeloupe"), ("02", "Martinique"), ("03", "Guyane"), ("04", "La Réunion"), ("06", "Mayotte"),
    ];

    public static IReadOnlyList<string> Codes { get; } = [.. All.Select(region => region.Code)];
}
