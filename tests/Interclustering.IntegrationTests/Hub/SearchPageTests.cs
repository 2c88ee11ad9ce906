using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed class SearchPageTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_page_marks_what_was_looked_for_and_says_what_it_read_instead()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Visite d’un entrepôt <b>automatisé</b>"));
        var page = await UntilFoundAsync("/recherche?q=entrepots", "<mark>");
        Assert.Contains("Visite d’un <mark>entrepôt</mark> &lt;b&gt;automatisé", page, StringComparison.Ordinal);
        Assert.Contains("« enterpot » n’est nulle part : nous avons cherché « entrepôt ».",
            Plain((await hub.GetAsync("/recherche?q=enterpot")).Body), StringComparison.Ordinal);
        Assert.Contains("Rien n’a été trouvé", (await hub.GetAsync("/recherche?q=xyzxyz")).Body, StringComparison.Ordinal);
        Assert.Contains("Ajoutez un sujet", (await hub.GetAsync("/recherche?q=de+la")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync("/recherche")).Status);
    }

    [Fact]
    public async Task What_was_withdrawn_is_found_no_more_and_a_kept_answer_does_not_outlive_it()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "La grande traversée"));
        await UntilFoundAsync("/recherche?q=traversee", "1 résultat.");
        await hub.ShowAsync(null, id, revision: 2);
        Assert.Contains("0 résultat.", Plain((await hub.GetAsync("/recherche?q=traversee")).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_has_pages_and_the_filters_have_numbers()
    {
        for (var number = 0; number < 23; number++)
        {
            await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: $"Rencontre {number}") with
            {
                Themes = number < 3 ? [KnownThemes.Urban] : []
            });
        }

        var first = await UntilFoundAsync("/recherche?q=rencontres", "23 résultats");
        Assert.Contains("page=2", first, StringComparison.Ordinal);
        Assert.Equal(3, (await hub.GetAsync("/recherche?q=rencontres&page=2")).Body.Split("<h2>").Length - 1);
        Assert.Contains("3 résultats", Plain((await hub.GetAsync($"/recherche?q=rencontres&theme={KnownThemes.Urban}")).Body),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_the_same_with_an_extract()
    {
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Une fiche", Text = "Où l’on parle de **palettiseurs** en détail." });
        await UntilFoundAsync("/recherche?q=palettiseur", "<mark>");
        var answer = JsonSerializer.Deserialize<JsonElement>((await hub.GetAsync("/api/v1/search?q=palettiseur")).Body);
        Assert.Equal((1, 0), (answer.GetProperty("total").GetInt32(), answer.GetProperty("behind").GetInt32()));
        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal("Une fiche", item.GetProperty("publication").GetProperty("publication").GetProperty("title").GetString());
        Assert.Contains("palettiseurs", item.GetProperty("extract").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.GetAsync("/api/v1/search")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.GetAsync("/api/v1/search?q=x&theme=nothing")).Status);
    }

    /// <summary>What the site has a page for is answered by it, above what was found.</summary>
    [Theory]
    [InlineData("", "Bretagne Supply Chain", "Bretagne Supply Chain", "/clusters/bsc")]
    [InlineData("", "bsc", "Bretagne Supply Chain", "/clusters/bsc")]
    [InlineData("", "logistique urbaine", "Logistique urbaine", "/themes/logistique-urbaine")]
    [InlineData("", "webinaires à venir", "Webinaire", "/agenda?format=webinar")]
    [InlineData("", "à venir", "À venir", "/agenda")]
    [InlineData("", "Rennes", "Bretagne", "/agenda?region=53")]
    [InlineData("", "formations en Normandie", "Normandie · Formation", "/agenda?region=28&format=training")]
    [InlineData("", "replays", "Replay", "/ressources?kind=replay")]
    [InlineData("", "fiches pratiques logistique urbaine", "Logistique urbaine · Fiche pratique",
        "/ressources?theme=logistique-urbaine&kind=best-practice")]
    [InlineData("/en", "upcoming webinars", "Webinar", "/en/agenda?format=webinar")]
    [InlineData("/en", "urban logistics", "Urban logistics", "/en/themes/logistique-urbaine")]
    public async Task A_query_that_names_what_the_site_knows_is_answered_as_such(string language, string typed, string title, string path)
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Une date en ville") with { Themes = [KnownThemes.Urban] });
        var page = await SitePage.OpenAsync(hub, $"{language}/recherche?q={Uri.EscapeDataString(typed)}");
        var answer = page.Document.QuerySelector(".answer a")!;
        Assert.Equal((title, path), (answer.TextContent, answer.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("logistique urbaine à pied")]
    [InlineData("quai")]
    public async Task Another_query_is_not(string typed) => Assert.Null(
        (await SitePage.OpenAsync(hub, $"/recherche?q={Uri.EscapeDataString(typed)}")).Document.QuerySelector(".answer"));

    private async Task<string> UntilFoundAsync(string path, string text)
    {
        var body = "";
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await hub.Http.GetAsync(path, TestContext.Current.CancellationToken);
                body = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                    .Replace("&#xE9;", "é", StringComparison.Ordinal)
                    .Replace("&#x2019;", "’", StringComparison.Ordinal).Replace("&#xF4;", "ô", StringComparison.Ordinal);
                return Plain(body).Contains(text, StringComparison.Ordinal);
            },
            () => Task.FromResult($"{path} says {text}"));
        return body;
    }

    private static string Plain(string text) =>
        text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal);
}
