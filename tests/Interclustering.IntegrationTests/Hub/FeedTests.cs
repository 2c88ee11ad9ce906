using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>RSS, Atom and JSON Feed.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private TemporaryHub hub = null!;

    public static TheoryData<string, string> Formats => new()
    {
        { "rss", "application/rss+xml" }, { "atom", "application/atom+xml" }, { "json", "application/feed+json" },
    };

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_feed_has_what_its_filter_lets_through_newest_first(string extension, string mediaType)
    {
        await hub.ShowAsync(Happening.On("2026-12-20T09:00:00", title: "Le premier") with { Themes = [KnownThemes.Urban] });
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Un autre thème") with { Themes = [KnownThemes.Digital] });
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.ShowAsync(Happening.On("2026-12-15T09:00:00", title: "Le second") with { Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-12-15T09:00:00", title: "Pour les équipes") with
        {
            Themes = [KnownThemes.Urban],
            Visibility = Visibility.Staff
        });

        using var response = await hub.Http.GetAsync(
            $"/agenda.{extension}?theme=logistique-urbaine", TestContext.Current.CancellationToken);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType.CharSet);
        Assert.Equal(["Le second", "Le premier"], await TitlesAsync($"/agenda.{extension}?theme=logistique-urbaine"));
        Assert.Equal(3, (await TitlesAsync($"/agenda.{extension}")).Count);
    }

    [Fact]
    public async Task An_item_keeps_its_identity_and_its_first_date_when_it_is_revised()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        hub.Clock.Advance(TimeSpan.FromDays(2));
        await hub.ShowAsync(Happening.On("2026-12-17T09:00:00", title: "Déplacé"), id, revision: 2);

        var item = (await XmlAsync("/agenda.rss")).Descendants("item").Single();
        Assert.Equal($"urn:interclustering:{id}", item.Element("guid")!.Value);
        Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal("Mon, 23 Nov 2026 09:00:00 +0100", item.Element("pubDate")!.Value);
        Assert.Equal($"http://localhost/evenements/{id}/deplace", item.Element("link")!.Value);

        var entry = (await XmlAsync("/en/agenda.atom")).Element(Atom + "feed")!.Element(Atom + "entry")!;
        Assert.Equal($"urn:interclustering:{id}", entry.Element(Atom + "id")!.Value);
        Assert.Equal("2026-11-23T09:00:00+01:00", entry.Element(Atom + "published")!.Value);
        Assert.Equal("2026-11-25T09:00:00+01:00", entry.Element(Atom + "updated")!.Value);
        Assert.Contains($"http://localhost/en/evenements/{id}/deplace", entry.Elements(Atom + "link")
            .Select(link => link.Attribute("href")!.Value));

        using var json = await JsonAsync("/agenda.json");
        var shown = json.RootElement.GetProperty("items")[0];
        Assert.Equal($"urn:interclustering:{id}", shown.GetProperty("id").GetString());
        Assert.Equal("2026-11-23T08:00:00Z", shown.GetProperty("date_published").GetString());
        Assert.Equal("2026-11-25T08:00:00Z", shown.GetProperty("date_modified").GetString());
    }

    [Fact]
    public async Task A_feed_is_as_new_as_its_last_revision_or_withdrawal_and_never_as_the_clock()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var id = await hub.ShowAsync(Happening.On("2026-12-11T09:00:00", title: "Retiré bientôt"));
        Assert.Equal("2026-11-23T09:00:00+01:00", await UpdatedAsync());
        var before = await hub.Http.GetStringAsync("/agenda.rss", TestContext.Current.CancellationToken);
        hub.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(before, await hub.Http.GetStringAsync("/agenda.rss", TestContext.Current.CancellationToken));

        await hub.ShowAsync(null, id, revision: 2);
        Assert.Equal("2026-11-25T09:00:00+01:00", await UpdatedAsync());
        Assert.Equal(["Petit déjeuner"], await TitlesAsync("/agenda.rss"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_is_for_members_shows_title_date_cluster_and_that_it_is(string extension, string mediaType)
    {
        Assert.NotEmpty(mediaType);
        var id = await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club",
            Summary = "secret",
            Text = "secret",
            Visibility = Visibility.Members,
            Themes = [KnownThemes.Urban],
            Status = EventStatus.Cancelled,
            Sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-10T10:43:00", "secret")],
            CoOrganisers = ["lsn"],
            Url = "https://secret.example/",
            PlatformUrl = "https://secret.example/",
            Place = new Place { City = "secret" },
            StatusReason = "secret",
            Image = new Picture("https://secret.example/", "secret"),
        });
        var body = await hub.Http.GetStringAsync($"/agenda.{extension}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("09:17", body, StringComparison.Ordinal);
        Assert.DoesNotContain("9\u00a0h", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Normandie", body, StringComparison.Ordinal);

        using var json = await JsonAsync("/agenda.json");
        var item = json.RootElement.GetProperty("items")[0];
        Assert.Equal("Annulé\u00a0:\u00a0Club", item.GetProperty("title").GetString());
        Assert.Equal(
            "<p>Jeudi 10\u00a0décembre 2026</p><p>Bretagne Supply Chain</p><p>Réservé aux adhérents de Bretagne Supply Chain.</p>",
            WebUtility.HtmlDecode(item.GetProperty("content_html").GetString()));
        Assert.Equal(
            $$"""{"id":"{{id}}","kind":"event","cluster":"bsc","revision":"""
                + """1,"visibility":"members","status":"cancelled","sessions":[{"id":"1","start":"2026-12-10","end":"2026-12-11"}]}""",
            item.GetProperty("_interclustering").GetRawText());
    }

    [Fact]
    public async Task A_json_feed_says_what_an_event_is()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T11:00:00") with
        {
            Summary = "En bref <b>",
            Text = "**Gras** <script>alert(1)</script>",
            Themes = [KnownThemes.Urban],
            CoOrganisers = ["lsn", "gone"],
            Url = "https://bsc.example/petit-dejeuner",
            Place = new Place { Name = "Le Mabilay", City = "Rennes" },
            Image = new Picture("https://bsc.example/affiche.png", "Affiche"),
            RegistrationUrl = "https://bsc.example/?a=1&b=2",
        });
        using var json = await JsonAsync("/agenda.json?cluster=bsc");
        var feed = json.RootElement;
        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.Equal("http://localhost/agenda?cluster=bsc", feed.GetProperty("home_page_url").GetString());
        Assert.Equal("http://localhost/agenda.json?cluster=bsc", feed.GetProperty("feed_url").GetString());
        Assert.False(feed.TryGetProperty("next_url", out _));
        var item = feed.GetProperty("items")[0];
        Assert.Equal($"http://localhost/evenements/{id}/petit-dejeuner", item.GetProperty("url").GetString());
        Assert.Equal("https://bsc.example/petit-dejeuner", item.GetProperty("external_url").GetString());
        Assert.Equal(["Bretagne Supply Chain", "Logistique Seine Normandie"], item.GetProperty("authors").EnumerateArray()
            .Select(author => author.GetProperty("name").GetString()));
        Assert.Equal("Logistique urbaine", item.GetProperty("tags")[0].GetString());
        Assert.Equal("https://bsc.example/affiche.png", item.GetProperty("image").GetString());
        var html = item.GetProperty("content_html").GetString()!;
        Assert.Contains("<p>Le Mabilay, Rennes</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p>En bref &lt;b&gt;</p>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>Gras</strong>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://bsc.example/?a=1&amp;b=2\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("9\u00a0h – 11\u00a0h, heure de Paris", item.GetProperty("summary").GetString()!, StringComparison.Ordinal);
        var facts = item.GetProperty("_interclustering");
        Assert.Equal("2026-12-10T09:00:00", facts.GetProperty("sessions")[0].GetProperty("start").GetString());
        Assert.Equal("Europe/Paris", facts.GetProperty("timeZone").GetString());
        Assert.Equal("Rennes", facts.GetProperty("place").GetProperty("city").GetString());
    }

    [Fact]
    public async Task What_does_not_fit_is_on_the_next_page()
    {
        for (var number = 1; number <= 51; number++)
        {
            await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: string.Create(CultureInfo.InvariantCulture, $"Nº {number}")));
        }

        var first = await XmlAsync("/agenda.atom?cluster=bsc");
        Assert.Equal(50, first.Descendants(Atom + "entry").Count());
        var next = first.Root!.Elements(Atom + "link").Single(link => link.Attribute("rel")?.Value == "next").Attribute("href")!.Value;
        Assert.Equal("http://localhost/agenda.atom?cluster=bsc&page=2", next);
        Assert.Equal(["Nº 1"], await TitlesAsync(next));
        Assert.DoesNotContain("rel=\"next\"", await hub.Http.GetStringAsync(next, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains("rel=\"next\"", await hub.Http.GetStringAsync("/agenda.rss", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        using var json = await JsonAsync("/agenda.json");
        Assert.Equal("http://localhost/agenda.json?page=2", json.RootElement.GetProperty("next_url").GetString());
        Assert.Empty(await TitlesAsync("/agenda.json?page=999999999"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Characters_that_xml_can_not_carry_break_no_feed(string extension, string mediaType)
    {
        Assert.NotEmpty(mediaType);
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Bruit\u0000 \u000b\uffff 🚚 ]]>") with
        {
            Summary = "\u0001",
            Text = "\u0002 & <b>"
        });
        Assert.Equal(["Bruit  🚚 ]]>"], await TitlesAsync($"/agenda.{extension}"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task An_empty_feed_is_a_feed(string extension, string mediaType)
    {
        Assert.NotEmpty(mediaType);
        Assert.Empty(await TitlesAsync($"/agenda.{extension}"));
        Assert.Equal("1970-01-01T01:00:00+01:00", await UpdatedAsync());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_feed_is_304_until_something_is_published(string extension, string mediaType)
    {
        Assert.NotEmpty(mediaType);
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        using var response = await hub.Http.GetAsync($"/agenda.{extension}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(response.Headers.ETag!));
        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(response.Headers.ETag!));

        async Task<HttpStatusCode> StatusAsync(EntityTagHeaderValue tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/agenda.{extension}");
            request.Headers.IfNoneMatch.Add(tag);
            using var again = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return again.StatusCode;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task New_sheets_of_a_theme_have_a_feed(string extension, string mediaType)
    {
        Assert.NotEmpty(mediaType);
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Livrer la nuit", Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Former", Themes = [KnownThemes.Skills] });
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Urban] });
        Assert.Equal(["Livrer la nuit"], await TitlesAsync($"/ressources.{extension}?theme=logistique-urbaine"));
    }

    [Fact]
    public async Task A_page_names_the_feeds_of_its_filter()
    {
        var (_, page) = await hub.GetAsync("/en/agenda?cluster=bsc&q=ville%20durable");
        foreach (var (extension, mediaType) in ((string, string)[])
            [("ics", "text/calendar"), ("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json")])
        {
            Assert.Contains($"<link rel=\"alternate\" type=\"{mediaType}\" href=\"/en/agenda.{extension}?cluster=bsc&q=ville%20durable\"",
                page, StringComparison.Ordinal);
        }

        Assert.Contains("href=\"/ressources.rss?theme=logistique-urbaine\"",
            (await hub.GetAsync("/ressources?theme=logistique-urbaine")).Body, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> TitlesAsync(string path)
    {
        var body = await hub.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
        if (body.StartsWith('{'))
        {
            using var json = JsonDocument.Parse(body);
            return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!)];
        }

        var xml = XDocument.Parse(body);
        return [.. xml.Descendants("item").Select(item => item.Element("title")!.Value), .. xml.Descendants(Atom + "entry")
            .Select(entry => entry.Element(Atom + "title")!.Value)];
    }

    private async Task<XDocument> XmlAsync(string path) =>
        XDocument.Parse(await hub.Http.GetStringAsync(path, TestContext.Current.CancellationToken));

    private async Task<JsonDocument> JsonAsync(string path) =>
        JsonDocument.Parse(await hub.Http.GetStringAsync(path, TestContext.Current.CancellationToken));

    private async Task<string> UpdatedAsync() => (await XmlAsync("/agenda.atom")).Root!.Element(Atom + "updated")!.Value;
}
