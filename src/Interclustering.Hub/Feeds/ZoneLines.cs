using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.Serialization;
using Microsoft.Extensions.Caching.Memory;

namespace Interclustering.Hub.Feeds;

/// <summary>A time zone as VTIMEZONE, which Ical.Net writes from NodaTime's tz database.</summary>
internal static class ZoneLines
{
    /// <summary>
    /// Ical.Net describes a zone from a day that it is given to ten years from today, and fails where that comes before: years after this
    /// day follow the last yearly rule.
    /// </summary>
    private static readonly DateTime LatestZone = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The rules that are the latest ones today are not for ever.</summary>
    private static readonly MemoryCacheEntryOptions AnHour = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1), Size = 1 };

    private static readonly MemoryCache Written = new(new MemoryCacheOptions { SizeLimit = 1000 });

    /// <param name="zone">IANA name.</param>
    /// <param name="earliest">The first local time that is read by it.</param>
    public static byte[] Of(string zone, DateTime earliest)
    {
        var from = earliest.AddYears(-1) < LatestZone ? earliest.AddYears(-1) : LatestZone;
        return Written.GetOrCreate((zone, from), _ =>
        {
            var described = VTimeZone.FromDateTimeZone(zone, from, includeHistoricalData: false);
            return Encoding.UTF8.GetBytes(new ComponentSerializer().SerializeToString(described) ?? "");
        }, AnHour)!;
    }
}
