using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Spreadsheets;

namespace Interclustering.Node.Registrations.Staff;

/// <summary>The list as a table for spreadsheets.</summary>
internal static class RegistrationTable
{
    public static byte[] Write(RegistrableEvent happening, IReadOnlyList<ShownRegistration> rows)
    {
        List<string> fields = [.. RegistrationFields.All.Where(field => happening.Terms.Fields.Any(asked => asked.Name == field)
            || rows.Any(row => row.Person?.Answers.ContainsKey(field) == true))];
        return SpreadsheetTable.Write(
        [
            [T["Nom"], T["Adresse électronique"], T["État"], T["Places"], T["Séance"], T["Confirmé le"], T["A participé"],
                .. fields.Select(field => RegistrationWords.LabelOf(field) ?? field)],
            .. rows.Select(shown => (IEnumerable<string>)[shown.Person?.Name ?? "", shown.Person?.Email ?? "",
                RegistrationWords.Of(shown.Row.State), shown.Row.Seats.ToString(CultureInfo.InvariantCulture),
                shown.Row.Session.Length == 0 ? "" : SessionWords.Of(happening.TimeOf(shown.Row.Session)),
                shown.Row.ConfirmedAt is { } at ? ParisDay.Of(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
                shown.Row.Present is { } present ? (present ? T["oui"] : T["non"]) : "",
                .. fields.Select(field => shown.Person?.Answers.GetValueOrDefault(field, "") ?? "")]),
        ]);
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
