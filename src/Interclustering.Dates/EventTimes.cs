using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Dates;

/// <summary>One time at which an event takes place, in Paris.</summary>
/// <param name="SessionId">Of the session that it is, or repeats.</param>
/// <param name="Label">Of the session.</param>
/// <param name="Day">The first day.</param>
/// <param name="Start">Null for all-day.</param>
/// <param name="LastDay">Inclusive.</param>
/// <param name="End">Null when unknown, and for all-day.</param>
public sealed record EventTime(string SessionId, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay, TimeOnly? End)
{
    /// <summary>The day of a repeat in the event's own zone: no other one of its session has it. Null for a session itself.</summary>
    public DateOnly? Repeat { get; init; }
}

/// <summary>When an event takes place: its sessions, and the repeats of the first one.</summary>
public static class EventTimes
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Its sessions, then the repeats. A first session that is among its exceptions is not in it.</summary>
    /// <param name="happening">What takes place.</param>
    /// <param name="today">In Paris: series are followed over <see cref="SeriesHorizon"/>.</param>
    public static IEnumerable<EventTime> Of(Event happening, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(happening);
        var repeats = happening is { Recurrence: { } recurrence, Sessions: [var repeated, ..] }
            ? Repetition.Find(repeated, recurrence, happening.TimeZone, today) : null;
        foreach (var session in happening.Sessions.Skip(repeats is { FirstTakesPlace: false } ? 1 : 0))
        {
            yield return At(session, happening.TimeZone, TimeSpan.Zero);
        }

        foreach (var shift in repeats?.Shifts ?? [])
        {
            yield return At(happening.Sessions[0], happening.TimeZone, shift) with
            {
                Repeat = DateOnly.FromDateTime(Local(happening.Sessions[0].Start) + shift),
            };
        }
    }

    /// <param name="session">With local times.</param>
    /// <param name="zone">IANA name of the zone in which they are read.</param>
    /// <param name="shift">Moves it, by the clock on the wall.</param>
    public static EventTime At(Session session, string zone, TimeSpan shift)
    {
        ArgumentNullException.ThrowIfNull(session);
        var start = Local(session.Start) + shift;
        DateTime? end = session.End is null ? null : Local(session.End) + shift;
        if (session.Start.Length == 10)
        {
            var day = DateOnly.FromDateTime(start);
            // The end of an all-day session is exclusive.
            var last = end is { } until ? DateOnly.FromDateTime(until).AddDays(-1) : day;
            return new EventTime(session.Id, session.Label, day, null, last < day ? day : last, null);
        }

        var from = InParis(start, zone);
        var to = end is { } finish ? InParis(finish, zone) : from;
        // What ends at midnight does not reach into the next day.
        var lastDay = DateOnly.FromDateTime(to > from ? to.AddTicks(-1) : from);
        return new EventTime(
            session.Id, session.Label, DateOnly.FromDateTime(from), TimeOnly.FromDateTime(from), lastDay, end is null
                ? null : TimeOnly.FromDateTime(to));
    }

    /// <summary>When its first session begins, in Paris; a day begins at midnight. Null for an event without sessions.</summary>
    public static DateTime? FirstStart(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return happening.Sessions.Select(session => At(session, happening.TimeZone, TimeSpan.Zero))
            .Select(time => (DateTime?)time.Day.ToDateTime(time.Start ?? TimeOnly.MinValue)).Min();
    }

    /// <summary>A local time or date as contracts write it, see <see cref="Session.Start"/>.</summary>
    public static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A local time in the form of a session's start.</summary>
    public static string Text(DateTime local, Session like)
    {
        ArgumentNullException.ThrowIfNull(like);
        return local.ToString(like.Start.Length == 10 ? "yyyy-MM-dd" : "s", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A local time as RFC 3339 with the offset of its zone: <c>2026-11-23T11:00:00+01:00</c>. A date stays one, and what can't be read
    /// stays as it is.
    /// </summary>
    /// <param name="text">In the form of <see cref="Session.Start"/>.</param>
    /// <param name="zone">IANA name of its zone.</param>
    public static string WithOffset(string text, string zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        // An offset takes the first and the last years beyond the calendar.
        return text.Length > 10 && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local is { Kind: DateTimeKind.Unspecified, Year: > 1 and < 9999 } ? WithOffset(At(local, zone)) : text;
    }

    /// <summary>
    /// How long a session lasts, also where clocks change meanwhile; null where no end is known, or none after its start.
    /// </summary>
    public static TimeSpan? LengthOf(Session session, string zone)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.End is { } end && At(Local(end), zone) - At(Local(session.Start), zone) is { Ticks: > 0 } length ? length : null;
    }

    /// <summary>A time as RFC 3339 with its offset.</summary>
    public static string WithOffset(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A local time of a zone in UTC.</summary>
    public static DateTime ToUtc(DateTime local, string zone) => At(local, zone).UtcDateTime;

    /// <summary>The clock of a zone at a time of UTC.</summary>
    internal static DateTime FromUtc(DateTime utc, string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), ZoneOf(zone));

    private static DateTime InParis(DateTime local, string zone) => TimeZoneInfo.ConvertTime(At(local, zone), Paris).DateTime;

    private static DateTimeOffset At(DateTime local, string zone)
    {
        var origin = ZoneOf(zone);
        // RFC 5545 §3.3.5: a time that the zone skips is read with the offset before the gap, one that comes twice is its first.
        var offset = origin.IsInvalidTime(local) ? origin.GetUtcOffset(local.AddHours(-1))
            : origin.IsAmbiguousTime(local) ? origin.GetAmbiguousTimeOffsets(local).Max()
            : origin.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private static TimeZoneInfo ZoneOf(string zone) => TimeZones.Find(zone);
}
