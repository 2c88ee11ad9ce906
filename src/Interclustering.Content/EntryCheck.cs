using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.Content;

/// <summary>
/// Whether the envelope of an authentic entry is one: ids, times and names that every reader can keep. Its data is another question.
/// </summary>
public static partial class EntryCheck
{
    /// <summary>Whether a text is an id of a publication.</summary>
    public static bool IsSubject(string text) => Subject().IsMatch(text);

    public static IReadOnlyList<ContentProblem> Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var envelope = JsonSerializer.SerializeToElement(entry with { Data = null }, ContractJson.Options);
        var problems = PublishedSchemas.Check("JournalEntry", envelope);
        return problems.Count > 0 ? problems
            : TimeOf(entry) is null ? [new("/time", ContentRules.Date)] : [];
    }

    /// <summary>When it was journaled, in UTC; null where the calendar has no such time.</summary>
    public static DateTime? TimeOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return DateTime.TryParse(entry.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]{1,23}-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z")]
    private static partial Regex Subject();
}
