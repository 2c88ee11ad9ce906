using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>
/// The agenda as a table for spreadsheets (RFC 4180): a row for each time, in order. UTF-8 with its mark, semicolons, CRLF: what a French
/// Excel opens. A cell that a spreadsheet would read as a formula begins with an apostrophe.
/// </summary>
internal static class AgendaTable
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    /// <summary>Columns in the reader's language, and what stands in them; of a members' item only title, times and cluster.</summary>
    private static IReadOnlyList<(string Name, Func<Occurrence, string, FederationDirectory, string?> Of)> Columns =>
    [
        (T["Début"], (time, _, _) => DateWords.Iso(time.Day)),
        (T["Heure de début"], (time, _, _) => Hour(time.Start)),
        (T["Fin"], (time, _, _) => DateWords.Iso(time.LastDay)),
        (T["Heure de fin"], (time, _, _) => Hour(time.End)),
        (T["Titre"], (time, _, _) => time.Event.Title),
        (T["Cluster"], (time, _, _) => time.Event.Owner.Name),
        (T["Avec"], Public((item, directory) => Words(item.Item.CoOrganisers, code => directory.Find(code)?.Name ?? code))),
        (T["Type"], Public((item, _) => Vocabulary.Label(item.Kind))),
        (T["Format"], OfEvent(happening => happening.Format is { } format ? Vocabulary.Label(format) : null)),
        (T["Participation"], OfEvent(happening => Vocabulary.Label(happening.Attendance))),
        (T["Lieu"], OfEvent(happening => happening.Place?.Name)),
        (T["Ville"], OfEvent(happening => happening.Place?.City)),
        (T["Régions"], Public((item, _) => Words(item.Regions, Regions.NameOf))),
        (T["Thèmes"], Public((item, _) => Words(item.Item.Themes, Vocabulary.Label))),
        (T["Publics"], Public((item, _) => Words(item.Item.Audiences, Vocabulary.Label))),
        (T["État"], (time, _, _) => Vocabulary.Label(((Event)time.Event.Item).Status)),
        (T["Complet"], OfEvent(happening => happening.Full ? T["oui"] : null)),
        (T["Inscription"], OfEvent(happening => happening.RegistrationUrl)),
        (T["Page"], (time, origin, _) => origin + Language.To(time.Event.Path)),
    ];

    /// <param name="times">In order.</param>
    /// <param name="origin">Where the site is for the caller.</param>
    /// <param name="directory">Names the clusters.</param>
    public static byte[] Write(IEnumerable<Occurrence> times, string origin, FederationDirectory directory)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var table = new CsvWriter(text, Form))
        {
            var columns = Columns;
            foreach (var (name, _) in columns)
            {
                table.WriteField(name);
            }

            table.NextRecord();
            foreach (var time in times)
            {
                foreach (var (_, of) in columns)
                {
                    table.WriteField(of(time, origin, directory));
                }

                table.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string? Hour(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Words(IEnumerable<string> values, Func<string, string> word) => string.Join(", ", values.Select(word));

    private static Func<Occurrence, string, FederationDirectory, string?> Public(Func<Published, FederationDirectory, string?> of) =>
        (time, _, directory) => time.Event.ForMembers ? null : of(time.Event, directory);

    private static Func<Occurrence, string, FederationDirectory, string?> OfEvent(Func<Event, string?> of) =>
        Public((item, _) => of((Event)item.Item));
}
