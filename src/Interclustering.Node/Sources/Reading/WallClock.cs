using System.Globalization;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using NodaTime;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Local times in the form of the contracts, and the zones that sources name in many ways.</summary>
internal static partial class WallClock
{
    public const string Paris = "Europe/Paris";

    private const int MostHours = 14, MostHoursWest = 12;
    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;

    /// <summary>Cities by which Windows names a zone to people: « (UTC+01:00) Brussels, Copenhagen, Madrid, Paris ».</summary>
    private static readonly ILookup<string, string> ByCity = Zones.Ids.Where(id => id.Contains('/', StringComparison.Ordinal))
        .ToLookup(id => id.Split('/')[^1].Replace('_', ' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The IANA name of a zone: an IANA name in any case, a Windows zone, its display name, a globally unique TZID (RFC 5545 §3.8.3.1) that
    /// ends in one, or a fixed distance of whole hours from UTC. Null where it is not clear which one is meant.
    /// </summary>
    public static string? Zone(string? name)
    {
        var rest = name?.Trim(' ', '"', '/') ?? "";
        if (Distance().Match(rest) is { Success: true } distance)
        {
            return OfDisplayName(distance) ?? (OffsetOf(rest) is { } offset ? Fixed(offset) : null);
        }

        while (rest.Length > 0)
        {
            if (TimeZones.NameOf(rest) is { } known)
            {
                return known;
            }

            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            rest = slash < 0 ? "" : rest[(slash + 1)..];
        }

        return null;
    }

    /// <summary>The distance from UTC in <c>UTC+05:30</c>, <c>GMT-3</c>, <c>+0200</c>; null for anything else.</summary>
    public static Offset? OffsetOf(string? name)
    {
        if (Distance().Match(name?.Trim(' ', '"') ?? "") is not { Success: true } found)
        {
            return null;
        }

        var hours = found.Groups["hours"] is { Success: true } typed ? int.Parse(typed.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var minutes = found.Groups["minutes"] is { Success: true } more ? int.Parse(more.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return hours > MostHours || minutes > 59 ? null
            : Offset.FromSeconds((found.Groups["sign"].Value is "-" or "−" ? -60 : 60) * ((hours * 60) + minutes));
    }

    /// <summary>A zone that never changes its clocks (tz database <c>etcetera</c>, with the signs of POSIX); null between hours.</summary>
    public static string? Fixed(Offset offset)
    {
        var (hours, rest) = Math.DivRem(offset.Seconds, NodaConstants.SecondsPerHour);
        return rest != 0 || hours is > MostHours or < -MostHoursWest ? null
            : hours == 0 ? TimeZones.Utc
            : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(hours > 0 ? '-' : '+')}{Math.Abs(hours)}");
    }

    /// <summary>Within the years that calendars can show, and that arithmetic on dates can't leave.</summary>
    public static bool IsSensible(DateTime time) => time.Year is >= 2000 and <= 2200;

    public static DateTime FromInstant(DateTimeOffset instant, string zone) =>
        Instant.FromDateTimeOffset(instant).InZone(Zones[zone]).ToDateTimeUnspecified();

    /// <summary>The same moment on another zone's clock.</summary>
    public static DateTime Move(DateTime local, string from, string to) => from == to
        ? local
        : LocalDateTime.FromDateTime(local).InZoneLeniently(Zones[from]).WithZone(Zones[to]).ToDateTimeUnspecified();

    public static string Timed(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Day(DateTime local) => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A session, or null when it ends before it starts. An end equal to the start says nothing.</summary>
    public static Session? Session(int number, DateTime start, DateTime? end, bool allDay) =>
        Session(number.ToString(CultureInfo.InvariantCulture), start, end, allDay);

    /// <inheritdoc cref="Session(int, DateTime, DateTime?, bool)"/>
    public static Session? Session(string id, DateTime start, DateTime? end, bool allDay)
    {
        if (!allDay && start.TimeOfDay == TimeSpan.Zero && end is { TimeOfDay: { Hours: 23, Minutes: 59 } } && end > start)
        {
            // Forms that know no whole days write them so.
            return Session(id, start, end.Value.Date.AddDays(1), allDay: true);
        }

        Func<DateTime, string> write = allDay ? Day : Timed;
        return end < start ? null : new Session(id, write(start), end is null || end == start ? null : write(end.Value));
    }

    /// <summary>The zone of a city that is named, where its clocks are as far from UTC in winter as is said.</summary>
    private static string? OfDisplayName(Match distance)
    {
        if (distance.Groups["names"] is not { Length: > 0 } names)
        {
            return null;
        }

        var winter = Instant.FromUtc(2026, 1, 15, 0, 0);
        var offset = OffsetOf(distance.Value);
        return names.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse()
            .SelectMany(city => ByCity[city]).Where(id => Zones[id].GetUtcOffset(winter) == offset)
            .Select(TimeZones.NameOf).FirstOrDefault(id => id is not null);
    }

    [GeneratedRegex(@"^\(?(?:(?:UTC|GMT)(?:(?<sign>[+\-−])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?)?|(?<sign>[+\-−])(?<hours>\d{2}):?"
        + @"(?<minutes>\d{2}))(?:\)\s*(?<names>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Distance();
}
