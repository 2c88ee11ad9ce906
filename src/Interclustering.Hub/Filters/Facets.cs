using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Filters;

/// <summary>
/// How many items there would be for each value of each criterion, whatever else is chosen of that one criterion. An item counts once
/// however often it takes place, in several regions when it takes place in several, and once in <see cref="Total"/>.
/// </summary>
public sealed class Facets
{
    private readonly Dictionary<(string Criterion, string Value), int> counts = [];

    private Facets()
    {
    }

    /// <summary>Items that match the filter.</summary>
    public int Total { get; private set; }

    public int Of(string criterion, string value) => counts.GetValueOrDefault((criterion, value));

    /// <summary>Counts what takes place within the filter's days; one pass over the agenda.</summary>
    public static Facets Count(IReadOnlyList<Occurrence> agenda, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(filter);
        return Count(agenda.Where(filter.MatchesDays).Select(time => time.Event).Distinct(), filter);
    }

    /// <summary>Counts items, whenever they take place.</summary>
    public static Facets Count(IEnumerable<Published> items, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(filter);
        var facets = new Facets();
        foreach (var item in items.Where(filter.MatchesText))
        {
            var values = Criterion.All.Select(criterion => criterion.ValuesOf(item).Distinct().ToList()).ToList();
            var missed = Enumerable.Range(0, values.Count)
                .Where(index => filter.Of(Criterion.All[index].Name) is { Count: > 0 } chosen && !values[index].Any(chosen.Contains))
                    .Take(2).ToList();
            facets.Total += missed.Count == 0 ? 1 : 0;
            // An item that only one criterion keeps out would come in by another value of that one.
            foreach (var index in missed.Count == 0 ? Enumerable.Range(0, values.Count) : missed.Count == 1 ? missed : [])
            {
                foreach (var value in values[index])
                {
                    var key = (Criterion.All[index].Name, value);
                    facets.counts[key] = facets.counts.GetValueOrDefault(key) + 1;
                }
            }
        }

        return facets;
    }
}
