using System.Globalization;
using Interclustering.Contracts;
using NodaTime;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Local times in the form of the contracts, and the zones that sources name in many ways.</summary>
internal static class WallClock
{
    public const string Paris = "Europe/Paris";

    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;

    /// <summary>The IANA name in an IANA name, a Windows zone, or a globally unique TZID (RFC 5545 §3.8.3.1) that ends in one.</summary>
    public static string? Zone(string? name)
    {
        var rest = name?.Trim(' ', '"', '/') ?? "";
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
    public static Session? Session(int number, DateTime start, DateTime? end, bool allDay)
    {
        Func<DateTime, string> write = allDay ? Day : Timed;
        var id = number.ToString(CultureInfo.InvariantCulture);
        return end < start ? null : new Session(id, write(start), end is null || end == start ? null : write(end.Value));
    }
}
