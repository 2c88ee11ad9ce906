using System.Runtime.CompilerServices;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Filters;

/// <summary>
/// How many items there would be for each value of each criterion, whatever else is chosen of that one criterion. An item counts once
/// however often it takes place, in several regions when it takes place in several, and once in <see cref="Total"/>.
/// </summary>
public sealed class Facets
{
    /// <summary>Each item's values by criterion, worked out once for a revision.</summary>
    private static readonly ConditionalWeakTable<Published, string[][]> Known = [];

    private readonly Dictionary<string, int>[] counts = [.. Criterion.All.Select(_ => new Dictionary<string, int>())];

    private Facets()
    {
    }

    /// <summary>Items that match the filter.</summary>
    public int Total { get; private set; }

    public int Of(string criterion, string value) => counts[Criterion.PlaceOf(criterion)].GetValueOrDefault(value);

    /// <summary>Events of some times, each once: one is one object in a snapshot, and to compare its texts takes long.</summary>
    public static IEnumerable<Published> EventsOf(IEnumerable<Occurrence> times) =>
        times.Select(time => time.Event).Distinct<Published>(ReferenceEqualityComparer.Instance);

    /// <summary>Counts what takes place within the filter's days; one pass over the agenda.</summary>
    public static Facets Count(IReadOnlyList<Occurrence> agenda, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(filter);
        return Count(EventsOf(agenda.Where(filter.MatchesDays)), filter);
    }

    /// <summary>Counts items, whenever they take place.</summary>
    public static Facets Count(IEnumerable<Published> items, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(filter);
        var facets = new Facets();
        var chosen = Criterion.All.Select(criterion => filter.Of(criterion.Name)).ToArray();
        foreach (var item in items.Where(filter.MatchesText))
        {
            var values = Known.GetValue(item, static item => [.. Criterion.All.Select(each => each.ValuesOf(item).Distinct().ToArray())]);
            var (missed, missing) = (-1, 0);
            for (var index = 0; index < values.Length && missing < 2; index++)
            {
                if (chosen[index].Count > 0 && !values[index].Any(chosen[index].Contains))
                {
                    (missed, missing) = (index, missing + 1);
                }
            }

            facets.Total += missing == 0 ? 1 : 0;
            for (var index = 0; index < values.Length; index++)
            {
                // An item that only one criterion keeps out would come in by another value of that one.
                if (missing == 0 || (missing == 1 && index == missed))
                {
                    foreach (var value in values[index])
                    {
                        facets.counts[index][value] = facets.counts[index].GetValueOrDefault(value) + 1;
                    }
                }
            }
        }

        return facets;
    }
}
