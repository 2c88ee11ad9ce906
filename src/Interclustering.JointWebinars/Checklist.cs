using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Dates;

namespace Interclustering.JointWebinars;

/// <summary>What a joint webinar usually needs: a place to begin from, which the teams change.</summary>
public static class Checklist
{
    /// <summary>
    /// French: it becomes content of the dossier. Days are counted from the webinar; what every cluster does for itself is there once for
    /// each.
    /// </summary>
    private static readonly (string Key, string What, int Days, bool Each)[] Template =
    [
        ("intervenants", "Confirmer les intervenants et leur temps de parole", -28, false),
        ("plateforme", "Ouvrir la plateforme et donner les accès aux animateurs", -21, false),
        ("inscription", "Ouvrir l’inscription de nos adhérents", -21, true),
        ("annonce", "Annoncer dans notre lettre et sur notre site", -18, true),
        ("supports", "Réunir les supports des intervenants", -7, false),
        ("relance", "Relancer nos inscrits", -3, true),
        ("repetition", "Répéter : son, partage d’écran, enchaînements", -2, false),
        ("replay", "Mettre en ligne le replay et les supports", 3, false),
        ("bilan", "Recueillir les avis de nos participants", 5, true),
        ("fiche", "Rédiger la fiche pratique", 15, false),
    ];

    /// <summary>Those that the dossier does not have yet; none before a slot is chosen. Pure.</summary>
    public static IReadOnlyList<PreparationTask> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.Slot is not { } slot)
        {
            return [];
        }

        var day = DateOnly.FromDateTime(Dossier.TimeOf(slot));
        var known = dossier.Counted.Select(said => said.Fact.Task?.Id).ToHashSet();
        return
        [
            .. Template.SelectMany(task => (task.Each ? dossier.Participants : [dossier.Lead])
                .Select(cluster => new PreparationTask(task.Each ? $"{task.Key}-{cluster}" : task.Key, task.What)
            {
                Cluster = cluster,
                DueOn = WorkingDays.LastUntil(day.AddDays(task.Days)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            })).Where(task => !known.Contains(task.Id)),
        ];
    }
}
