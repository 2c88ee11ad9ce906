using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>
/// Events as JSCalendar (RFC 8984): a Group whose entries are those of the iCalendar feed, with the same identities and the same series.
/// </summary>
internal static class JsCalendar
{
    /// <summary>RFC 8984 §3: its <c>type</c> says that it is a Group.</summary>
    public const string MediaType = "application/jscalendar+json;type=group";

    private static readonly string[] Days = ["su", "mo", "tu", "we", "th", "fr", "sa"];

    /// <param name="name">Of the calendar.</param>
    /// <param name="published">Events, in their order.</param>
    /// <param name="origin">Where the site is for the caller.</param>
    /// <param name="address">Of this answer: it identifies the group.</param>
    public static byte[] Write(string name, IEnumerable<Published> published, string origin, string address)
    {
        var shown = published.ToList();
        var group = Typed("Group");
        group["uid"] = address;
        group["prodId"] = "-//Interclustering//Agenda//FR";
        group["title"] = name;
        group["locale"] = Language.Tag;
        group["source"] = address;
        if (shown.Count > 0)
        {
            group["updated"] = Utc(shown.Max(item => item.RevisedAt));
        }

        group["entries"] = new JsonArray([.. shown.SelectMany(item => EntriesOf(item, origin))]);
        return JsonSerializer.SerializeToUtf8Bytes(group, ContractJson.Options);
    }

    /// <summary>An Event for each session that does not stand for a date of the series.</summary>
    public static IEnumerable<JsonObject> EntriesOf(Published published, string origin)
    {
        var happening = (Event)published.Item;
        var overridden = EventLines.Overridden(happening);
        return happening.Sessions.Where(session => !overridden.ContainsKey(session.Id)).Select(session =>
        {
            var entry = EntryOf(published, happening, session, origin);
            if (EventLines.SeriesOf(happening, session) is { } series)
            {
                AddSeries(entry, happening, session, series, overridden, published.Title);
            }

            return entry;
        });
    }

    private static JsonObject EntryOf(Published published, Event happening, Session session, string origin)
    {
        var address = origin + Language.To(published.Path);
        var entry = Typed("Event");
        entry["uid"] = AgendaCalendar.UidOf(published.Id, happening.Sessions, session);
        entry["sequence"] = EventLines.SequenceOf(published);
        entry["created"] = Utc(published.PublishedAt);
        entry["updated"] = Utc(published.RevisedAt);
        entry["title"] = TitleOf(published.Title, session);
        entry["description"] = EventLines.Describe(published, happening, new Uri(address));
        AddTimes(entry, session, happening.TimeZone);
        entry["status"] = happening.Status switch
        {
            EventStatus.Cancelled => "cancelled",
            EventStatus.Postponed => "tentative",
            _ => "confirmed",
        };
        entry["freeBusyStatus"] = "free";
        AddPlaces(entry, happening);
        entry["links"] = LinksOf(happening, address);
        if (happening.Themes.Count > 0)
        {
            entry["keywords"] = new JsonObject(happening.Themes.Select(Vocabulary.Label).Distinct()
                .Select(theme => KeyValuePair.Create(theme, (JsonNode?)true)));
        }

        entry["participants"] = new JsonObject { ["organiser"] = OrganiserOf(published.Owner) };
        return entry;
    }

    private static string TitleOf(string title, Session session) => session.Label is { } label ? $"{title} — {label}" : title;

    /// <summary>Whole days have no zone: they are days wherever the reader is.</summary>
    private static void AddTimes(JsonObject entry, Session session, string zone)
    {
        entry["start"] = Local(session.Start);
        if (EventLines.IsDay(session))
        {
            entry["showWithoutTime"] = true;
        }
        else
        {
            // RFC 8984 §1.4.8: a name of the tz database that has a slash.
            entry["timeZone"] = zone == TimeZones.Utc ? "Etc/UTC" : zone;
        }

        if (DurationOf(session, zone) is { } duration)
        {
            entry["duration"] = duration;
        }
    }

    private static string? DurationOf(Session session, string zone)
    {
        if (EventLines.IsDay(session))
        {
            var days = session.End is { } end ? (EventTimes.Local(end) - EventTimes.Local(session.Start)).Days : 1;
            return string.Create(CultureInfo.InvariantCulture, $"P{Math.Max(1, days)}D");
        }

        // Hours, not days: a day of RFC 8984 §1.4.6 is one on the calendar.
        return EventTimes.LengthOf(session, zone) is not { } length ? null : string.Create(CultureInfo.InvariantCulture,
            $"PT{Part((long)length.TotalHours, 'H')}{Part(length.Minutes, 'M')}{Part(length.Seconds, 'S')}");

        static string Part(long number, char unit) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
    }

    private static void AddPlaces(JsonObject entry, Event happening)
    {
        if (PlaceWords.OneLine(happening.Place) is { } where)
        {
            var place = Typed("Location");
            place["name"] = where;
            if (EventLines.Degrees(happening.Place?.Latitude) is { } latitude
                && EventLines.Degrees(happening.Place?.Longitude) is { } longitude)
            {
                place["coordinates"] = string.Create(CultureInfo.InvariantCulture, $"geo:{latitude:0.######},{longitude:0.######}");
            }

            entry["locations"] = new JsonObject { ["1"] = place };
        }

        if (EventWords.Online(happening) is { } online)
        {
            var room = Typed("VirtualLocation");
            room["name"] = T["Suivre en ligne"];
            room["uri"] = online.AbsoluteUri;
            room["features"] = new JsonObject { ["video"] = true };
            entry["virtualLocations"] = new JsonObject { ["1"] = room };
        }
    }

    private static JsonObject LinksOf(Event happening, string address)
    {
        var links = new JsonObject { ["page"] = Link(address, "alternate") };
        links["page"]!["contentType"] = "text/html";
        if (FeedText.Address(happening.RegistrationUrl) is { } registration)
        {
            links["registration"] = Link(registration.AbsoluteUri, "related");
            links["registration"]!["title"] = T["Inscription"];
        }

        if (FeedText.Address(happening.Image?.Url) is { } picture)
        {
            links["image"] = Link(picture.AbsoluteUri, "icon");
            links["image"]!["display"] = "badge";
        }

        return links;
    }

    private static JsonObject Link(string href, string rel)
    {
        var link = Typed("Link");
        link["href"] = href;
        link["rel"] = rel;
        return link;
    }

    private static JsonObject OrganiserOf(Cluster owner)
    {
        var organiser = Typed("Participant");
        organiser["name"] = owner.Name;
        organiser["kind"] = "group";
        if (owner.Contact?.Contains('@', StringComparison.Ordinal) == true)
        {
            organiser["email"] = owner.Contact;
        }

        organiser["roles"] = new JsonObject { ["owner"] = true };
        return organiser;
    }

    /// <summary>Its rule, and what differs: dates that don't take place, and those that another session stands for.</summary>
    private static void AddSeries(
        JsonObject entry, Event happening, Session first, Recurrence series, IReadOnlyDictionary<string, string> overridden, string title)
    {
        entry["recurrenceRules"] = new JsonArray(RuleOf(RepetitionRule.Read(series.Rule), first, happening.TimeZone));
        var differences = new JsonObject();
        foreach (var except in EventLines.ExceptionsOf(series, first, overridden))
        {
            differences[Local(except)] = new JsonObject { ["excluded"] = true };
        }

        foreach (var session in happening.Sessions.Where(session => overridden.ContainsKey(session.Id)))
        {
            differences[Local(overridden[session.Id])] = DifferenceOf(session, first, happening.TimeZone, title);
        }

        if (differences.Count > 0)
        {
            entry["recurrenceOverrides"] = differences;
        }
    }

    private static JsonObject DifferenceOf(Session session, Session first, string zone, string title)
    {
        var difference = new JsonObject { ["title"] = TitleOf(title, session) };
        AddTimes(difference, session, zone);
        if (EventLines.IsDay(session) != EventLines.IsDay(first))
        {
            difference["showWithoutTime"] = EventLines.IsDay(session);
            difference["timeZone"] ??= null;
        }

        if (!difference.ContainsKey("duration"))
        {
            // A patch without it would keep that of the series.
            difference["duration"] = null;
        }

        return difference;
    }

    private static JsonObject RuleOf(RepetitionRule rule, Session first, string zone)
    {
        var written = Typed("RecurrenceRule");
        written["frequency"] = rule.Frequency.ToString().ToLowerInvariant();
        if (rule.Interval != 1)
        {
            written["interval"] = rule.Interval;
        }

        if (rule.WeekStart != DayOfWeek.Monday)
        {
            written["firstDayOfWeek"] = Days[(int)rule.WeekStart];
        }

        Add("byDay", rule.ByDay.Select(DayOf));
        Add("byMonthDay", rule.ByMonthDay.Select(day => (JsonNode)day));
        Add("byMonth", rule.ByMonth.Select(month => (JsonNode)month.ToString(CultureInfo.InvariantCulture)));
        Add("bySetPosition", rule.BySetPosition.Select(place => (JsonNode)place));
        if (rule.Count is { } count)
        {
            written["count"] = count;
        }
        else if (rule.Until is { } until)
        {
            written["until"] = Text(RuleLine.LastDayOf(until, first, zone)
                + (EventLines.IsDay(first) ? TimeSpan.Zero : new TimeSpan(23, 59, 59)));
        }

        return written;

        void Add(string name, IEnumerable<JsonNode> values)
        {
            if (values.ToArray() is { Length: > 0 } some)
            {
                written[name] = new JsonArray(some);
            }
        }
    }

    private static JsonNode DayOf(RepeatedDay day)
    {
        var written = Typed("NDay");
        written["day"] = Days[(int)day.Day];
        if (day.Place != 0)
        {
            written["nthOfPeriod"] = day.Place;
        }

        return written;
    }

    private static JsonObject Typed(string type) => new() { ["@type"] = type };

    /// <summary>RFC 8984 §1.4.5, a day as its first second.</summary>
    private static string Local(string time) => Text(EventTimes.Local(time));

    private static string Text(DateTime local) => local.ToString("s", CultureInfo.InvariantCulture);

    private static string Utc(DateTime time) => time.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
