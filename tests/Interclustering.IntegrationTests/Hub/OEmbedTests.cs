using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>oEmbed 1.0: what becomes of an address of the national site that is pasted elsewhere.</summary>
public sealed partial class OEmbedTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task An_event_and_a_sheet_become_cards_of_their_own_language()
    {
        var happening = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Livrer \"la nuit\" <b>"));
        var sheet = await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires de livraison", Themes = [KnownThemes.Urban] });
        var answer = await AskAsync($"http://localhost/evenements/{happening}/livrer");
        Assert.Equal(("1.0", "rich", "Livrer \"la nuit\" <b>"), (Text(answer, "version"), Text(answer, "type"), Text(answer, "title")));
        Assert.Equal(("Interclustering", "http://localhost/"), (Text(answer, "provider_name"), Text(answer, "provider_url")));
        Assert.Equal(("Bretagne Supply Chain", "http://localhost/clusters/bsc"), (Text(answer, "author_name"), Text(answer, "author_url")));
        Assert.True(answer.GetProperty("cache_age").GetInt32() > 0);
        Assert.Equal(
            $"<iframe src=\"http://localhost/embed/publication/{happening}\" title=\"Livrer &quot;la nuit&quot; &lt;b&gt;\" width=\"640\" "
                + "height=\"220\" frameborder=\"0\" loading=\"lazy\"></iframe>", Text(answer, "html"));
        Assert.False(answer.TryGetProperty("thumbnail_url", out _));
        foreach (var (address, frame) in new[]
        {
            ($"http://localhost/en/evenements/{happening}/old-name", $"/en/embed/publication/{happening}\""),
            ($"https://localhost/evenements/{happening}?theme=dark#programme", $"/embed/publication/{happening}?theme=dark\""),
            ($"http://localhost/ressources/{sheet}/aires", $"/embed/publication/{sheet}\""),
        })
        {
            Assert.Contains($"<iframe src=\"http://localhost{frame}", Text(await AskAsync(address), "html"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/", "/embed/agenda?layout=list&amp;limit=5")]
    [InlineData("/agenda?theme=logistique-urbaine&theme=dark&q=caf%C3%A9",
        "/embed/agenda?theme=logistique-urbaine&amp;q=caf%C3%A9&amp;layout=list&amp;limit=5&amp;theme=dark")]
    [InlineData("/agenda/carte?cluster=bsc&limit=3", "/embed/agenda?cluster=bsc&amp;layout=list&amp;limit=3")]
    [InlineData("/en/agenda/2027-02?cluster=bsc&from=2026-01-01", "/en/embed/agenda?cluster=bsc&amp;layout=month&amp;month=2027-02")]
    [InlineData("/agenda/mois?cluster=bsc", "/embed/agenda?cluster=bsc&amp;layout=month")]
    [InlineData("/agenda/2026-W50?cluster=bsc",
        "/embed/agenda?cluster=bsc&amp;from=2026-12-07&amp;to=2026-12-13&amp;layout=list&amp;limit=50")]
    [InlineData("/ressources?theme=logistique-urbaine", "/embed/agenda?theme=logistique-urbaine&amp;layout=sheets&amp;limit=5")]
    public async Task A_filtered_agenda_becomes_a_frame_of_the_same_filter_and_layout(string address, string frame)
    {
        var html = Text(await AskAsync("http://localhost" + address), "html");
        Assert.Contains($"<iframe src=\"http://localhost{frame}\" title=\"", html, StringComparison.Ordinal);
        var path = WebUtility.HtmlDecode(frame);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_title_is_in_the_language_of_what_was_pasted()
    {
        Assert.Equal("Agenda de l’interclustering logistique — Bretagne Supply Chain",
            Text(await AskAsync("http://localhost/agenda?cluster=bsc"), "title"));
        Assert.StartsWith("Agenda of ", Text(await AskAsync("http://localhost/en/agenda?cluster=bsc"), "title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&maxwidth=300&maxheight=150", 300, 150)]
    [InlineData("&maxwidth=5000&maxheight=5000", 640, 770)]
    [InlineData("&maxwidth=wide&maxheight=-3", 640, 770)]
    public async Task It_takes_no_more_room_than_is_given(string bounds, int width, int height)
    {
        var answer = await AskAsync("http://localhost/agenda", bounds);
        Assert.Equal((width, height), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32()));
        Assert.Contains($" width=\"{width}\" height=\"{height}\"", Text(answer, "html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_ours_not_there_or_withdrawn_is_not_found()
    {
        var gone = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        await hub.ShowAsync(null, gone, revision: 2);
        var sheet = await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires", Themes = [KnownThemes.Urban] });
        var staff = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Visibility = Visibility.Staff });
        foreach (var address in (string[])["", "agenda", "/agenda", "https://evil.example/agenda", "http://localhost:81/agenda",
            "javascript:alert(1)", "http://localhost/espace", "http://localhost/integrer", "http://localhost/agenda?past=1",
            "http://localhost/agenda/2026-13", "http://localhost/agenda/2026-W60", "http://localhost/evenements/nothing/x",
            $"http://localhost/evenements/{sheet}/aires", $"http://localhost/evenements/{gone}/x",
            $"http://localhost/evenements/{staff}/x"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync(Endpoint(address))).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/oembed")).Status);
        Assert.Equal(HttpStatusCode.NotImplemented, (await hub.GetAsync(Endpoint("http://localhost/agenda", "&format=xml"))).Status);
    }

    [Theory]
    [InlineData("/", "Agenda")]
    [InlineData("/agenda?cluster=bsc&theme=logistique-urbaine", "Bretagne Supply Chain · Logistique urbaine")]
    [InlineData("/en/agenda/2026-12", "December 2026")]
    [InlineData("/ressources", "Ressources")]
    [InlineData("/evenements/{event}/petit-dejeuner", "Petit déjeuner")]
    [InlineData("/ressources/{sheet}/aires", "Aires")]
    public async Task A_page_names_the_endpoint_in_its_head_as_WordPress_looks_for_it(string page, string title)
    {
        var happening = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var sheet = await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires", Themes = [KnownThemes.Urban] });
        page = page.Replace("{event}", happening, StringComparison.Ordinal).Replace("{sheet}", sheet, StringComparison.Ordinal);
        var raw = await hub.Http.GetStringAsync(page, TestContext.Current.CancellationToken);
        // As letters: WordPress reads no entities in the type, and those of ampersands and quotes only in the address.
        var link = Assert.Single(Link().Matches(raw[..raw.IndexOf("</head>", StringComparison.Ordinal)])).Groups;
        Assert.Equal(title, WebUtility.HtmlDecode(link["title"].Value));
        var endpoint = link["href"].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.StartsWith("http://localhost/oembed?format=json&", endpoint, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(await hub.Http.GetStringAsync(endpoint, TestContext.Current.CancellationToken));
        // WordPress shows the link until the frame has told its height.
        Assert.Matches("^<blockquote><a href=\"http://localhost/[^\"]*\">[^<]*</a></blockquote><iframe [^>]*></iframe>$",
            Text(answer.RootElement, "html"));
    }

    [Fact]
    public async Task A_page_that_can_not_stand_elsewhere_names_no_endpoint()
    {
        foreach (var page in (string[])["/agenda?past=1", "/clusters", "/integrer", "/recherche?q=x", "/evenements/nothing/x"])
        {
            Assert.DoesNotContain("oembed", (await hub.GetAsync(page)).Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Endpoint(string address, string more = "") => $"/oembed?url={Uri.EscapeDataString(address)}{more}";

    private async Task<JsonElement> AskAsync(string address, string more = "")
    {
        using var answer = await hub.Http.GetAsync(Endpoint(address, more), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    [GeneratedRegex("""<link rel="alternate" type="application/json\+oembed" href="(?<href>[^"<>]+)" title="(?<title>[^"<>]+)">""")]
    private static partial Regex Link();
}
