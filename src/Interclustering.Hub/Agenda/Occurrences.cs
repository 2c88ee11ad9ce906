using System.Globalization;
using Ical.Net.DataTypes;
using Interclustering.Contracts;

namespace Interclustering.Hub.Agenda;

/// <summary>When an event takes place, day by day, in Paris: sessions, and a recurrence expanded within bounds.</summary>
public static class Occurrences
{
    private const int MaxRepeats = 400;
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static IEnumerable<Occurrence> Of(Published published)
    {
        ArgumentNullException.ThrowIfNull(published);
        if (published.Item is not Event happening)
        {
            yield break;
        }

        foreach (var session in happening.Sessions)
        {
            yield return At(published, happening, session, TimeSpan.Zero);
        }

        if (happening.Recurrence is { } recurrence && happening.Sessions.Count > 0)
        {
            var first = happening.Sessions[0];
            foreach (var shift in Repeats(first, recurrence))
            {
                yield return At(published, happening, first, shift);
            }
        }
    }

    /// <summary>Wall-clock distances of the repeats from the first session: 11 h stays 11 h across a change of clocks.</summary>
    private static IEnumerable<TimeSpan> Repeats(Session first, Recurrence recurrence)
    {
        var start = Local(first.Start);
        var calendar = new Ical.Net.CalendarComponents.CalendarEvent { Start = new CalDateTime(start, (string?)null) };
        calendar.RecurrenceRule = new RecurrenceRule(recurrence.Rule);
        var except = recurrence.Except.Select(Local).ToHashSet();
        return [.. calendar.GetOccurrences().Take(MaxRepeats).Select(occurrence => occurrence.Period.StartTime.Value)
            .Where(at => at != start && !except.Contains(at)).Select(at => at - start)];
    }

    private static Occurrence At(Published published, Event happening, Session session, TimeSpan shift)
    {
        var allDay = session.Start.Length == 10;
        var start = Local(session.Start) + shift;
        DateTime? end = session.End is null ? null : Local(session.End) + shift;
        if (allDay)
        {
            var day = DateOnly.FromDateTime(start);
            // The end of an all-day session is exclusive.
            var last = end is { } until ? DateOnly.FromDateTime(until).AddDays(-1) : day;
            return new Occurrence(published, session.Id, session.Label, day, null, last < day ? day : last, null);
        }

        var from = InParis(start, happening.TimeZone);
        DateTime? to = end is { } finish ? InParis(finish, happening.TimeZone) : null;
        return new Occurrence(
            published, session.Id, session.Label, DateOnly.FromDateTime(from), TimeOnly.FromDateTime(from),
            DateOnly.FromDateTime(to ?? from), to is { } closing ? TimeOnly.FromDateTime(closing) : null);
    }

    private static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime InParis(DateTime local, string zone)
    {
        if (zone == "Europe/Paris" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var origin))
        {
            return local;
        }

        // A time that the zone skips in spring is read an hour later, as calendars do.
        var valid = origin.IsInvalidTime(local) ? local.AddHours(1) : local;
        return TimeZoneInfo.ConvertTime(DateTime.SpecifyKind(valid, DateTimeKind.Unspecified), origin, Paris);
    }
}
