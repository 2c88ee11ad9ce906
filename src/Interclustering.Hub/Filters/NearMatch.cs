using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Filters;

/// <summary>A filter that finds something, close to one that finds nothing.</summary>
/// <param name="Filter">With one thing less, or with one thing alone.</param>
/// <param name="Label">What differs, in words.</param>
/// <param name="Count">Items that it finds.</param>
public sealed record NearMatch(AgendaFilter Filter, string Label, int Count)
{
    /// <summary>
    /// Each filter with one thing less that finds something to come, the most fruitful first; where none does, each thing alone.
    /// </summary>
    public static IReadOnlyList<NearMatch> Of(Timetable agenda, AgendaFilter filter, FederationDirectory directory,
        DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(filter);
        var things = Things(filter, directory).ToList();
        var less = Fruitful(things.Select(thing => (thing.Without, T["sans {0}", thing.Name])));
        return less.Count > 0 ? less : Fruitful(things.Select(thing => (thing.Alone, T["seulement {0}", thing.Name])));

        IReadOnlyList<NearMatch> Fruitful(IEnumerable<(AgendaFilter Filter, string Label)> filters) =>
        [
            .. filters.Select(each => new NearMatch(each.Filter, each.Label, Facets.Count(agenda, each.Filter.On(today)).Total))
                .Where(match => match.Count > 0 && !match.Filter.IsEmpty).OrderByDescending(match => match.Count),
        ];
    }

    /// <summary>What the filter asks for, one by one.</summary>
    private static IEnumerable<(string Name, AgendaFilter Without, AgendaFilter Alone)> Things(
        AgendaFilter filter, FederationDirectory directory)
    {
        foreach (var name in filter.Chosen.Keys)
        {
            var words = string.Join(", ", filter.Of(name).Select(value => Criterion.Of(name).Label(directory, value)));
            yield return (words, filter.With(name), new AgendaFilter().With(name, filter.Of(name)));
        }

        if (filter.Text is { } text)
        {
            yield return (T["« {0} »", text], filter with { Text = null }, new AgendaFilter { Text = text });
        }

        if (filter.IsDated)
        {
            yield return (T["dates"], filter with { From = null, To = null, Around = null },
                new AgendaFilter { From = filter.From, To = filter.To, Around = filter.Around });
        }

        if (filter.Past)
        {
            yield return (T["passé"], filter with { Past = false }, new AgendaFilter { Past = true });
        }
    }
}
