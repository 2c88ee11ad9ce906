using System.Collections;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Filters;

/// <summary>
/// The occurrences that a filter finds, in order. Only how many there are on each day is worked out before one is asked for.
/// </summary>
internal sealed class MatchingTimes : IReadOnlyList<Occurrence>
{
    /// <summary>Days with bits for those that match; null for all of them.</summary>
    private readonly IReadOnlyList<(TimetableDay Day, ulong[]? Bits)> days;

    /// <summary>How many there are before each day.</summary>
    private readonly List<int> starts = [];

    private MatchingTimes(IReadOnlyList<(TimetableDay Day, ulong[]? Bits)> days)
    {
        this.days = days;
        foreach (var (day, bits) in days)
        {
            starts.Add(Count);
            Count += bits is null ? day.Times.Count : DayIndex.Count(bits);
        }
    }

    public int Count { get; }

    public Occurrence this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var found = starts.BinarySearch(index);
            var place = found < 0 ? ~found - 1 : found;
            var (day, bits) = days[place];
            var within = index - starts[place];
            return day.Times[bits is null ? within : DayIndex.PlacesOf(bits).ElementAt(within)];
        }
    }

    /// <param name="agenda">Where it looks.</param>
    /// <param name="filter">With its days set.</param>
    /// <param name="keeps">Asked of what goes on after its first day, or waits for one.</param>
    /// <param name="descends">Whether the latest day comes first.</param>
    public static MatchingTimes Of(Timetable agenda, AgendaFilter filter, Predicate<Occurrence> keeps, bool descends = false)
    {
        var chosen = DayIndex.ChosenBy(filter);
        var days = agenda.DaysWithin(filter.FirstDay, filter.LastDay).Select(day => (day, Bits: BitsOf(day, filter, chosen, keeps)))
            .Where(day => day.Bits is null || DayIndex.Count(day.Bits) > 0);
        return new MatchingTimes([.. descends ? days.Reverse() : days]);
    }

    /// <summary>Those on a day or later.</summary>
    public MatchingTimes Since(DateOnly first) => new([.. days.Where(day => day.Day.Day >= first)]);

    public IEnumerator<Occurrence> GetEnumerator() => days.SelectMany(day =>
        day.Bits is null ? day.Day.Times : DayIndex.PlacesOf(day.Bits).Select(place => day.Day.Times[place])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ulong[]? BitsOf(
        TimetableDay day, AgendaFilter filter, IReadOnlyList<(int Criterion, int[] Numbers)> chosen, Predicate<Occurrence> keeps)
    {
        var isBefore = day.Day < filter.FirstDay;
        if (!isBefore && chosen.Count == 0 && filter.Text is null && day.Lasting.Length == 0)
        {
            return null;
        }

        var bits = DayIndex.All(isBefore ? 0 : day.Times.Count, day.Times.Count);
        foreach (var place in day.Lasting)
        {
            var time = day.Times[place];
            DayIndex.Put(bits, place, filter.MatchesDays(time) && keeps(time));
        }

        if (chosen.Count > 0)
        {
            DayIndex.Of(day).Restrict(bits, chosen);
        }

        foreach (var place in filter.Text is null ? [] : DayIndex.PlacesOf(bits))
        {
            DayIndex.Put(bits, place, filter.MatchesText(day.Times[place].Event));
        }

        return bits;
    }
}
