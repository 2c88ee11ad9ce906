using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>An event as VEVENT components, one for each of its sessions.</summary>
/// <param name="Bytes">UTF-8, properties in the order of their names.</param>
/// <param name="Zone">IANA name of the zone of its times; null where all are days.</param>
/// <param name="Earliest">The first local start in that zone.</param>
/// <param name="Origin">Of the site that its addresses lead to.</param>
internal sealed record EventLines(byte[] Bytes, string? Zone, DateTime Earliest, string Origin)
{
    /// <param name="published">An event.</param>
    /// <param name="origin">Where the site is.</param>
    /// <param name="transparency">Whether it marks the reader as busy: <c>OPAQUE</c> or <c>TRANSPARENT</c> (RFC 5545 §3.8.2.7).</param>
    public static EventLines Of(Published published, string origin, string transparency)
    {
        var happening = (Event)published.Item;
        var (overridden, writer) = (Overridden(happening), new CalendarWriter());
        foreach (var session in happening.Sessions)
        {
            Write(writer, published, happening, session, overridden, origin, transparency);
        }

        var starts = happening.Sessions.Where(session => !IsDay(session)).Select(session => EventTimes.Local(session.Start)).ToList();
        return new EventLines(writer.ToArray(), starts.Count > 0 ? happening.TimeZone : null, starts.DefaultIfEmpty().Min(), origin);
    }

    private static void Write(
        CalendarWriter writer, Published published, Event happening, Session session, IReadOnlyDictionary<string, string> overridden,
        string origin, string transparency)
    {
        var (online, address, zone) = (EventWords.Online(happening), origin + Language.To(published.Path), happening.TimeZone);
        var repeat = overridden.GetValueOrDefault(session.Id);
        var series = repeat is null ? SeriesOf(happening, session) : null;
        writer.Begin("VEVENT");
        if (happening.Themes.Count > 0)
        {
            writer.Text("CATEGORIES", happening.Themes.Select(theme => FeedText.Clean(Vocabulary.Label(theme))));
        }

        if (online is not null)
        {
            writer.Line(
                "CONFERENCE", online.OriginalString, ("VALUE", "URI"), ("FEATURE", "VIDEO"), ("LABEL", T["Suivre en ligne"]));
        }

        writer.Instant("CREATED", published.PublishedAt);
        writer.Text("DESCRIPTION", FeedText.Clean(Describe(published, happening, new Uri(address))));
        if (EndOf(session) is { } end)
        {
            writer.Times("DTEND", [end], zone);
        }

        writer.Instant("DTSTAMP", published.RevisedAt);
        writer.Times("DTSTART", [session.Start], zone);
        if (series is not null && ExceptionsOf(series, session, overridden) is { Count: > 0 } exceptions)
        {
            writer.Times("EXDATE", exceptions, zone);
        }

        if (Degrees(happening.Place?.Latitude) is { } latitude && Degrees(happening.Place?.Longitude) is { } longitude)
        {
            writer.Line("GEO", string.Create(CultureInfo.InvariantCulture, $"{latitude:0.000000};{longitude:0.000000}"));
        }

        if (FeedText.Address(happening.Image?.Url) is { } picture)
        {
            writer.Line("IMAGE", picture.OriginalString, ("VALUE", "URI"), ("DISPLAY", "BADGE"));
        }

        writer.Instant("LAST-MODIFIED", published.RevisedAt);
        if (WhereItIs(happening, online) is { } where)
        {
            writer.Text("LOCATION", where);
        }

        writer.Text("ORGANIZER", OrganizerOf(published.Owner, origin), ("CN", published.Owner.Name));
        if (repeat is not null)
        {
            writer.Times("RECURRENCE-ID", [repeat], zone);
        }

        if (series is not null)
        {
            writer.Line("RRULE", RuleLine.Of(RepetitionRule.Read(series.Rule), session, zone));
        }

        writer.Line("SEQUENCE", SequenceOf(published).ToString(CultureInfo.InvariantCulture));
        writer.Line("STATUS", happening.Status switch
        {
            EventStatus.Cancelled => "CANCELLED",
            EventStatus.Postponed => "TENTATIVE",
            _ => "CONFIRMED"
        });
        writer.Text("SUMMARY", FeedText.Clean(SummaryOf(published, session)));
        writer.Line("TRANSP", transparency);
        writer.Text("UID", AgendaCalendar.UidOf(published.Id, happening.Sessions, repeat is null ? session : happening.Sessions[0]));
        writer.Line("URL", address);
        writer.End("VEVENT");
    }

    private static string SummaryOf(Published published, Session session) =>
        (EventWords.Mark(published) is { } mark ? mark.ToUpper(Language.Culture) + "\u00a0" : "") + published.Title
        + (session.Label is { } label ? $" — {label}" : "");

    internal static long SequenceOf(Published published) => Math.Min(int.MaxValue, published.Revision - 1);

    private static string OrganizerOf(Cluster owner, string origin) =>
        owner.Contact?.Contains('@', StringComparison.Ordinal) == true
            && Uri.TryCreate($"mailto:{owner.Contact}", UriKind.Absolute, out var mail) ? mail.OriginalString
        : FeedText.Address(owner.Site)?.OriginalString ?? origin;

    /// <summary>RFC 5545 §3.6.1 takes a date without an end for one day; not every reader does.</summary>
    private static string? EndOf(Session session) => session.End
        ?? (IsDay(session) ? EventTimes.Text(EventTimes.Local(session.Start).AddDays(1), session) : null);

    internal static bool IsDay(Session session) => session.Start.Length == 10;

    /// <summary>What a session begins; null where it repeats nothing, or by a rule that can't be followed.</summary>
    internal static Recurrence? SeriesOf(Event happening, Session session) =>
        session == happening.Sessions[0] && happening.Recurrence is { } recurrence
            && Repetition.Judge(session, recurrence, happening.TimeZone) is null ? recurrence : null;

    /// <summary>
    /// A further session on the day of an exception is that date, changed, also where it is the first one: a reader sees one series with
    /// RECURRENCE-ID (RFC 5545 §3.8.4.4) instead of a hole and another event. By the session's id, the start of the date that it stands
    /// for.
    /// </summary>
    internal static Dictionary<string, string> Overridden(Event happening)
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

    /// <summary>
    /// RFC 5545 §3.8.5.1: in the form of the start, which is one of them where the first session does not take place.
    /// </summary>
    internal static List<string> ExceptionsOf(Recurrence recurrence, Session session, IReadOnlyDictionary<string, string> overridden) =>
    [
        .. recurrence.Except.Select(EventTimes.Local).Where(except => !IsDay(session) || except.TimeOfDay == TimeSpan.Zero)
            .Select(except => EventTimes.Text(except, session)).Distinct().Except(overridden.Values),
    ];

    /// <summary>Where it is and where to follow it: most readers know no CONFERENCE, so the address stands in the place too.</summary>
    private static string? WhereItIs(Event happening, Uri? online) =>
        string.Join(", ", ((string?[])[PlaceWords.OneLine(happening.Place), online?.AbsoluteUri]).Where(part => part is not null))
            is { Length: > 0 } where ? FeedText.Clean(where) : happening.Attendance == Attendance.Online ? T["En ligne"] : null;

    internal static double? Degrees(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    internal static string Describe(Published published, Event happening, Uri address) => string.Join("\n\n", ((string?[])
    [
        .. published.ForMembers ? (string?[])[EventWords.Reserved(published)] :
        [
            EventWords.Status(published),
            FeedText.Plain(happening),
            EventWords.Online(happening) is { } online ? T["En ligne : {0}", online.AbsoluteUri] : null,
            .. published.IsToWatchAgain ? [] : EventWords.Registrations(happening).Select(link => T["Inscription : {0}", link.AbsoluteUri]),
        ],
        address.AbsoluteUri,
    ]).OfType<string>());
}
