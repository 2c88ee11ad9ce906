using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Calendar = Ical.Net.Calendar;
using CalendarEvent = Ical.Net.CalendarComponents.CalendarEvent;
using EventStatus = Interclustering.Contracts.EventStatus;

namespace Interclustering.Hub.Feeds;

/// <summary>Events as iCalendar (RFC 5545, 7986) that a subscriber's calendar can follow: stable UIDs, SEQUENCE, times of the revision, never of the clock.</summary>
public static class AgendaCalendar
{
    private const int PastDays = 90;
    private const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>The calendar of a filter; without dates in it, from 90 days ago.</summary>
    public static IResult Of(Snapshot snapshot, AgendaFilter filter, DateOnly today, string origin)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(filter);
        var bounded = filter.From is null && filter.To is null ? filter with { From = today.AddDays(-PastDays) } : filter;
        var published = snapshot.Agenda.Where(bounded.Matches).Select(time => time.Event).Distinct();
        return Results.Text(Serialize(T["Agenda de l’interclustering logistique"], published, origin), MediaType);
    }

    /// <summary>The calendar of one event.</summary>
    public static IResult Of(Published published, string origin)
    {
        ArgumentNullException.ThrowIfNull(published);
        return Results.Text(Serialize(published.Title, [published], origin), MediaType);
    }

    /// <summary>The identity of a session in calendars: minted with the event, free of dates.</summary>
    public static string UidOf(string id, string sessionId) => sessionId == "1" ? $"{id}@interclustering" : $"{id}-{sessionId}@interclustering";

    internal static string Serialize(string name, IEnumerable<Published> published, string origin)
    {
        var calendar = new Calendar { ProductId = "-//Interclustering//Agenda//FR", Method = "PUBLISH" };
        foreach (var (property, value) in ((string, string)[])[
            ("NAME", name), ("X-WR-CALNAME", name), ("X-WR-TIMEZONE", "Europe/Paris"), ("X-PUBLISHED-TTL", "PT1H")])
        {
            calendar.AddProperty(property, value);
        }

        var refresh = new CalendarProperty("REFRESH-INTERVAL", "PT1H");
        refresh.AddParameter("VALUE", "DURATION");
        calendar.AddProperty(refresh);
        foreach (var item in published)
        {
            var happening = (Event)item.Item;
            foreach (var session in happening.Sessions)
            {
                calendar.Events.Add(Convert(item, happening, session, origin));
            }
        }

        foreach (var zone in calendar.Events.Where(entry => entry.Start?.TzId is not null).GroupBy(entry => entry.Start!.TzId!).OrderBy(zone => zone.Key, StringComparer.Ordinal).ToList())
        {
            var earliest = zone.Min(entry => entry.Start!.Value).AddYears(-1);
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Key, earliest, includeHistoricalData: false));
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent Convert(Published published, Event happening, Session session, string origin)
    {
        var cancelled = happening.Status == EventStatus.Cancelled;
        var revised = new CalDateTime(DateTime.SpecifyKind(published.RevisedAt, DateTimeKind.Utc));
        var address = new Uri(origin + Language.To(published.Path));
        var entry = new CalendarEvent
        {
            Uid = UidOf(published.Id, session.Id),
            Summary = (cancelled ? T["Annulé :"].ToUpper(Language.Culture) + "\u00a0" : "") + published.Title + (session.Label is null ? "" : $" — {session.Label}"),
            Start = At(session.Start, happening.TimeZone),
            Sequence = (int)Math.Min(int.MaxValue, published.Revision - 1),
            DtStamp = revised,
            LastModified = revised,
            Created = new CalDateTime(DateTime.SpecifyKind(published.PublishedAt, DateTimeKind.Utc)),
            Status = cancelled ? "CANCELLED" : happening.Status == EventStatus.Postponed ? "TENTATIVE" : "CONFIRMED",
            Url = address,
            Organizer = new Organizer { CommonName = published.Owner.Name, Value = new Uri(published.Owner.Site ?? origin) },
            Description = Describe(published, happening, address),
        };
        if (session.End is { } end)
        {
            entry.End = At(end, happening.TimeZone);
        }

        entry.Categories = [.. happening.Themes.Select(Vocabulary.Label)];
        Place(entry, happening);
        if (happening.Recurrence is { } recurrence && session == happening.Sessions[0])
        {
            entry.RecurrenceRule = RuleOf(recurrence, entry.Start);
            foreach (var except in recurrence.Except)
            {
                entry.ExceptionDates.Add(At(except, happening.TimeZone));
            }
        }

        return entry;
    }

    /// <summary>
    /// The rule until the end of its last day. An UNTIL at the very minute of the last date is right (RFC 5545 §3.3.10), and readers that
    /// compare it with the offset of the first date lose that date across a change of clocks.
    /// </summary>
    private static RecurrenceRule RuleOf(Recurrence recurrence, CalDateTime start)
    {
        var rule = new RecurrenceRule(recurrence.Rule);
        if (rule.Until is { HasTime: true } until && start is { HasTime: true, TzId: { } zone })
        {
            var local = (until.IsUtc ? until.ToTimeZone(zone) : until).Value;
            var lastDay = local.TimeOfDay >= start.Value.TimeOfDay ? local.Date : local.Date.AddDays(-1);
            rule.Until = new CalDateTime(lastDay.AddDays(1).AddSeconds(-1), zone).ToTimeZone("UTC");
        }

        return rule;
    }

    private static void Place(CalendarEvent entry, Event happening)
    {
        var place = happening.Place;
        string?[] parts = place is null ? [] : [place.Name, place.Street, $"{place.PostalCode} {place.City}".Trim()];
        var where = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        entry.Location = where.Length > 0 ? where : happening.OnlineUrl ?? (happening.Attendance == Attendance.Online ? T["En ligne"] : null);
        if (double.TryParse(place?.Latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(place?.Longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
        {
            entry.GeographicLocation = new GeographicLocation(latitude, longitude);
        }
    }

    private static string Describe(Published published, Event happening, Uri address) => string.Join("\n\n", ((string?[])
    [
        published.ForMembers ? T["Réservé aux adhérents de {0}", published.Owner.Name] + "." : happening.Summary ?? happening.Text,
        happening.OnlineUrl is { } online ? T["En ligne : {0}", online] : null,
        address.ToString(),
    ]).Where(part => part is not null));

    private static CalDateTime At(string text, string zone)
    {
        var time = DateTime.Parse(text, CultureInfo.InvariantCulture);
        return text.Length == 10 ? new CalDateTime(DateOnly.FromDateTime(time)) : new CalDateTime(time, zone);
    }
}
