using System.Globalization;
using System.Net;
using System.Text.Json;
using Ical.Net.DataTypes;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>A series has the same dates on its page, for search engines, in calendars, in the API and in the agenda.</summary>
public sealed class SeriesTests : IAsyncLifetime
{
    private const int MostSubEvents = 60;


    /// <summary>On 23 November 2026, exclusive.</summary>
    private static readonly DateTime Horizon = new(2029, 1, 1);

    private static readonly Session First = new("1", "2026-12-01T18:00:00", "2026-12-01T19:00:00");

    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    public static TheoryData<string, string, string[], int, string> Series => new()
    {
        // Start, rule, exceptions; then how many dates, and the last of them.
        { "2022-01-04T18:00:00", "FREQ=WEEKLY;UNTIL=20281231T225959Z", [], 365, "2028-12-26T18:00" },
        { "2022-01-04T18:00:00", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20351231T225959Z", ["2027-02-02T18:00:00"], 83, "2028-12-05T18:00" },
        { "2026-06-01T18:00:00", "FREQ=DAILY;COUNT=600", [], 600, "2028-01-21T18:00" },
        { "2026-12-01", "FREQ=WEEKLY;COUNT=4", ["2026-12-01"], 3, "2026-12-22" },
        { "2026-12-01T18:00:00", "FREQ=WEEKLY;COUNT=4", ["2026-12-08T18:00:00"], 3, "2026-12-22T18:00" },
        { "2026-12-01T18:00:00", "FREQ=WEEKLY;COUNT=4", ["2026-12-01T18:00:00"], 3, "2026-12-22T18:00" },
        { "2026-12-01T18:00:00", "FREQ=WEEKLY;COUNT=1", ["2026-12-01T18:00:00"], 0, "" },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public async Task All_that_is_shown_of_a_series_agrees(string start, string rule, string[] except, int dates, string last)
    {
        var shown = await AgreedAsync(Happening.On(start) with { Recurrence = new Recurrence(rule, except) });
        Assert.Equal(dates, shown.Count);
        Assert.Equal(last, shown.LastOrDefault() ?? "");
        Assert.DoesNotContain(except, excepted => shown.Contains(excepted.Length > 10 ? excepted[..16] : excepted));
    }

    [Fact]
    public async Task A_first_date_that_moved_is_one_date_at_its_new_hour()
    {
        var shown = await AgreedAsync(Happening.On(First.Start) with
        {
            Sessions = [First, new Session("2", "2026-12-01T19:30:00", "2026-12-01T20:30:00")],
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-01T18:00:00", "2026-12-15T18:00:00"]),
        });
        Assert.Equal(["2026-12-01T19:30", "2026-12-08T18:00", "2026-12-22T18:00"], shown);
        var lines = (await hub.GetAsync("/agenda.ics")).Body.Split("\r\n");
        Assert.Contains("DTSTART;TZID=Europe/Paris:20261201T180000", lines);
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Paris:20261201T180000", lines);
        Assert.Equal("EXDATE;TZID=Europe/Paris:20261215T180000", Assert.Single(lines, line =>
            line.StartsWith("EXDATE", StringComparison.Ordinal)));
        Assert.Single(lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task A_first_date_that_is_left_out_is_both_start_and_exception_in_a_calendar()
    {
        await hub.ShowAsync(Happening.On("2026-12-01") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-01"]) });
        var lines = (await hub.GetAsync("/agenda.ics")).Body.Split("\r\n");
        Assert.Contains("DTSTART;VALUE=DATE:20261201", lines);
        Assert.Contains("EXDATE;VALUE=DATE:20261201", lines);
    }

    [Fact]
    public async Task Of_a_long_series_search_engines_are_told_the_dates_to_come()
    {
        var item = Happening.On("2020-01-01T18:00:00") with { Recurrence = new Recurrence("FREQ=DAILY;UNTIL=20991231T225959Z", []) };
        var thing = (await SitePage.OpenAsync(hub, item)).Thing("Event");
        Assert.Equal("2020-01-01T18:00:00+01:00", (string?)thing["startDate"]);
        var parts = thing["subEvent"]!.AsArray();
        Assert.Equal((MostSubEvents, "2026-11-23T18:00:00+01:00"), (parts.Count, (string?)parts[0]!["startDate"]));
    }

    [Fact]
    public async Task The_horizon_moves_while_the_site_runs()
    {
        var weekly = Happening.On("2022-01-04T18:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;UNTIL=20991231T225959Z", []) };
        var (open, closed) = (await hub.ShowAsync(weekly), await hub.ShowAsync(weekly with { Visibility = Visibility.Members }));
        var gone = await hub.ShowAsync(weekly);
        await hub.ShowAsync(null, gone, revision: 2);
        Assert.Equal(new DateOnly(2028, 12, 26), hub.Agenda[^1].Day);
        using var before = await hub.Http.GetAsync(SitePage.PathOf(weekly, open), TestContext.Current.CancellationToken);

        hub.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(new DateOnly(2026, 11, 1), hub.Shown.Month);
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await Until.TrueAsync(() => Task.FromResult(hub.Shown.Month == new DateOnly(2026, 12, 1)), () =>
            Task.FromResult("the catalogue has noticed the month"));
        Assert.Equal([open, closed], hub.Agenda.Where(time => time.Day == new DateOnly(2029, 1, 30)).Select(time => time.Event.Id).Order());
        Assert.Equal([gone], hub.Shown.Withdrawn.Keys);
        using var after = await hub.Http.GetAsync(SitePage.PathOf(weekly, open), TestContext.Current.CancellationToken);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Contains("2029-01-30T18:00", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains("20290130", (await hub.GetAsync($"/evenements/{closed}.ics")).Body, StringComparison.Ordinal);
    }

    /// <summary>The starts that page, JSON-LD, calendar, API and agenda agree on, in order.</summary>
    private async Task<List<string>> AgreedAsync(Event item)
    {
        var id = await hub.ShowAsync(item);
        var page = await SitePage.OpenAsync(hub, SitePage.PathOf(item, id));
        List<string> shown = [.. page.Document.QuerySelectorAll("main .when time").Select(time => Minute(time.GetAttribute("datetime")!))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(shown, hub.Agenda.Where(time => time.Event.Id == id)
            .Select(time => time.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time.Start?.ToString("'T'HH:mm",
                CultureInfo.InvariantCulture)));

        var thing = page.Thing("Event");
        Assert.Equal(shown.FirstOrDefault(), (string?)thing["startDate"] is { } begins ? Minute(begins) : null);
        if (shown.Count > 1)
        {
            var past = Math.Clamp(shown.Count - MostSubEvents, 0, shown.Count(at => string.CompareOrdinal(at, "2026-11-23") < 0));
            Assert.Equal(shown.Skip(past).Take(MostSubEvents), thing["subEvent"]!.AsArray()
                .Select(part => Minute((string)part!["startDate"]!)));
        }

        var (status, answer) = await hub.GetAsync($"/api/v1/publications/{id}");
        Assert.Equal(HttpStatusCode.OK, status);
        using var view = JsonDocument.Parse(answer);
        Assert.Equal(shown, view.RootElement.GetProperty("occurrences").EnumerateArray()
            .Select(time => time.GetProperty("start").GetString()!).Select(at => at.Length > 10 ? Minute(at) : at));

        var calendar = Ical.Net.Calendar.Load((await hub.GetAsync($"/evenements/{id}.ics")).Body)!;
        Assert.Equal(shown, calendar.GetOccurrences<Ical.Net.CalendarComponents.CalendarEvent>(new CalDateTime(2000, 1, 1))
            .Select(each => each.Period.StartTime).TakeWhile(at => at.Value < Horizon)
            .Select(at => at.Value.ToString(at.HasTime ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order());
        return shown;
    }

    private static string Minute(string machine) => machine.Length > 10 ? machine[..16] : machine;
}
