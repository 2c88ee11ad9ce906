using Interclustering.Contracts;

namespace Interclustering.Hub.ReadModel;

/// <summary>One time at which an event takes place, in Paris.</summary>
public sealed record Occurrence(Published Event, string SessionId, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay,
    TimeOnly? End)
{
    /// <summary>For how many days after the one that no longer holds an event is still waited for.</summary>
    private const int AwaitedDays = 365;

    /// <summary>None of its item begins before it.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>None of its item is to come longer than it.</summary>
    public bool IsLast { get; init; } = true;

    /// <summary>It was postponed: its day no longer holds, and no other is known yet.</summary>
    public bool IsToBeFixed => Event.Item is Event { Status: EventStatus.Postponed };

    /// <summary>The last day on which it <see cref="IsToCome"/>.</summary>
    public DateOnly ToComeUntil => !IsToBeFixed ? LastDay
        : DateOnly.FromDayNumber(Math.Min(LastDay.DayNumber + AwaitedDays, DateOnly.MaxValue.DayNumber));

    /// <summary>It ends on that day or later, or still waits for a date.</summary>
    public bool IsToCome(DateOnly day) => ToComeUntil >= day;
}

/// <summary>When what is published takes place, see <see cref="EventTimes"/>.</summary>
public static class Occurrences
{
    /// <summary>One of them is marked as the first, one as the last.</summary>
    /// <param name="published">What is published.</param>
    /// <param name="today">In Paris.</param>
    public static IEnumerable<Occurrence> Of(Published published, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(published);
        if (published.Item is not Event happening)
        {
            return [];
        }

        IReadOnlyList<Occurrence> times = [.. EventTimes.Of(happening, today).Select(time => Of(published, time))];
        if (times.Count < 2)
        {
            return times;
        }

        var (first, last) = (times.MinBy(time => time.Day), times.MaxBy(time => time.LastDay));
        return times.Select(time => time with { IsFirst = ReferenceEquals(time, first), IsLast = ReferenceEquals(time, last) });
    }

    internal static Occurrence Of(Published published, EventTime time) =>
        new(published, time.SessionId, time.Label, time.Day, time.Start, time.LastDay, time.End);

    /// <summary>Those that have a day, in their order; then, once each, those that wait for one.</summary>
    public static IReadOnlyList<Occurrence> DatedFirst(this IEnumerable<Occurrence> times)
    {
        var waiting = times.ToLookup(time => time.IsToBeFixed);
        return [.. waiting[false], .. waiting[true].DistinctBy(time => time.Event.Id)];
    }
}
