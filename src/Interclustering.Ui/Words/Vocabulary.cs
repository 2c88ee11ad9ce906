using Interclustering.Contracts;

namespace Interclustering.Ui.Words;

/// <summary>The shared vocabulary in words; an unknown slug is shown as it is.</summary>
public static class Vocabulary
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        [Kinds.Event] = "Événement",
        [Kinds.Webinar] = "Webinaire",
        [Kinds.BestPractice] = "Fiche pratique",
        [Kinds.DateHold] = "Option sur une date",
        [KnownThemes.Ecology] = "Transition écologique",
        [KnownThemes.Digital] = "Digitalisation et IA",
        [KnownThemes.Property] = "Foncier logistique",
        [KnownThemes.Consumption] = "Nouvelles tendances de consommation",
        [KnownThemes.Urban] = "Logistique urbaine",
        [KnownThemes.Skills] = "Emploi et compétences",
        [KnownThemes.Excellence] = "Excellence supply chain",
        [KnownThemes.Resilience] = "Résilience et gestion des risques",
        [Audiences.Shippers] = "Chargeurs",
        [Audiences.Carriers] = "Transport et prestation logistique",
        [Audiences.Suppliers] = "Fournisseurs et solutions",
        [Audiences.Schools] = "Écoles et formation",
        [Audiences.Institutions] = "Institutions",
        [EventFormats.Conference] = "Conférence",
        [EventFormats.Workshop] = "Atelier collaboratif",
        [EventFormats.SiteVisit] = "Visite de site",
        [EventFormats.Meetup] = "Rencontre",
        [EventFormats.Training] = "Formation",
        [Attendance.OnSite] = "Sur place",
        [Attendance.Online] = "En ligne",
        [Attendance.Hybrid] = "Hybride",
        [EventStatus.Confirmed] = "Confirmé",
        [EventStatus.Rescheduled] = "Reporté (nouvelle date)",
        [EventStatus.Postponed] = "Reporté (date à fixer)",
        [EventStatus.Cancelled] = "Annulé",
        ["replay"] = "Replay",
        ["full"] = "Complet",
        ["moved-online"] = "Déplacé en ligne",
        [Visibility.Public] = "Tout le monde",
        [Visibility.Members] = "Les adhérents",
        [Visibility.Staff] = "Les équipes des clusters",
    };

    public static string Label(string slug) => Labels.TryGetValue(slug, out var label) ? Texts.T[label] : slug;
}
