using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Hub.ReadModel;

/// <summary>When an occurrence begins and ends, for machines: with the offset of Paris on that day.</summary>
public static class Instants
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Null for all-day.</summary>
    public static DateTimeOffset? Start(Occurrence time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.Start is { } start ? InParis(time.Day, start) : null;
    }

    /// <summary>Null for all-day, or where no end is known.</summary>
    public static DateTimeOffset? End(Occurrence time)
    {
        ArgumentNullException.ThrowIfNull(time);
        // What ends at midnight has the day before as its last one.
        return time is { Start: not null, End: { } end }
            ? InParis(end == TimeOnly.MinValue ? time.LastDay.AddDays(1) : time.LastDay, end) : null;
    }

    /// <summary>When it was planned before it was rescheduled or postponed; null where that is not given.</summary>
    public static Occurrence? Before(Published published)
    {
        ArgumentNullException.ThrowIfNull(published);
        // What is postponed keeps its sessions until there are others.
        if (published.Item is not Event { Status: EventStatus.Rescheduled or EventStatus.Postponed } happening
            || (happening.PreviousStart ?? (happening is { Status: EventStatus.Postponed, Sessions: [var first, ..] }
                ? first.Start : null)) is not { } before
            || !DateTime.TryParse(before, CultureInfo.InvariantCulture, out _)
            // « Moved from Monday to Monday » says nothing.
            || (happening.Status == EventStatus.Rescheduled && happening.Sessions is [var now, ..] && now.Start == before))
        {
            return null;
        }

        return Occurrences.Of(published, EventTimes.At(new Session("before", before), happening.TimeZone, TimeSpan.Zero));
    }

    private static DateTimeOffset InParis(DateOnly day, TimeOnly hour)
    {
        var local = day.ToDateTime(hour);
        // An hour that comes twice is its first, as everywhere in the agenda.
        return new DateTimeOffset(local, Paris.IsAmbiguousTime(local) ? Paris.GetAmbiguousTimeOffsets(local)
            .Max() : Paris.GetUtcOffset(local));
    }
}
