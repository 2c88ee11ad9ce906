using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Spreadsheets;
using Interclustering.Ui.Words;

namespace Interclustering.Node.ActivityReports;

/// <summary>The figures as a table for spreadsheets.</summary>
internal static class ReportTable
{
    /// <summary>What is counted, with its definition, in the order of the columns.</summary>
    public static IReadOnlyList<(string Name, string Means, Func<ActivityCounts, int> Of)> Columns =>
    [
        (T["Événements"], T["Publiés, ni annulés ni reportés sans date, dont le premier jour est dans la période. Ceux des équipes seules "
            + "ne comptent pas."], counts => counts.Events),
        (T["Webinaires"], T["Webinaires d’un seul cluster, comptés comme les événements."], counts => counts.Webinars),
        (T["Webinaires communs"], T["Annoncés par plusieurs clusters, dont le créneau est dans la période."],
            counts => counts.JointWebinars),
        (T["Fiches"], T["Fiches de bonne pratique publiées pour la première fois dans la période."], counts => counts.Sheets),
        (T["Reprises"], T["Fois où une publication figure dans une lettre d’un autre cluster, marquée comme envoyée dans la période."],
            counts => counts.TakenUp),
    ];

    public static byte[] Write(ShownReport report, FederationDirectory directory)
    {
        var columns = Columns;
        return SpreadsheetTable.Write(
        [
            [T["Période"], T["Selon"], T["Nom"], .. columns.Select(column => column.Name), T["Arrêté le"]],
            .. report.Quarters.SelectMany(quarter => (IEnumerable<string>[])
            [
                Row(quarter, T["Tous"], "", quarter.Figures.Total),
                .. quarter.Figures.ByCluster.OrderBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => Row(quarter, T["Cluster"], directory.Find(each.Key)?.Name ?? each.Key, each.Value)),
                .. quarter.Figures.ByTheme.OrderBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => Row(quarter, T["Thème"], NameOf(each.Key), each.Value)),
            ]),
        ]);

        IEnumerable<string> Row(ShownQuarter quarter, string by, string name, ActivityCounts counts) =>
        [
            quarter.Period.Key, by, name,
            .. columns.Select(column => column.Of(counts).ToString(CultureInfo.InvariantCulture)),
            quarter.ClosedAt is { } at ? DateWords.Iso(DateOnly.FromDateTime(ParisDay.Of(at))) : "",
        ];
    }

    public static string NameOf(string theme) => theme.Length == 0 ? T["Sans thème"] : Vocabulary.Label(theme);
}
