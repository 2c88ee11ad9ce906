using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Content;

/// <summary>Whether the envelope of an authentic entry is one: ids, times and names that every reader can keep. Its data is another question.</summary>
public static class EntryCheck
{
    public static IReadOnlyList<ContentProblem> Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var envelope = JsonSerializer.SerializeToElement(entry with { Data = null }, ContractJson.Options);
        var problems = PublishedSchemas.Check("JournalEntry", envelope);
        return problems.Count > 0 ? problems
            : DateTime.TryParse(entry.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _) ? [] : [new("/time", ContentRules.Date)];
    }
}
