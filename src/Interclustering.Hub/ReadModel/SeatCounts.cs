using System.Collections.Immutable;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;

namespace Interclustering.Hub.ReadModel;

/// <summary>
/// How many are registered for each event, as its clusters have counted. A cluster counts those who register at its own node, whatever the
/// event's owner.
/// </summary>
internal sealed class SeatCounts
{
    private readonly Dictionary<string, string> eventOf = [];
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>>.Builder counts =
        ImmutableDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>>();

    /// <summary>By id of the event, then by id of the record.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>> All => counts.ToImmutable();

    public void Clear()
    {
        eventOf.Clear();
        counts.Clear();
    }

    /// <summary>A record as it stands now, or what was one.</summary>
    /// <exception cref="JsonException">The data isn't of its kind.</exception>
    public void Take(PublicationRow row)
    {
        if (eventOf.Remove(row.Subject, out var before))
        {
            counts[before] = counts[before].Remove(row.Subject);
        }

        if (row is { Kind: Kinds.RegistrationCount, Data: { } data }
            && JsonSerializer.Deserialize<RegistrationCount>(data, ContractJson.Options) is { } said)
        {
            eventOf[row.Subject] = said.Event;
            counts[said.Event] = (counts.GetValueOrDefault(said.Event)
                ?? ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>.Empty.WithComparers(StringComparer.Ordinal))
                .SetItem(row.Subject, said.Counts);
        }
    }

    /// <summary>What each cluster has counted last of an event, or of those that are shown as one with it: by its code.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SeatCount>> Of(Snapshot snapshot, Published published)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(published);
        return published.Parts.Select(part => part.Id).Append(published.Id)
            .SelectMany(id => snapshot.Registrations.GetValueOrDefault(id)?.ToArray() ?? [])
            .GroupBy(record => Subjects.OwnerOf(record.Key)).ToDictionary(same => same.Key, same => same.Last().Value);
    }
}
