using Interclustering.Contracts;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.Tests.Sources;

/// <summary>Small calendars that were read wrongly, each with what it says. The letter is the kind of fault.</summary>
public sealed class CalendarCaseTests
{
    private const string Day = "yyyy-MM-dd";
    private const string Morning = "2027-03-10T09:00:00–11:00";

    [Theory]
    // C: keys.
    [InlineData("C3-uid-empty.ics", $"Visite du quai: {Morning}")]
    [InlineData("C4-no-uid.ics", $"Visite du quai: {Morning}")]
    [InlineData("C6-sequence.ics", "Nouvelle date: 2027-03-12T09:00:00–11:00")]
    [InlineData("C6-override-twice.ics", $"Série: {Morning} FREQ=WEEKLY;COUNT=3 not 2027-03-17T09:00:00",
        "Série bis: 2027-03-18T09:00:00–11:00")]
    [InlineData("C7-same-uid-other-dates.ics", "Atelier A: 2027-03-10", "Atelier B: 2027-04-10")]
    // D: series.
    [InlineData("D1-400-days.ics", "Exposition: 2026-11-01T09:00:00–18:00 FREQ=DAILY;UNTIL=20280630T215959Z")]
    [InlineData("D1-endless-since-2022.ics",
        "Club des quais: 2022-01-04T08:30:00–10:00 FREQ=MONTHLY;BYDAY=1TU;UNTIL=20291231T235959Z")]
    [InlineData("D1-since-1960.ics", "Sainte-Barbe: 2025-12-04 FREQ=YEARLY;UNTIL=20291231")]
    [InlineData("D1-until-2028-since-2022.ics", "Permanence: 2022-01-03T08:30:00–10:00 FREQ=WEEKLY;UNTIL=20281231T225959Z")]
    [InlineData("D2-first-excluded.ics", $"Visite du quai: {Morning} FREQ=WEEKLY;COUNT=4 not 2027-03-10T09:00:00")]
    [InlineData("D2-first-moved.ics",
        $"Visite du quai: {Morning} + 2027-03-11T14:00:00–16:00 FREQ=WEEKLY;COUNT=4 not 2027-03-10T09:00:00")]
    [InlineData("D3-this-and-future.ics", $"Visite du quai: {Morning} + 2027-03-17T09:00:00–11:00 + 2027-03-24T14:00:00–16:00"
        + " + 2027-03-31T14:00:00–16:00 + 2027-04-07T14:00:00–16:00")]
    [InlineData("D4-exdate-as-date.ics", $"Visite du quai: {Morning} FREQ=WEEKLY;COUNT=4 not 2027-03-17T09:00:00")]
    [InlineData("D4-exrule.ics", "Visite du quai: 2027-03-17T09:00:00–11:00 + 2027-03-31T09:00:00–11:00 + 2027-04-14T09:00:00–11:00")]
    [InlineData("D4-rdate.ics", $"Visite du quai: {Morning} + 2027-03-17T09:00:00–11:00 + 2027-04-02T14:00:00–16:00")]
    [InlineData("D4-recurrence-id-as-date.ics",
        $"Visite du quai: {Morning} + 2027-03-18T14:00:00–16:00 FREQ=WEEKLY;COUNT=4 not 2027-03-17T09:00:00")]
    [InlineData("D4-two-rules.ics", $"Visite du quai: {Morning} + 2027-03-12T09:00:00–11:00 + 2027-03-17T09:00:00–11:00"
        + " + 2027-03-19T09:00:00–11:00")]
    [InlineData("D5-hourly.ics", $"Départs de navette: {Morning} + 2027-03-10T11:00:00–13:00 + 2027-03-10T13:00:00–15:00")]
    [InlineData("D6-override-with-rule.ics", "Point du lundi: 2027-03-01 FREQ=WEEKLY;BYDAY=MO;COUNT=4 not 2027-03-08",
        "Point déplacé au mardi: 2027-03-09")]
    // E: one line that nobody needs.
    [InlineData("E-apple-location.ics", $"Visite: {Morning}")]
    [InlineData("E-noline-colon.ics", $"Visite du quai: {Morning}")]
    [InlineData("E-organizer-eq.ics", $"Visite du quai: {Morning}")]
    [InlineData("E-param-nonascii.ics", $"Visite du quai: {Morning}")]
    [InlineData("E-raw-line-breaks.ics",
        $"Gymnastique: {Morning} « Première ligne  ⏎Deuxième ligne  ⏎<https://site.example/page> »")]
    [InlineData("E-rrule-byday-empty.ics", $"Visite du quai: {Morning} FREQ=WEEKLY;COUNT=3")]
    [InlineData("E-rrule-count-and-until.ics", $"Visite du quai: {Morning} FREQ=WEEKLY;COUNT=10;UNTIL=20270331T000000Z")]
    [InlineData("E-rrule-empty.ics", $"Visite du quai: {Morning}")]
    [InlineData("E-rrule-space.ics", $"Visite du quai: {Morning} FREQ=WEEKLY;COUNT=3")]
    [InlineData("E-text-rest.ics", $"Visite du quai: {Morning}")]
    [InlineData("E-u2028.ics", $"Visite du quai: {Morning} « Ligne 1  ⏎Ligne 2 »")]
    // F: letters.
    [InlineData("F-fold-inside-a-letter.ics", $"Atelier « réseau » : préparer l’été: {Morning}")]
    [InlineData("F-latin1.ics", $"Réseau des éco-acteurs : été à Évry: {Morning} « Découvrez l'entrepôt »")]
    [InlineData("F-windows-1252.ics", $"Réseau des éco-acteurs : été à Évry: {Morning} « Découvrez l’entrepôt »")]
    [InlineData("F-utf16.ics", $"Réseau des éco-acteurs : été à Évry: {Morning} « Découvrez l’entrepôt »")]
    // G: time zones.
    [InlineData("G-customized-time-zone.ics", "Réunion: 2027-03-10T17:00:00–18:00 Etc/GMT-8")]
    [InlineData("G-lower-case.ics", $"Visite du quai: {Morning}", $"NY: {Morning} America/New_York")]
    [InlineData("G-utc+05.ics", $"Visite du quai: {Morning} Etc/GMT-5")]
    [InlineData("G-utc-display-name.ics", "Réunion: 2027-01-22T20:00:00–21:00 UTC")]
    [InlineData("G-vtimezone-own-name.ics", $"Visite du quai: {Morning} Europe/London")]
    // H: text.
    [InlineData("H-angle-brackets.ics", $"Visite du quai: {Morning} « Programme  ⏎\\- accueil  ⏎\\- visite  ⏎Rejoindre : "
        + "<https://teams.microsoft.com/l/meetup-join/abc>  ⏎Merci »")]
    [InlineData("H-one-entity.ics", $"Visite du quai: {Morning} « Ligne 1  ⏎Ligne 2 R&D  ⏎Ligne 3 »")]
    [InlineData("H-plain-text-as-markdown.ics", $"Visite du quai: {Morning} « \\# Programme  "
        + "⏎\\*gratuit\\* pour les adhérents\\_2027\\_ \\[1]"
        + "  ⏎1\\) accueil  ⏎9h30 café  ⏎10h --- fin »")]
    [InlineData("H-title.ics", $"Flux <B2B> & <b>colis</b> : 3 < 5: {Morning}")]
    [InlineData("H-x-alt-desc-only.ics", $"Visite du quai: {Morning} « Texte **riche** »")]
    // I: place.
    [InlineData("I-attach-image.ics", $"Visite du quai: {Morning} image https://site.example/a.jpg")]
    [InlineData("I-location-is-a-link.ics", $"Visite du quai: {Morning} online https://meet.example.org/quai")]
    [InlineData("I-teams.ics", $"Visite du quai: {Morning} online https://teams.microsoft.com/l/meetup-join/x")]
    [InlineData("I-x-google-conference.ics", $"Visite du quai: {Morning} online https://meet.google.com/abc-defg-hij")]
    // Q: the rest.
    [InlineData("Q-all-day-microsoft.ics", "Visite du quai: 2027-03-10–2027-03-12")]
    [InlineData("Q-method-cancel.ics", $"Visite du quai: {Morning} cancelled")]
    public void A_calendar_says_what_it_says(string name, params string[] events)
    {
        var document = Fixture.Case(name);
        Assert.Equal(events, document.Events.Select(InWords));
        Assert.Empty(document.Rejected);
        Assert.Null(document.Incomplete);
        Assert.Equal(document.Events.Count, document.Events.DistinctBy(item => item.Key).Count());
    }

    [Fact]
    public void A_calendar_that_was_cut_off_is_incomplete()
    {
        Assert.Null(Fixture.Case("A1-truncated-1.ics").Incomplete);
        var cut = Fixture.Case("A1-truncated-2.ics");
        Assert.Equal(6, cut.Events.Count);
        Assert.Contains("coupé", cut.Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_whose_text_has_raw_line_breaks_is_still_there() =>
        Assert.Equal(Fixture.Case("A2-unreadable-1.ics").Events.Select(item => item.Key),
            Fixture.Case("A2-unreadable-2.ics").Events.Select(item => item.Key));

    [Fact]
    public void An_event_that_ends_before_it_starts_is_refused_and_present()
    {
        var document = Fixture.Case("A2-end-before-start-2.ics");
        Assert.Equal("en2@s", Assert.Single(document.Rejected).Key);
        Assert.Contains("en2@s", document.Present());
        Assert.Null(document.Incomplete);
    }

    [Fact]
    public void A_private_event_is_left_out_without_its_title()
    {
        var document = Fixture.Case("J-private.ics");
        Assert.Empty(document.Events);
        var left = Assert.Single(document.LeftOut);
        Assert.Null(left.Title);
        Assert.Contains("privé", left.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_too_many_events_those_that_lie_ahead_are_kept()
    {
        var past = Enumerable.Range(0, 5_000).Select(number => Entry($"p{number}@x", new DateTime(2020, 1, 1, 9, 0, 0).AddHours(number)));
        var ahead = Enumerable.Range(0, 400).Select(number => Entry($"a{number}@x", new DateTime(2027, 1, 1, 9, 0, 0).AddHours(number)));
        var document = Read(string.Concat(past.Concat(ahead)));
        Assert.Equal(5_000, document.Events.Count);
        Assert.Equal(400, document.Events.Count(item => item.Key.StartsWith('a')));
        Assert.Contains("5400", document.Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_our_own_feed_are_left_alone()
    {
        var document = Read(Entry("bsc-0193a7b0-0000-7000-8000-000000000001@interclustering", new DateTime(2027, 1, 1, 9, 0, 0))
            + Entry("bsc-0193a7b0-0000-7000-8000-000000000001-2@interclustering", new DateTime(2027, 1, 2, 9, 0, 0)));
        Assert.Empty(document.Events);
        Assert.Equal(2, document.LeftOut.Count);
    }

    [Fact]
    public void A_line_that_is_used_and_broken_costs_its_field_and_is_said()
    {
        var document = Read("BEGIN:VEVENT\r\nUID:x@x\r\nDTSTART;TZID=Europe/Paris:20270310T090000\r\nDTEND:plus tard\r\n"
            + "EXDATE:jamais\r\nSUMMARY:Visite\r\nEND:VEVENT\r\n");
        Assert.Equal("Visite: 2027-03-10T09:00:00", InWords(Assert.Single(document.Events)));
        Assert.Equal(["DTEND", "EXDATE"], document.Remarks.Select(remark => remark.Reason.Split(' ', '\u00A0')[2]));
    }

    [Fact]
    public void Pages_of_our_own_site_are_left_alone()
    {
        var page = ImportReader.Read(
            """
            <html><script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"Visite",
            "startDate":"2027-03-10",
            "url":"https://agenda.example/evenements/bsc-0193a7b0-0000-7000-8000-000000000001/visite"}</script></html>
            """u8.ToArray(), "https://agenda.example/agenda", Fixture.Today);
        Assert.Empty(page.Events);
        Assert.Single(page.LeftOut);
    }

    [Theory]
    [InlineData("(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", "Europe/Paris")]
    [InlineData("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/London")]
    [InlineData("UTC+11", "Etc/GMT-11")]
    [InlineData("GMT-3", "Etc/GMT+3")]
    [InlineData("+0200", "Etc/GMT-2")]
    [InlineData("UTC+0", "UTC")]
    [InlineData("romance standard time", "Europe/Paris")]
    [InlineData("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris")]
    [InlineData("UTC+05:30", null)]
    [InlineData("Heure du siège", null)]
    [InlineData("UTC+99", null)]
    public void A_zone_is_known_by_many_names(string name, string? zone) => Assert.Equal(zone, WallClock.Zone(name));

    [Fact]
    public void A_zone_between_hours_gives_the_instant_in_Paris()
    {
        var document = Read("BEGIN:VEVENT\r\nUID:h@x\r\nDTSTART;TZID=\"UTC+05:30\":20270310T143000\r\n"
            + "DTEND;TZID=\"UTC+05:30\":20270310T153000\r\nSUMMARY:Réunion\r\nEND:VEVENT\r\n");
        Assert.Equal("Réunion: 2027-03-10T10:00:00–11:00", InWords(Assert.Single(document.Events)));
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("x-none")]
    [InlineData("iso-8859-1")]
    [InlineData("koi8-r")]
    public void Any_charset_that_a_page_names_ends_in_text(string charset) =>
        Assert.Contains("Quai", SourceText.Decode(System.Text.Encoding.Latin1.GetBytes($"<meta charset={charset}>Quai")),
            StringComparison.Ordinal);

    internal static string InWords(ImportedEvent item)
    {
        var read = item.Event;
        var words = new List<string?>
        {
            $"{item.Title}: {string.Join(" + ", read.Sessions.Select(Span))}",
            read.Recurrence?.Rule,
            read.Recurrence?.Except is { Count: > 0 } except ? $"not {string.Join(", ", except)}" : null,
            read.TimeZone == "Europe/Paris" ? null : read.TimeZone,
            read.Place is { } place ? $"at {string.Join(", ", new[] { place.Name, place.Street, place.PostalCode, place.City }
                .OfType<string>())}" : null,
            read.Attendance is Attendance.OnSite ? null : $"{read.Attendance} {read.OnlineUrl}".Trim(),
            read.Status == EventStatus.Confirmed ? null : read.Status,
            read.Image is { } image ? $"image {image.Url}" : null,
            read.Text is { } text ? $"« {text.Replace("\n", "⏎", StringComparison.Ordinal)} »" : null,
        };
        return string.Join(' ', words.OfType<string>());
    }

    /// <summary>An all-day session of one day is its day; an end on the same day is its hour.</summary>
    private static string Span(Session session) => session.End is not { } end ? session.Start
        : session.Start.Length == 10 && DateOnly.ParseExact(end, Day) == DateOnly.ParseExact(session.Start, Day).AddDays(1) ? session.Start
        : end[..10] == session.Start[..10] ? $"{session.Start}–{end[11..16]}" : $"{session.Start}–{end}";

    private static string Entry(string uid, DateTime start) =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Europe/Paris:{start:yyyyMMdd'T'HHmmss}\r\nSUMMARY:Visite {uid}\r\nEND:VEVENT\r\n";

    private static ImportDocument Read(string events) => ImportReader.Read(
        System.Text.Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n"), "a.ics", Fixture.Today);
}
