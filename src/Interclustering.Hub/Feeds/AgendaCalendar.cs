using System.Runtime.CompilerServices;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Feeds;

/// <summary>
/// Events as iCalendar (RFC 5545, 7986) that a subscriber's calendar can follow: stable UIDs, SEQUENCE, times of the revision, never of the
/// clock. The lines of an event are written once for its subscribers: the calendar of a filter puts together what is there.
/// </summary>
public static class AgendaCalendar
{
    private const string MediaType = "text/calendar; charset=utf-8";
    private const string MainSession = "1";

    /// <summary>Of events' lines that are kept, at most: then they are written anew.</summary>
    private const long MostKept = 64 * 1024 * 1024;

    private static readonly ConditionalWeakTable<Published, Subscribed> Kept = [];
    private static long kept;

    /// <summary>A calendar to subscribe to. Its events don't mark the subscriber as busy.</summary>
    public static IResult Of(string name, IEnumerable<Published> published, string origin) =>
        new CalendarAnswer(Join(name, published.Select(item => LinesFor(item, origin))), MediaType);

    /// <summary>The calendar of one event, for who takes part in it.</summary>
    public static IResult Of(Published published, string origin)
    {
        ArgumentNullException.ThrowIfNull(published);
        var parts = Join(published.Title, [EventLines.Of(published, origin, "OPAQUE")]);
        return Results.Text(string.Concat(parts.Select(Encoding.UTF8.GetString)), MediaType);
    }

    /// <summary>
    /// The identity of a session in calendars: minted with the event, free of dates. A session that moves may get another id from its
    /// editor: an event that happens once keeps its identity all the same.
    /// </summary>
    public static string UidOf(string id, IReadOnlyList<Session> sessions, Session session)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(session);
        var main = sessions.FirstOrDefault(other => other.Id == MainSession) ?? sessions[0];
        return CalendarUid.Of(session.Id == main.Id ? id : $"{id}-{session.Id}");
    }

    /// <summary>The parts of a calendar, in their order: its properties, its events, and the time zones that they name.</summary>
    internal static IReadOnlyList<byte[]> Join(string name, IEnumerable<EventLines> events)
    {
        var (parts, zones) = (new List<byte[]> { Head(name) }, new SortedDictionary<string, DateTime>(StringComparer.Ordinal));
        foreach (var lines in events)
        {
            parts.Add(lines.Bytes);
            if (lines.Zone is { } zone && (!zones.TryGetValue(zone, out var earliest) || lines.Earliest < earliest))
            {
                zones[zone] = lines.Earliest;
            }
        }

        parts.AddRange(zones.Select(zone => ZoneLines.Of(zone.Key, zone.Value)));
        parts.Add([.. "END:VCALENDAR\r\n"u8]);
        return parts;
    }

    private static byte[] Head(string name)
    {
        var head = new CalendarWriter();
        head.Begin("VCALENDAR");
        head.Line("METHOD", "PUBLISH");
        head.Text("NAME", FeedText.Clean(name));
        head.Line("PRODID", "-//Interclustering//Agenda//FR");
        head.Line("REFRESH-INTERVAL", "PT1H", ("VALUE", "DURATION"));
        head.Line("VERSION", "2.0");
        head.Line("X-PUBLISHED-TTL", "PT1H");
        head.Text("X-WR-CALNAME", FeedText.Clean(name));
        head.Line("X-WR-TIMEZONE", TimeZones.Paris);
        return head.ToArray();
    }

    /// <summary>For subscribers, in the reader's language: as they were made before, where the site's address is the same.</summary>
    private static EventLines LinesFor(Published published, string origin)
    {
        var known = Kept.GetOrCreateValue(published);
        ref var lines = ref Language.IsEnglish ? ref known.English : ref known.French;
        if (lines is { } there && there.Origin == origin)
        {
            return there;
        }

        var made = EventLines.Of(published, origin, "TRANSPARENT");
        if (Interlocked.Add(ref kept, made.Bytes.Length) > MostKept)
        {
            Interlocked.Exchange(ref kept, 0);
            Kept.Clear();
        }

        return lines = made;
    }

    private sealed class Subscribed
    {
        public EventLines? French;
        public EventLines? English;
    }
}
