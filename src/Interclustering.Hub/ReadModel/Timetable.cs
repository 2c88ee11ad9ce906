using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Interclustering.Hub.ReadModel;

/// <summary>
/// Every occurrence, in order of day, hour and title. Immutable; another one shares the days that did not change, so one publication costs
/// its own days and a list of the days that there are.
/// </summary>
[CollectionBuilder(typeof(Timetable), nameof(Of))]
public sealed class Timetable : IReadOnlyList<Occurrence>
{
    private const int Few = 8;
    private readonly ImmutableDictionary<string, IReadOnlyList<Occurrence>> byItem;
    private readonly TimetableDay[] days;

    /// <summary>How many occurrences there are before each day.</summary>
    private readonly int[] starts;

    private Timetable(ImmutableDictionary<string, IReadOnlyList<Occurrence>> byItem, TimetableDay[] days)
    {
        (this.byItem, this.days) = (byItem, days);
        starts = new int[days.Length];
        foreach (var (index, day) in days.Index())
        {
            starts[index] = Count;
            Count += day.Times.Count;
        }
    }

    public static Timetable Empty { get; } = new(ImmutableDictionary<string, IReadOnlyList<Occurrence>>.Empty, []);

    public int Count { get; }

    /// <summary>Those on which something begins, in order.</summary>
    public ReadOnlySpan<TimetableDay> Days => days;

    public Occurrence this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var found = Array.BinarySearch(starts, index);
            var day = found < 0 ? ~found - 1 : found;
            return days[day].Times[index - starts[day]];
        }
    }

    /// <summary>Of occurrences in any order.</summary>
    public static Timetable Of(ReadOnlySpan<Occurrence> times) => Empty.With(times.ToArray().GroupBy(time => time.Event.Id)
        .ToDictionary(item => item.Key, item => (IReadOnlyList<Occurrence>)[.. item]));

    /// <summary>When one item takes place, in order; empty for what is not in it.</summary>
    public IReadOnlyList<Occurrence> TimesOf(string id) => byItem.GetValueOrDefault(id, []);

    /// <summary>The same with the times of some items replaced; an item without times is taken out.</summary>
    public Timetable With(IReadOnlyDictionary<string, IReadOnlyList<Occurrence>> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Count == 0)
        {
            return this;
        }

        var items = byItem.ToBuilder();
        var touched = new SortedDictionary<DateOnly, List<Occurrence>>();
        List<Occurrence> On(DateOnly day) => touched.TryGetValue(day, out var times) ? times : touched[day] = [];
        foreach (var (id, times) in changed)
        {
            foreach (var before in TimesOf(id))
            {
                On(before.Day);
            }

            foreach (var time in times)
            {
                On(time.Day).Add(time);
            }

            if (times.Count == 0)
            {
                items.Remove(id);
            }
            else
            {
                items[id] = times.Count == 1 ? times : [.. times.Order(TimetableDay.Order)];
            }
        }

        return new Timetable(items.ToImmutable(), Merge(touched, changed.ContainsKey));
    }

    /// <summary>The days from which something may still be going on, or waited for, on a day, up to another one.</summary>
    /// <param name="first">All that is to come on it (<see cref="Occurrence.IsToCome"/>) is in them; null for the beginning.</param>
    /// <param name="last">Nothing begins after it; null for the end.</param>
    public IEnumerable<TimetableDay> DaysWithin(DateOnly? first, DateOnly? last)
    {
        foreach (var day in days)
        {
            if (day.Day > last)
            {
                yield break;
            }

            if (first is null || day.Day >= first || day.Reach >= first)
            {
                yield return day;
            }
        }
    }

    /// <summary>First days of the months in which something begins, in order.</summary>
    public IEnumerable<DateOnly> Months => days.Select(day => new DateOnly(day.Day.Year, day.Day.Month, 1)).Distinct();

    /// <summary>What is to come on a day (<see cref="Occurrence.IsToCome"/>), in order.</summary>
    public IEnumerable<Occurrence> ToCome(DateOnly day) => DaysWithin(day, null).SelectMany(each => each.ToCome(day));

    /// <summary>How many items are to come on a day.</summary>
    public int ItemsToCome(DateOnly day) => DaysWithin(day, null).Sum(each => each.Day >= day ? each.Endings
        : each.ToCome(day).Count(time => time.IsLast));

    public IEnumerator<Occurrence> GetEnumerator() => days.SelectMany(day => day.Times).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TimetableDay[] Merge(SortedDictionary<DateOnly, List<Occurrence>> touched, Predicate<string> isReplaced)
    {
        var merged = new List<TimetableDay>(days.Length + touched.Count);
        var next = 0;
        foreach (var (date, added) in touched)
        {
            while (next < days.Length && days[next].Day < date)
            {
                merged.Add(days[next++]);
            }

            var times = next < days.Length && days[next].Day == date
                ? days[next++].Times.Where(time => !isReplaced(time.Event.Id)).ToList() : [];
            Insert(times, added);
            if (times.Count > 0)
            {
                merged.Add(new TimetableDay(date, times));
            }
        }

        return [.. merged, .. days.AsSpan(next)];
    }

    /// <summary>Comparing is what costs: a few find their places among many.</summary>
    private static void Insert(List<Occurrence> ordered, List<Occurrence> added)
    {
        if (added.Count > Few)
        {
            ordered.AddRange(added);
            ordered.Sort(TimetableDay.Order);
            return;
        }

        foreach (var time in added)
        {
            var place = ordered.BinarySearch(time, TimetableDay.Order);
            ordered.Insert(place < 0 ? ~place : place, time);
        }
    }
}

/// <summary>What begins on one day.</summary>
public sealed class TimetableDay
{
    private readonly Occurrence[] times;
    private readonly int[] lasting;

    internal TimetableDay(DateOnly day, IEnumerable<Occurrence> ordered)
    {
        Day = day;
        times = [.. ordered];
        lasting = [.. times.Index().Where(time => time.Item.ToComeUntil > day).Select(time => time.Index)];
        Reach = lasting.Length == 0 ? day : lasting.Max(index => times[index].ToComeUntil);
        Endings = times.Count(time => time.IsLast);
    }

    public DateOnly Day { get; }

    /// <summary>In order of hour and title.</summary>
    public IReadOnlyList<Occurrence> Times => times;

    /// <summary>Where in <see cref="Times"/> those are that are to come on later days as well.</summary>
    public ReadOnlySpan<int> Lasting => lasting;

    /// <summary>The last day on which one of them is to come.</summary>
    public DateOnly Reach { get; }

    /// <summary>How many of them are the last of their item.</summary>
    public int Endings { get; }

    /// <summary>Those that are to come on a day, in order.</summary>
    public IEnumerable<Occurrence> ToCome(DateOnly day) =>
        Day >= day ? times : lasting.Select(place => times[place]).Where(time => time.IsToCome(day));

    /// <summary>All-day first, then by hour and title; where these are the same, what was published first.</summary>
    internal static Comparer<Occurrence> Order { get; } = Comparer<Occurrence>.Create((one, other) =>
    {
        var order = one.Day.CompareTo(other.Day);
        order = order != 0 ? order : Nullable.Compare(one.Start, other.Start);
        order = order != 0 ? order : string.CompareOrdinal(one.Event.Title, other.Event.Title);
        order = order != 0 ? order : one.Event.Position.CompareTo(other.Event.Position);
        order = order != 0 ? order : string.CompareOrdinal(one.Event.Id, other.Event.Id);
        return order != 0 ? order : string.CompareOrdinal(one.SessionId, other.SessionId);
    });
}
