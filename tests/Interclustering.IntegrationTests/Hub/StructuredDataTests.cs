using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>JSON-LD as a search engine reads it back from the page, see https://schema.org/Event.</summary>
public sealed class StructuredDataTests : IAsyncLifetime
{
    private static readonly Event Breakfast = Happening.On("2026-12-10T09:00:00", "2026-12-10T10:30:00");

    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData(EventStatus.Confirmed, false, "EventScheduled")]
    [InlineData(EventStatus.Confirmed, true, "EventMovedOnline")]
    [InlineData(EventStatus.Rescheduled, false, "EventRescheduled")]
    [InlineData(EventStatus.Rescheduled, true, "EventRescheduled EventMovedOnline")]
    [InlineData(EventStatus.Postponed, false, "EventPostponed")]
    [InlineData(EventStatus.Cancelled, false, "EventCancelled")]
    public async Task Every_status_has_its_name(string status, bool moved, string expected)
    {
        var thing = await ThingAsync(Breakfast with { Status = status, MovedOnline = moved, PreviousStart = "2026-10-12T09:00:00" });
        Assert.Equal(expected, string.Join(' ', Values(thing["eventStatus"]).Select(Name)));
        Assert.Equal(status == EventStatus.Rescheduled ? "2026-10-12T09:00:00+02:00" : null, (string?)thing["previousStartDate"]);
        Assert.Equal("2026-12-10T09:00:00+01:00", (string?)thing["startDate"]);
        Assert.Equal("2026-12-10T10:30:00+01:00", (string?)thing["endDate"]);
        Assert.Equal("https://schema.org", (string?)thing["@context"]);
    }

    [Theory]
    [InlineData(Attendance.OnSite, false, "OfflineEventAttendanceMode", "Place")]
    [InlineData(Attendance.Online, false, "OnlineEventAttendanceMode", "VirtualLocation")]
    [InlineData(Attendance.Hybrid, false, "MixedEventAttendanceMode", "Place VirtualLocation")]
    [InlineData(Attendance.OnSite, true, "OnlineEventAttendanceMode", "VirtualLocation")]
    public async Task Every_attendance_has_its_places(string attendance, bool moved, string mode, string places)
    {
        var thing = await ThingAsync(Breakfast with
        {
            Attendance = attendance,
            MovedOnline = moved,
            OnlineUrl = "https://visio.example/1",
            Place = new Place
            {
                Name = "La Halle",
                Street = "1 quai Vauban",
                PostalCode = "35000",
                City = "Rennes",
                Country = "FR",
                Latitude = "48.1",
                Longitude = "-1.6"
            },
        });
        Assert.Equal(mode, Name(thing["eventAttendanceMode"]!));
        var found = Values(thing["location"]).ToDictionary(place => (string)place!["@type"]!);
        Assert.Equal(places, string.Join(' ', found.Keys));
        if (found.TryGetValue("Place", out var place))
        {
            Assert.Equal("1 quai Vauban", (string?)place["address"]!["streetAddress"]);
            Assert.Equal("-1.6", (string?)place["geo"]!["longitude"]);
        }

        Assert.Equal(found.ContainsKey("VirtualLocation")
            ? "https://visio.example/1" : null, (string?)found.GetValueOrDefault("VirtualLocation")?["url"]);
    }

    [Fact]
    public async Task Organisers_speakers_registration_and_language_are_told_where_they_are_known()
    {
        var speaker = await hub.ShowAsync(
            new Person { Nonce = "n", Name = "Anne Le Goff", Role = "directrice", Email = "anne@bsc.example" });
        var thing = await ThingAsync(Breakfast with
        {
            CoOrganisers = ["lsn"],
            Speakers = [speaker],
            RegistrationUrl = "https://inscription.example/1",
            Full = true,
            Image = new Picture("https://bsc.example/1.jpg", "Un quai"),
            Summary = "Un café.",
        });
        Assert.Equal(["Bretagne Supply Chain", "Logistique Seine Normandie"], Values(thing["organizer"])
            .Select(organiser => (string?)organiser["name"]));
        Assert.Equal("https://bsc.example/", (string?)Values(thing["organizer"])[0]["url"]);
        Assert.Equal("Anne Le Goff", (string?)thing["performer"]!["name"]);
        Assert.Equal("https://inscription.example/1", (string?)thing["offers"]!["url"]);
        Assert.Equal("SoldOut", Name(thing["offers"]!["availability"]!));
        Assert.Equal("https://bsc.example/1.jpg", (string?)thing["image"]);
        Assert.Equal("fr", (string?)thing["inLanguage"]);
        Assert.Equal("Un café.", (string?)thing["description"]);
        Assert.False(thing.ContainsKey("isAccessibleForFree"));
        Assert.False(thing.ContainsKey("location"));
        Assert.DoesNotContain("anne@", thing.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-10", "2026-12-13", "2026-12-10", "2026-12-12")]
    [InlineData("2026-12-10", null, "2026-12-10", "2026-12-10")]
    [InlineData("2026-12-10T20:00:00", "2026-12-11T00:00:00", "2026-12-10T20:00:00+01:00", "2026-12-11T00:00:00+01:00")]
    [InlineData("2026-10-24T22:00:00", "2026-10-25T04:00:00", "2026-10-24T22:00:00+02:00", "2026-10-25T04:00:00+01:00")]
    [InlineData("2026-12-10T20:00:00", null, "2026-12-10T20:00:00+01:00", null)]
    public async Task Days_are_dates_and_hours_have_their_offset(string start, string? end, string startDate, string? endDate)
    {
        var thing = await ThingAsync(Happening.On(start, end));
        Assert.Equal(startDate, (string?)thing["startDate"]);
        Assert.Equal(endDate, (string?)thing["endDate"]);
    }

    [Fact]
    public async Task Several_sessions_are_events_of_their_own_within_it()
    {
        var thing = await ThingAsync(Breakfast with
        {
            Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00", "Première séance"),
                new Session("2", "2026-12-17T09:00:00", "2026-12-17T12:00:00")],
        });
        Assert.Equal("2026-12-10T09:00:00+01:00", (string?)thing["startDate"]);
        Assert.Equal("2026-12-17T12:00:00+01:00", (string?)thing["endDate"]);
        Assert.Equal(
            ["Petit déjeuner — Première séance 2026-12-10T09:00:00+01:00", "Petit déjeuner 2026-12-17T09:00:00+01:00"],
            Values(thing["subEvent"]).Select(session => $"{session["name"]} {session["startDate"]}"));
    }

    [Fact]
    public async Task A_replay_is_the_event_recorded()
    {
        var thing = await ThingAsync(new Webinar
        {
            Nonce = "n",
            Title = "La chaleur",
            Attendance = Attendance.Online,
            Sessions = [new Session("1", "2026-10-10T11:00:00")],
            ReplayUrl = "https://video.example/1",
        });
        Assert.Equal("https://video.example/1", (string?)thing["recordedIn"]!["url"]);
        Assert.StartsWith("http://localhost/evenements/", (string?)thing["location"]!["url"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_is_an_article_with_its_dates_and_its_clusters()
    {
        var page = await SitePage.OpenAsync(hub, new BestPractice
        {
            Nonce = "n",
            Title = "Rafraîchir un entrepôt",
            Summary = "Sans climatisation.",
            Themes = [KnownThemes.Ecology],
            CoOrganisers = ["lsn"],
        });
        var thing = page.Thing("Article");
        Assert.Equal("Rafraîchir un entrepôt", (string?)thing["headline"]);
        Assert.Equal("2026-11-23T08:00:00Z", (string?)thing["datePublished"]);
        Assert.Equal("2026-11-23T08:00:00Z", (string?)thing["dateModified"]);
        Assert.Equal(2, Values(thing["author"]).Count);
        Assert.Equal("Bretagne Supply Chain", (string?)thing["publisher"]!["name"]);
        Assert.Equal("Transition écologique", (string?)thing["about"]!["name"]);
        Assert.Equal("article", page.Meta("og:type"));
        Assert.Equal(
            ["Ressources", "Transition écologique", "Rafraîchir un entrepôt"],
            Values(page.Thing("BreadcrumbList")["itemListElement"]).Select(step => (string?)step["name"]));
    }

    [Fact]
    public async Task A_title_can_not_end_the_data_block()
    {
        const string Title = "</script><script>alert(1)</script><!-- \u2028 & 'quais'";
        var page = await SitePage.OpenAsync(hub, Breakfast with { Title = Title });
        Assert.Equal(Title, (string?)page.Thing("Event")["name"]);
        Assert.All(page.Document.Scripts.Where(script => script.Source is null), script =>
            Assert.Equal("application/ld+json", script.GetAttribute("type")));
        Assert.Equal(Title, page.Document.QuerySelector("main h1")!.TextContent);
    }

    private static string Name(JsonNode node) => ((string)node!)["https://schema.org/".Length..];

    private static List<JsonNode> Values(JsonNode? node) =>
        node switch { null => [], JsonArray many => [.. many.Select(one => one!)], _ => [node] };

    private async Task<JsonObject> ThingAsync(Event item) => (await SitePage.OpenAsync(hub, item)).Thing("Event");
}
