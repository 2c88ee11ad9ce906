using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Calendar = Ical.Net.Calendar;
using CalendarEvent = Ical.Net.CalendarComponents.CalendarEvent;
using EventStatus = Interclustering.Contracts.EventStatus;

using static Interclustering.Hub.Texts;
namespace Interclustering.Tests.Hub;

/// <summary>The same calendar as <see cref="AgendaCalendar"/> writes, by Ical.Net: what ours is compared with.</summary>
internal static class IcalNetCalendar
{
    /// <summary>
    /// Ical.Net describes a zone from a day that it is given to ten years from today, and fails where that comes before: years after this
    /// day follow the last yearly rule.
    /// </summary>
    private static readonly DateTime LatestZone = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    internal static string Serialize(string name, IEnumerable<Published> published, string origin, string transparency)
    {
        var calendar = new Calendar { ProductId = "-//Interclustering//Agenda//FR", Method = "PUBLISH" };
        foreach (var (property, value) in ((string, string)[])[
            ("NAME", FeedText.Clean(name)), ("X-WR-CALNAME", FeedText.Clean(name)), ("X-WR-TIMEZONE", "Europe/Paris"),
                ("X-PUBLISHED-TTL", "PT1H")])
        {
            calendar.AddProperty(property, value);
        }

        calendar.AddProperty(Property("REFRESH-INTERVAL", "PT1H", ("VALUE", "DURATION")));
        foreach (var item in published)
        {
            var happening = (Event)item.Item;
            var overridden = Overridden(happening);
            foreach (var session in happening.Sessions)
            {
                var entry = Convert(item, happening, session, overridden, origin);
                entry.Transparency = transparency;
                calendar.Events.Add(entry);
            }
        }

        foreach (var zone in calendar.Events.Where(entry => entry.Start?.TzId is not null).GroupBy(entry => entry.Start!.TzId!)
            .OrderBy(zone => zone.Key, StringComparer.Ordinal).ToList())
        {
            var earliest = zone.Min(entry => entry.Start!.Value).AddYears(-1);
            earliest = earliest < LatestZone ? earliest : LatestZone;
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Key, earliest, includeHistoricalData: false));
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent Convert(
        Published published, Event happening, Session session, IReadOnlyDictionary<string, string> overridden, string origin)
    {
        var revised = Utc(published.RevisedAt);
        var address = new Uri(origin + Language.To(published.Path));
        var entry = new CalendarEvent
        {
            Uid = AgendaCalendar.UidOf(published.Id, happening.Sessions, session),
            Summary = FeedText.Clean(SummaryOf(published, session)),
            Start = At(session.Start, happening.TimeZone),
            Sequence = (int)Math.Min(int.MaxValue, published.Revision - 1),
            DtStamp = revised,
            LastModified = revised,
            Created = Utc(published.PublishedAt),
            Status = happening.Status switch
            {
                EventStatus.Cancelled => "CANCELLED",
                EventStatus.Postponed => "TENTATIVE",
                _ => "CONFIRMED"
            },
            Url = address,
            Organizer = new Organizer { CommonName = published.Owner.Name, Value = OrganizerOf(published.Owner, origin) },
            Description = FeedText.Clean(Describe(published, happening, address)),
            Categories = [.. happening.Themes.Select(theme => FeedText.Clean(Vocabulary.Label(theme)))],
        };
        if (session.End is { } end)
        {
            entry.End = At(end, happening.TimeZone);
        }
        else if (entry.Start is { HasTime: false } day)
        {
            // RFC 5545 §3.6.1 takes a date without an end for one day; not every reader does.
            entry.End = day.AddDays(1);
        }

        Place(entry, happening);
        Picture(entry, happening);
        Repeat(entry, published.Id, happening, session, overridden);
        return entry;
    }

    private static string SummaryOf(Published published, Session session) =>
        (EventWords.Mark(published) is { } mark ? mark.ToUpper(Language.Culture) + "\u00a0" : "") + published.Title
        + (session.Label is { } label ? $" — {label}" : "");

    private static Uri OrganizerOf(Cluster owner, string origin) =>
        owner.Contact?.Contains('@', StringComparison.Ordinal) == true
            && Uri.TryCreate($"mailto:{owner.Contact}", UriKind.Absolute, out var mail) ? mail
        : FeedText.Address(owner.Site) ?? new Uri(origin);

    /// <summary>
    /// A further session on the day of an exception is that date, changed, also where it is the first one: a reader sees one series with
    /// RECURRENCE-ID (RFC 5545 §3.8.4.4) instead of a hole and another event. By the session's id, the start of the date that it stands
    /// for.
    /// </summary>
    private static Dictionary<string, string> Overridden(Event happening)
    {
        if (happening is not { Recurrence: { Except.Count: > 0 } recurrence, Sessions: [var first, _, ..] })
        {
            return [];
        }

        var moved = happening.Sessions.Skip(1).ToLookup(session => session.Start[..10]);
        // An exception that the rule never reaches is no repeat: readers drop an override of it.
        return Repetition.Reached(first, recurrence, happening.TimeZone, recurrence.Except.Where(except => moved.Contains(except[..10])))
            .SelectMany(except => moved[except[..10]].Take(1).Select(session => (session.Id, except)))
            .DistinctBy(pair => pair.Id).ToDictionary(pair => pair.Id, pair => pair.except);
    }

    private static void Repeat(CalendarEvent entry, string id, Event happening, Session session,
        IReadOnlyDictionary<string, string> overridden)
    {
        if (overridden.TryGetValue(session.Id, out var repeat))
        {
            entry.Uid = AgendaCalendar.UidOf(id, happening.Sessions, happening.Sessions[0]);
            entry.RecurrenceIdentifier = new RecurrenceIdentifier(At(repeat, happening.TimeZone), RecurrenceRange.ThisInstance);
        }
        else if (happening.Recurrence is { } recurrence && session == happening.Sessions[0]
            && Repetition.Judge(session, recurrence, happening.TimeZone) is null)
        {
            entry.RecurrenceRule = RuleOf(recurrence, entry.Start!);
            // RFC 5545 §3.8.5.1: in the form of the start, which is one of them where the first session does not take place.
            foreach (var except in recurrence.Except.Select(EventTimes.Local)
                .Where(except => session.Start.Length > 10 || except.TimeOfDay == TimeSpan.Zero)
                .Select(except => EventTimes.Text(except, session)).Distinct().Except(overridden.Values))
            {
                entry.ExceptionDates.Add(At(except, happening.TimeZone));
            }
        }
    }

    /// <summary>
    /// The rule until the end of its last day. An UNTIL at the very minute of the last date is right (RFC 5545 §3.3.10), and readers that
    /// compare it with the offset of the first date lose that date across a change of clocks.
    /// </summary>
    private static RecurrenceRule RuleOf(Recurrence recurrence, CalDateTime start)
    {
        var rule = new RecurrenceRule(recurrence.Rule);
        if (rule.Until is { } until && start is { HasTime: true, TzId: { } zone })
        {
            var local = (until.IsUtc ? until.ToTimeZone(zone) : until).Value;
            var lastDay = !until.HasTime || local.TimeOfDay >= start.Value.TimeOfDay ? local.Date : local.Date.AddDays(-1);
            rule.Until = new CalDateTime(lastDay.AddDays(1).AddSeconds(-1), zone).ToTimeZone("UTC");
        }

        return rule;
    }

    /// <summary>Where it is and where to follow it: most readers know no CONFERENCE, so the address stands in the place too.</summary>
    private static void Place(CalendarEvent entry, Event happening)
    {
        var online = EventWords.Online(happening);
        var where = string.Join(", ", ((string?[])[PlaceWords.OneLine(happening.Place), online?.AbsoluteUri])
            .Where(part => part is not null));
        entry.Location = where.Length > 0 ? FeedText.Clean(where) : happening.Attendance == Attendance.Online ? T["En ligne"] : null;
        if (online is not null)
        {
            entry.AddProperty(Property("CONFERENCE", online, ("VALUE", "URI"), ("FEATURE", "VIDEO"), ("LABEL", T["Suivre en ligne"])));
        }

        if (double.TryParse(happening.Place?.Latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(happening.Place?.Longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
        {
            entry.GeographicLocation = new GeographicLocation(latitude, longitude);
        }
    }

    private static void Picture(CalendarEvent entry, Event happening)
    {
        if (FeedText.Address(happening.Image?.Url) is { } picture)
        {
            entry.AddProperty(Property("IMAGE", picture, ("VALUE", "URI"), ("DISPLAY", "BADGE")));
        }
    }

    private static string Describe(Published published, Event happening, Uri address) => string.Join("\n\n", ((string?[])
    [
        .. published.ForMembers ? (string?[])[EventWords.Reserved(published)] :
        [
            EventWords.Status(published),
            FeedText.Plain(happening),
            EventWords.Online(happening) is { } online ? T["En ligne : {0}", online.AbsoluteUri] : null,
            FeedText.Address(happening.RegistrationUrl) is { } registration ? T["Inscription : {0}", registration.AbsoluteUri] : null,
        ],
        address.AbsoluteUri,
    ]).OfType<string>());

    private static CalendarProperty Property(string name, object value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var property = new CalendarProperty(name, value);
        foreach (var parameter in parameters)
        {
            property.AddParameter(parameter.Name, parameter.Value);
        }

        return property;
    }

    private static CalDateTime Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static CalDateTime At(string text, string zone)
    {
        var time = DateTime.Parse(text, CultureInfo.InvariantCulture);
        return text.Length == 10 ? new CalDateTime(DateOnly.FromDateTime(time)) : new CalDateTime(time, zone);
    }
}
