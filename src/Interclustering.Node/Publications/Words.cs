using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Publications;

/// <summary>The vocabulary in words.</summary>
internal static class Words
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Kinds.Event] = "Événement", [Kinds.Webinar] = "Webinaire", [Kinds.BestPractice] = "Fiche pratique",
        [Themes.Ecology] = "Transition écologique", [Themes.Digital] = "Digitalisation et IA", [Themes.Property] = "Foncier logistique",
        [Themes.Consumption] = "Nouvelles tendances de consommation", [Themes.Urban] = "Logistique urbaine",
        [Themes.Skills] = "Emploi et compétences", [Themes.Excellence] = "Excellence supply chain",
        [Themes.Resilience] = "Résilience et gestion des risques",
        [Audiences.Shippers] = "Chargeurs", [Audiences.Carriers] = "Transport et prestation logistique",
        [Audiences.Suppliers] = "Fournisseurs et solutions", [Audiences.Schools] = "Écoles et formation", [Audiences.Institutions] = "Institutions",
        [EventFormats.Conference] = "Conférence", [EventFormats.Workshop] = "Atelier collaboratif", [EventFormats.SiteVisit] = "Visite de site",
        [EventFormats.Meetup] = "Rencontre", [EventFormats.Training] = "Formation",
        [Attendance.OnSite] = "Sur place", [Attendance.Online] = "En ligne", [Attendance.Hybrid] = "Hybride",
        [EventStatus.Confirmed] = "Confirmé", [EventStatus.Rescheduled] = "Reporté (nouvelle date)",
        [EventStatus.Postponed] = "Reporté (date à fixer)", [EventStatus.Cancelled] = "Annulé",
        [Visibility.Public] = "Tout le monde", [Visibility.Members] = "Les adhérents", [Visibility.Staff] = "Les équipes des clusters",
    };

    public static string Of(string slug) => All.GetValueOrDefault(slug, slug);

    /// <summary><c>14 h 02</c> on the same day, else <c>le 3 nov. à 14 h 02</c>.</summary>
    public static string Time(DateTime utc, DateTime nowUtc)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, Paris), now = TimeZoneInfo.ConvertTimeFromUtc(nowUtc, Paris);
        var hour = local.ToString("H'\u00a0h\u00a0'mm", French);
        return local.Date == now.Date ? hour : $"le\u00a0{local.ToString("d MMM yyyy", French).Replace(' ', '\u00a0')} à\u00a0{hour}";
    }

    public static string Start(string start) =>
        DateTime.TryParse(start, CultureInfo.InvariantCulture, out var local)
            ? local.ToString(start.Length > 10 ? "ddd d MMM yyyy, H'\u00a0h\u00a0'mm" : "ddd d MMM yyyy", French)
            : start;
}
