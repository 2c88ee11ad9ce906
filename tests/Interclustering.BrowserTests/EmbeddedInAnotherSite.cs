using Interclustering.Testing.Servers;
using Microsoft.Playwright;

namespace Interclustering.BrowserTests;

/// <summary>The agenda in a page of another site: the snippets as « Intégrer » gives them, on a foreign origin.</summary>
public sealed class EmbeddedInAnotherSite(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData(360, "list")]
    [InlineData(1440, "list")]
    [InlineData(360, "month")]
    [InlineData(1440, "next")]
    public async Task The_component_shows_the_agenda_in_the_pages_own_font_and_sets_no_cookie(int width, string layout)
    {
        await using var site = new ForeignSite(await SnippetAsync("component", layout));
        var page = await chromium.OpenAsync(width);
        await page.GotoAsync(site.Address);
        var agenda = page.Locator("interclustering-agenda");
        await Assertions.Expect(agenda.Locator("section")).ToBeVisibleAsync();
        await Assertions.Expect(agenda.Locator(".more a"))
            .ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/agenda$"));
        if (layout != "month")
        {
            Assert.True(await agenda.Locator("li .title a").CountAsync() > 0);
        }
        else
        {
            var before = await agenda.Locator(".bar span").TextContentAsync();
            await agenda.Locator("button.after").ClickAsync();
            await Assertions.Expect(agenda.Locator(".bar span")).Not.ToHaveTextAsync(before!);
            await Assertions.Expect(agenda.Locator("button.after")).ToBeFocusedAsync();
        }

        Assert.Equal("serif", await agenda.Locator("section").EvaluateAsync<string>("element => getComputedStyle(element).fontFamily"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task The_frame_shows_the_agenda_on_a_foreign_origin()
    {
        await using var site = new ForeignSite(await SnippetAsync("frame", "list"));
        var page = await chromium.OpenAsync(360);
        await page.GotoAsync(site.Address);
        await Assertions.Expect(page.FrameLocator("iframe").Locator("li h2 a").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_the_national_site_is_away_the_component_says_so_and_leaves_a_link()
    {
        await using var site = new ForeignSite(await SnippetAsync("component", "list"));
        var page = await chromium.OpenAsync(360);
        await page.RouteAsync("**/embed/agenda.json**", route => route.AbortAsync());
        await page.GotoAsync(site.Address);
        await Assertions.Expect(page.Locator("interclustering-agenda [part=error]")).ToContainTextAsync("ne peut pas être affiché");

        await page.RouteAsync("**/embed/interclustering.js", route => route.AbortAsync());
        await page.GotoAsync(site.Address);
        await Assertions.Expect(page.Locator("interclustering-agenda > a")).ToBeVisibleAsync();
    }

    private async Task<string> SnippetAsync(string field, string layout)
    {
        var page = await chromium.OpenAsync(1440, script: false);
        await page.GotoAsync($"{server.Http.BaseAddress}integrer?layout={layout}");
        return await page.Locator("#" + field).InputValueAsync();
    }
}
