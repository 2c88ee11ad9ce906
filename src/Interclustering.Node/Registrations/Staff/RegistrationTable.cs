using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Interclustering.Contracts;

namespace Interclustering.Node.Registrations.Staff;

/// <summary>
/// The list as a table for spreadsheets (RFC 4180): UTF-8 with its mark, semicolons, CRLF, as the agenda's. A cell that a spreadsheet would
/// read as a formula begins with an apostrophe.
/// </summary>
internal static class RegistrationTable
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    public static byte[] Write(RegistrableEvent happening, IReadOnlyList<ShownRegistration> rows)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var table = new CsvWriter(text, Form))
        {
            List<string> fields = [.. RegistrationFields.All.Where(field => happening.Terms.Fields.Any(asked => asked.Name == field)
                || rows.Any(row => row.Person?.Answers.ContainsKey(field) == true))];
            WriteRow([T["Nom"], T["Adresse électronique"], T["État"], T["Places"], T["Séance"], T["Confirmé le"], T["A participé"],
                .. fields.Select(field => RegistrationWords.LabelOf(field) ?? field)]);
            foreach (var (row, person) in rows)
            {
                WriteRow([person?.Name ?? "", person?.Email ?? "", RegistrationWords.Of(row.State),
                    row.Seats.ToString(CultureInfo.InvariantCulture), row.Session,
                    row.ConfirmedAt is { } at ? ParisDay.Of(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
                    row.Present is { } present ? (present ? T["oui"] : T["non"]) : "",
                    .. fields.Select(field => person?.Answers.GetValueOrDefault(field, "") ?? "")]);
            }

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
}

/// <summary>How many seats a pool has, and what is taken and waits.</summary>
public sealed record PoolState(Capacity Capacity, Occupancy Now);

/// <summary>A registration with the person whom it names; null once the name is gone.</summary>
public sealed record ShownRegistration(Registration Row, Registrant? Person)
{
    /// <summary>The mail about where it stands did not arrive.</summary>
    public string? Failure { get; init; }
}
