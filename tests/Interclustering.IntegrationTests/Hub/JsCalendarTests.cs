using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary><c>/agenda.jscal.json</c> (RFC 8984).</summary>
public sealed partial class JsCalendarTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task An_event_has_its_local_start_with_zone_and_how_long_it_lasts()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T11:30:00") with
        {
            Themes = [KnownThemes.Urban],
            Place = new Place { Name = "Halle", City = "Rennes", Latitude = "48.1173", Longitude = "-1.6778" },
            OnlineUrl = "https://visio.example/1",
            Attendance = Attendance.Hybrid,
            RegistrationUrl = "https://inscription.example/1",
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/agenda.jscal.json")
        {
            Headers = { { "Origin", "https://a.example" } },
        };
        using var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("application/jscalendar+json; type=group", answer.Content.Headers.ContentType?.ToString());
        var group = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("Group", "http://localhost/agenda.jscal.json"), (Text(group, "@type"), Text(group, "source")));
        var entry = Assert.Single(group.GetProperty("entries").EnumerateArray());
        Assert.Equal(("Event", $"{id}@interclustering", "2026-12-10T09:00:00", "Europe/Paris", "PT2H30M", "confirmed"),
            (Text(entry, "@type"), Text(entry, "uid"), Text(entry, "start"), Text(entry, "timeZone"), Text(entry, "duration"),
            Text(entry, "status")));
        Assert.Matches(UtcTime(), Text(entry, "updated"));
        Assert.Equal(("Halle, Rennes", "geo:48.1173,-1.6778"), (Text(entry.GetProperty("locations").GetProperty("1"), "name"),
            Text(entry.GetProperty("locations").GetProperty("1"), "coordinates")));
        Assert.Equal("https://visio.example/1", Text(entry.GetProperty("virtualLocations").GetProperty("1"), "uri"));
        Assert.Equal("https://inscription.example/1", Text(entry.GetProperty("links").GetProperty("registration"), "href"));
        Assert.True(entry.GetProperty("keywords").GetProperty("Logistique urbaine").GetBoolean());
        Assert.Equal("Bretagne Supply Chain", Text(entry.GetProperty("participants").GetProperty("organiser"), "name"));
    }

    [Fact]
    public async Task Whole_days_have_no_zone_and_a_night_of_two_clocks_its_true_hours()
    {
        await hub.ShowAsync(Happening.On("2026-12-10", "2026-12-12", title: "Deux jours"));
        await hub.ShowAsync(Happening.On("2027-03-27T22:00:00", "2027-03-28T06:00:00", title: "Une nuit"));
        var (days, night) = (await EntryAsync("Deux jours"), await EntryAsync("Une nuit"));
        Assert.Equal(("2026-12-10T00:00:00", "P2D", true), (Text(days, "start"), Text(days, "duration"),
            days.GetProperty("showWithoutTime").GetBoolean()));
        Assert.False(days.TryGetProperty("timeZone", out _));
        Assert.Equal("PT7H", Text(night, "duration"));
    }

    [Fact]
    public async Task A_series_is_one_event_with_its_rule_and_what_differs()
    {
        await hub.ShowAsync(Happening.On("2026-12-01T18:00:00") with
        {
            Sessions = [
                new Session("1", "2026-12-01T18:00:00", "2026-12-01T19:00:00"),
                new Session("2", "2026-12-08T19:30:00", null, "Ailleurs")],
            Recurrence = new Recurrence("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231", ["2026-12-08T18:00:00", "2026-12-15T18:00:00"]),
        });
        var entry = Assert.Single((await GroupAsync("")).GetProperty("entries").EnumerateArray());
        var rule = entry.GetProperty("recurrenceRules")[0];
        Assert.Equal(("weekly", "2026-12-31T23:59:59", "tu"),
            (Text(rule, "frequency"), Text(rule, "until"), Text(rule.GetProperty("byDay")[0], "day")));
        var moved = entry.GetProperty("recurrenceOverrides").GetProperty("2026-12-08T18:00:00");
        Assert.Equal(("2026-12-08T19:30:00", "Petit déjeuner — Ailleurs", JsonValueKind.Null),
            (Text(moved, "start"), Text(moved, "title"), moved.GetProperty("duration").ValueKind));
        Assert.True(entry.GetProperty("recurrenceOverrides").GetProperty("2026-12-15T18:00:00").GetProperty("excluded").GetBoolean());
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, "cancelled")]
    [InlineData(EventStatus.Postponed, "tentative")]
    [InlineData(EventStatus.Rescheduled, "confirmed")]
    public async Task What_became_of_it_is_its_status(string status, string written)
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Status = status });
        Assert.Equal(written, Text(await EntryAsync("Petit déjeuner"), "status"));
    }

    [Fact]
    public async Task It_holds_what_the_calendar_of_the_same_filter_holds()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00") with
        {
            Sessions = [new Session("1", "2026-12-11T09:00:00"), new Session("2", "2026-12-12T09:00:00")],
        });
        await hub.ShowAsync(Happening.On("2026-12-13T09:17:00", title: "Club") with { Visibility = Visibility.Members });
        foreach (var query in (string[])["", "?theme=logistique-urbaine", "?q=club", "?to=2026-11-01", "?nothing=1"])
        {
            var uids = (await GroupAsync(query)).GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "uid")).Order();
            var lines = (await hub.GetAsync("/agenda.ics" + query)).Body.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
            Assert.Equal(lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Select(line => line[4..]).Order(), uids);
        }

        var club = await EntryAsync("Club");
        Assert.Equal(("2026-12-13T00:00:00", true), (Text(club, "start"), club.GetProperty("showWithoutTime").GetBoolean()));
        Assert.Contains("Réservé aux adhérents", Text(club, "description"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> GroupAsync(string query) =>
        JsonDocument.Parse(await hub.Http.GetStringAsync("/agenda.jscal.json" + query, TestContext.Current.CancellationToken)).RootElement;

    private async Task<JsonElement> EntryAsync(string title) =>
        (await GroupAsync("")).GetProperty("entries").EnumerateArray().Single(entry => Text(entry, "title") == title);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex UtcTime();
}
