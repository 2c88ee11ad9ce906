using System.Globalization;
using Interclustering.Dates;
using Interclustering.IntegrationTests.Hub;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Calendars;

/// <summary>
/// Calendars that were read wrongly once, read by python3-icalendar and by ical.js as well: the calendar itself, and our feed of what was
/// imported.
/// </summary>
public sealed class ImportedCalendars(IcalJs javaScript) : IClassFixture<IcalJs>
{
    private const string From = "2026-11-23", To = "2028-12-31";

    public static TheoryData<string> Followed { get; } =
    [
        "C1-two-calendars-a.ics", "C3-uid-empty.ics", "C4-no-uid.ics", "D1-400-days.ics", "D1-endless-since-2022.ics", "D1-since-1960.ics",
        "D1-until-2028-since-2022.ics", "D2-first-excluded.ics", "D2-first-moved.ics", "D4-rdate.ics",
        "D4-recurrence-id-as-date.ics", "D5-hourly.ics", "D6-override-with-rule.ics", "G-customized-time-zone.ics",
        "G-lower-case.ics", "G-utc-display-name.ics", "G-vtimezone-own-name.ics",
    ];

    /// <summary>The other reader does not follow them: later dates moved, a date-only EXDATE, EXRULE, two rules.</summary>
    public static TheoryData<string> OursAlone { get; } =
    [
        "C6-override-twice.ics", "C6-sequence.ics", "D3-this-and-future.ics", "D4-exdate-as-date.ics", "D4-exrule.ics", "D4-two-rules.ics",
        "E-rrule-space.ics", "G-utc+05.ics", "Q-all-day-microsoft.ics",
    ];

    /// <summary>
    /// Those that ical.js follows. It does not know EXRULE, zones without a VTIMEZONE, a RECURRENCE-ID without its time, a UID that
    /// several events share, an RDATE beside a first date, and what Microsoft calls an all-day event.
    /// </summary>
    public static TheoryData<string> FollowedByJavaScript { get; } =
    [
        "C1-two-calendars-a.ics", "C3-uid-empty.ics", "C4-no-uid.ics", "C6-override-twice.ics", "D1-400-days.ics",
        "D1-endless-since-2022.ics", "D1-since-1960.ics", "D1-until-2028-since-2022.ics", "D2-first-excluded.ics", "D2-first-moved.ics",
        "D3-this-and-future.ics", "D4-exdate-as-date.ics", "D5-hourly.ics", "D6-override-with-rule.ics", "G-customized-time-zone.ics",
        "G-vtimezone-own-name.ics",
    ];

    [Theory]
    [MemberData(nameof(FollowedByJavaScript))]
    public async Task A_reader_in_JavaScript_finds_the_dates_that_are_imported(string name) => Assert.Equal(
        await javaScript.ReadAsync(
            await File.ReadAllTextAsync(Fixture.PathOfCase(name), TestContext.Current.CancellationToken), From, To),
        Dates(name));

    [Theory]
    [MemberData(nameof(Followed))]
    public async Task Another_reader_finds_the_dates_that_are_imported(string name) => Assert.Equal(
        await SecondReaders.ReadAsync(
            await File.ReadAllTextAsync(Fixture.PathOfCase(name), TestContext.Current.CancellationToken), From, To),
        Dates(name));

    [Theory]
    [MemberData(nameof(Followed))]
    [MemberData(nameof(OursAlone))]
    public async Task Other_readers_find_the_same_dates_in_our_feed(string name)
    {
        await using var hub = await TemporaryHub.CreateAsync();
        foreach (var item in Fixture.Case(name).Events)
        {
            await hub.ShowAsync(item.Event with { Nonce = "0123456789abcdef0123456789abcdef" });
        }

        var (_, feed) = await hub.GetAsync($"/agenda.ics?from={From}&to={To}");
        Assert.Equal(Dates(name), await SecondReaders.ReadAsync(feed, From, To));
        Assert.Equal(Dates(name), await javaScript.ReadAsync(feed, From, To));
    }

    private static List<string> Dates(string name) => [.. Fixture.Case(name).Events
        .SelectMany(item => EventTimes.Of(item.Event, Fixture.Today).Select(time => (item.Title, time)))
        .Where(found => found.time.Day >= Day(From) && found.time.Day <= Day(To))
        .Select(found => (found.time.Start is { } start ? $"{found.time.Day:yyyy-MM-dd}T{start:HH:mm}" : $"{found.time.Day:yyyy-MM-dd}")
            + $" {found.Title}")
        .Order(StringComparer.Ordinal)];

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
