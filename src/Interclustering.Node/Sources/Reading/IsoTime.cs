using System.Globalization;
using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// A date or a time as ISO 8601 writes it, extended (<c>2027-03-10T09:00</c>) or basic (<c>20270310T0900</c>). Nothing else is one:
/// <c>05/11</c> is in May to some and in November to others.
/// </summary>
/// <param name="Local">On the clock of the zone that was asked for.</param>
/// <param name="AllDay">A date without a time.</param>
internal readonly partial record struct IsoTime(DateTime Local, bool AllDay)
{
    private static readonly TimeSpan LastMinute = new(23, 59, 0);

    /// <summary>With an offset that instant in the zone; without one as written.</summary>
    /// <returns>Null for what is no date, or none that calendars can show.</returns>
    public static IsoTime? Read(string? text, string zone)
    {
        if (text is null || text.Length > 60 || Written().Match(text.Trim()) is not { Success: true } match
            || !DateTime.TryParseExact(Digits(match, "year", "month", "day"), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day)
            || !WallClock.IsSensible(day))
        {
            return null;
        }

        if (!match.Groups["hour"].Success)
        {
            return new IsoTime(day, AllDay: true);
        }

        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        // 24:00 is the end of a day; a leap second is the one before.
        if (minute > 59 || second > 60 || hour > 24 || (hour == 24 && minute + second > 0))
        {
            return null;
        }

        var local = day.AddHours(hour).AddMinutes(minute).AddSeconds(Math.Min(second, 59));
        return Offset(match) is not { } offset ? new IsoTime(local, AllDay: false)
            : offset.Duration() > TimeSpan.FromHours(14) ? null
            : new IsoTime(WallClock.FromInstant(new DateTimeOffset(local, offset), zone), AllDay: false);
    }

    /// <summary>A session, or null when it ends before it starts. A last day without a time is meant inclusively.</summary>
    public static Session? Session(int number, IsoTime start, IsoTime? end)
    {
        if (start.AllDay || (start.Local.TimeOfDay == TimeSpan.Zero && end is { AllDay: false } late && late.Local.TimeOfDay >= LastMinute))
        {
            var last = (end?.Local ?? start.Local).Date;
            return last < start.Local.Date ? null : WallClock.Session(number, start.Local.Date, last.AddDays(1), allDay: true);
        }

        return WallClock.Session(number, start.Local, end switch
        {
            { AllDay: true } day => day.Local == start.Local.Date ? null : day.Local.AddDays(1),
            { } time => time.Local,
            _ => null,
        }, allDay: false);
    }

    public override string ToString() => AllDay ? WallClock.Day(Local) : WallClock.Timed(Local);

    private static string Digits(Match match, params IEnumerable<string> groups) =>
        string.Concat(groups.Select(group => match.Groups[group].Value));

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan? Offset(Match match)
    {
        if (!match.Groups["offset"].Success)
        {
            return null;
        }

        var ahead = new TimeSpan(Number(match, "offsetHour"), Number(match, "offsetMinute"), 0);
        return match.Groups["sign"].ValueSpan is "-" or "\u2212" ? -ahead : ahead;
    }

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(?:-(?<month>[0-9]{2})-(?<day>[0-9]{2})|(?<month>[0-9]{2})(?<day>[0-9]{2}))"
        + @"(?:[Tt ](?<hour>[0-9]{2})(?::?(?<minute>[0-9]{2})(?::?(?<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
        + @" ?(?<offset>[Zz]|(?<sign>[-+\u2212])(?<offsetHour>[0-9]{2})(?::?(?<offsetMinute>[0-9]{2}))?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
