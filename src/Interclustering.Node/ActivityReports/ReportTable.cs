using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.ActivityReports;

/// <summary>The figures as a table for spreadsheets (RFC 4180): UTF-8 with its mark, semicolons, CRLF, as the agenda's.</summary>
internal static class ReportTable
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
    };

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
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var table = new CsvWriter(text, Form))
        {
            var columns = Columns;
            WriteRow([T["Période"], T["Selon"], T["Nom"], .. columns.Select(column => column.Name), T["Arrêté le"]]);
            foreach (var quarter in report.Quarters)
            {
                Write(quarter, T["Tous"], "", quarter.Figures.Total);
                foreach (var (code, counts) in quarter.Figures.ByCluster.OrderBy(each => each.Key, StringComparer.Ordinal))
                {
                    Write(quarter, T["Cluster"], directory.Find(code)?.Name ?? code, counts);
                }

                foreach (var (theme, counts) in quarter.Figures.ByTheme.OrderBy(each => each.Key, StringComparer.Ordinal))
                {
                    Write(quarter, T["Thème"], NameOf(theme), counts);
                }
            }

            void Write(ShownQuarter quarter, string by, string name, ActivityCounts counts) => WriteRow(
            [
                quarter.Period.Key, by, name,
                .. columns.Select(column => column.Of(counts).ToString(CultureInfo.InvariantCulture)),
                quarter.ClosedAt is { } at ? DateWords.Iso(DateOnly.FromDateTime(ParisDay.Of(at))) : "",
            ]);

            void WriteRow(IEnumerable<string> cells)
            {
                foreach (var cell in cells)
                {
                    table.WriteField(cell);
                }

                table.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    public static string NameOf(string theme) => theme.Length == 0 ? T["Sans thème"] : Vocabulary.Label(theme);
}
