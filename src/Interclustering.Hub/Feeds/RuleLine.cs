using System.Globalization;
using Interclustering.Contracts;
using NodaTime;

namespace Interclustering.Hub.Feeds;

/// <summary>A rule of an event as calendars write it (RFC 5545 §3.3.10).</summary>
internal static class RuleLine
{
    /// <param name="rule">What repeats.</param>
    /// <param name="session">The first one.</param>
    /// <param name="zone">IANA name of the zone of its times.</param>
    /// <exception cref="FormatException">It has two ends: calendars have no way to say that.</exception>
    public static string Of(RepetitionRule rule, Session session, string zone) => rule is { Count: not null, Until: not null }
        ? throw new FormatException("A rule has COUNT or UNTIL.") : string.Join(';', ((string?[])
    [
        $"FREQ={rule.Frequency.ToString().ToUpperInvariant()}",
        rule.Interval == 1 ? null : $"INTERVAL={rule.Interval}",
        rule.Until is { } until ? $"UNTIL={EndOf(until, session, zone)}" : null,
        rule.WeekStart == DayOfWeek.Monday ? null : $"WKST={Day(rule.WeekStart)}",
        rule.Count is { } count ? $"COUNT={count}" : null,
        List("BYDAY", rule.ByDay.Select(day => (day.Place == 0 ? "" : Number(day.Place)) + Day(day.Day))),
        List("BYMONTH", rule.ByMonth.Select(Number)),
        List("BYMONTHDAY", rule.ByMonthDay.Select(Number)),
        List("BYSETPOS", rule.BySetPosition.Select(Number)),
    ]).OfType<string>());

    /// <summary>
    /// The end of the rule's last day. An UNTIL at the very minute of the last date is right (RFC 5545 §3.3.10), and readers that
    /// compare it with the offset of the first date lose that date across a change of clocks.
    /// </summary>
    private static string EndOf(RepetitionEnd until, Session session, string zone)
    {
        if (session.Start.Length == 10)
        {
            return until.At.ToString(
                !until.HasTime ? "yyyyMMdd" : until.IsUtc ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        }

        return CalendarWriter.InUtc(LocalDateTime.FromDateTime(LastDayOf(until, session, zone) + new TimeSpan(23, 59, 59))
            .InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeUtc());
    }

    /// <summary>The last day of a rule, by the event's own clock.</summary>
    internal static DateTime LastDayOf(RepetitionEnd until, Session session, string zone)
    {
        // By the tz database that VTIMEZONE is written from: a reader looks there.
        var local = until.IsUtc ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(until.At, DateTimeKind.Utc))
            .InZone(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeUnspecified() : until.At;
        var isReached = !until.HasTime || local.TimeOfDay >= EventTimes.Local(session.Start).TimeOfDay;
        return isReached ? local.Date : local.Date.AddDays(-1);
    }

    private static string? List(string name, IEnumerable<string> values) =>
        string.Join(',', values) is { Length: > 0 } list ? $"{name}={list}" : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DayOfWeek day) => day.ToString()[..2].ToUpperInvariant();
}
