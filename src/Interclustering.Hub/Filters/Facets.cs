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

    /// <summary>Counts what takes place within the filter's days.</summary>
    public static Facets Count(Timetable agenda, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(filter);
        var facets = new Facets();
        var (first, last, chosen) = (filter.FirstDay, filter.LastDay, DayIndex.ChosenBy(filter));
        var numbered = Array.Empty<int>();
        // An item counts where its last occurrence is, or its first if only a last day is given. What that does not tell is counted one by
        // one: what began before the first day, and between two days what takes place several times.
        var single = new HashSet<Published>(ReferenceEqualityComparer.Instance);
        foreach (var day in agenda.DaysWithin(first, last))
        {
            if (day.Day < first)
            {
                AddEach(day.ToCome(first.Value));
                continue;
            }

            if (filter.Text is not null || (first is not null && last is not null && day.Times.Any(time => !time.IsFirst || !time.IsLast)))
            {
                AddEach(day.Times);
                continue;
            }

            var index = DayIndex.Of(day);
            var bits = (last is null ? index.Last : index.First).AsSpan().ToArray();
            foreach (var place in day.Lasting)
            {
                DayIndex.Put(bits, place, DayIndex.Has(bits, place) && filter.MatchesDays(day.Times[place]));
            }

            Array.Resize(ref numbered, Math.Max(numbered.Length, DayIndex.NumberCount));
            facets.Add(index, bits, chosen, numbered);
        }

        foreach (var (value, number) in DayIndex.NumberedValues.Where(value => value.Value < numbered.Length && numbered[value.Value] > 0))
        {
            facets.counts[(Criterion.All[value.Criterion].Name, value.Value)] = numbered[number];
        }

        facets.Add(single, filter);
        return facets;

        void AddEach(IEnumerable<Occurrence> times)
        {
            foreach (var time in times)
            {
                if (filter.MatchesDays(time) && (last is null ? time.IsLast : first is not null || time.IsFirst))
                {
                    single.Add(time.Event);
                }
            }
        }
    }

    /// <summary>Counts items, whenever they take place.</summary>
    public static Facets Count(IEnumerable<Published> items, AgendaFilter filter)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(filter);
        var facets = new Facets();
        facets.Add(items, filter);
        return facets;
    }

    /// <summary>Adds the items of one day.</summary>
    /// <param name="index">Of the day.</param>
    /// <param name="bits">Which of its occurrences stand for an item that counts.</param>
    /// <param name="chosen">See <see cref="DayIndex.ChosenBy"/>.</param>
    /// <param name="numbered">Counts by number of value; added to.</param>
    private void Add(DayIndex index, ulong[] bits, IReadOnlyList<(int Criterion, int[] Numbers)> chosen, int[] numbered)
    {
        var matching = bits.AsSpan().ToArray();
        index.Restrict(matching, chosen);
        Total += DayIndex.Count(matching);
        for (var place = 0; place < Criterion.All.Count; place++)
        {
            index.Count(matching, place, numbered);
        }

        // What only one criterion keeps out would come in by another value of that one.
        for (var each = 0; each < chosen.Count; each++)
        {
            var others = bits.AsSpan().ToArray();
            index.Restrict(others, chosen, chosen[each].Criterion);
            for (var word = 0; word < others.Length; word++)
            {
                others[word] &= ~matching[word];
            }

            index.Count(others, chosen[each].Criterion, numbered);
        }
    }

    private void Add(IEnumerable<Published> items, AgendaFilter filter)
    {
        foreach (var item in items.Where(filter.MatchesText))
        {
            var values = Criterion.All.Select(criterion => criterion.ValuesOf(item).Distinct().ToList()).ToList();
            var missed = Enumerable.Range(0, values.Count)
                .Where(index => filter.Of(Criterion.All[index].Name) is { Count: > 0 } chosen && !values[index].Any(chosen.Contains))
                    .Take(2).ToList();
            Total += missed.Count == 0 ? 1 : 0;
            // An item that only one criterion keeps out would come in by another value of that one.
            foreach (var index in missed.Count == 0 ? Enumerable.Range(0, values.Count) : missed.Count == 1 ? missed : [])
            {
                foreach (var value in values[index])
                {
                    var key = (Criterion.All[index].Name, value);
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }
    }
}
