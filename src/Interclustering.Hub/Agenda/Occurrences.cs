using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Hub.Agenda;

/// <summary>When an event takes place, in Paris: its sessions, and the repeats of the first one.</summary>
public static class Occurrences
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static IEnumerable<Occurrence> Of(Published published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return published.Item is Event happening
            ? Times(happening).Select(time => new Occurrence(published, time.Id, time.Label, time.Day, time.Start, time.LastDay, time.End))
            : [];
    }

    internal static IEnumerable<(string Id, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay, TimeOnly? End)> Times(Event happening)
    {
        foreach (var session in happening.Sessions)
        {
            yield return At(happening, session, TimeSpan.Zero);
        }

        if (happening is { Recurrence: { } recurrence, Sessions: [var first, ..] })
        {
            foreach (var shift in Repetition.Shifts(first, recurrence, happening.TimeZone))
            {
                yield return At(happening, first, shift);
            }
        }
    }

    private static (string Id, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay, TimeOnly? End) At(Event happening, Session session, TimeSpan shift)
    {
        var start = Local(session.Start) + shift;
        DateTime? end = session.End is null ? null : Local(session.End) + shift;
        if (session.Start.Length == 10)
        {
            var day = DateOnly.FromDateTime(start);
            // The end of an all-day session is exclusive.
            var last = end is { } until ? DateOnly.FromDateTime(until).AddDays(-1) : day;
            return (session.Id, session.Label, day, null, last < day ? day : last, null);
        }

        var from = InParis(start, happening.TimeZone);
        var to = end is { } finish ? InParis(finish, happening.TimeZone) : from;
        // What ends at midnight does not reach into the next day.
        var lastDay = DateOnly.FromDateTime(to > from ? to.AddTicks(-1) : from);
        return (session.Id, session.Label, DateOnly.FromDateTime(from), TimeOnly.FromDateTime(from), lastDay,
            end is null ? null : TimeOnly.FromDateTime(to));
    }

    internal static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime InParis(DateTime local, string zone)
    {
        var origin = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : Paris;
        // RFC 5545 §3.3.5: a time that the zone skips is read with the offset before the gap, one that comes twice is its first.
        var offset = origin.IsInvalidTime(local) ? origin.GetUtcOffset(local.AddHours(-1))
            : origin.IsAmbiguousTime(local) ? origin.GetAmbiguousTimeOffsets(local).Max()
            : origin.GetUtcOffset(local);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset), Paris).DateTime;
    }
}
