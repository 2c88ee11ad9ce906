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

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task The_frame_has_the_height_of_its_content_and_without_script_keeps_its_own(int width)
    {
        await using var site = new ForeignSite(await SnippetAsync("frame", "list"));
        var page = await chromium.OpenAsync(width);
        await page.GotoAsync(site.Address);
        var frame = page.Locator("iframe");
        await Assertions.Expect(frame).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"^height: \d+px;$"));
        var content = await page.FrameLocator("iframe").Locator("html").EvaluateAsync<double>(
            "element => element.getBoundingClientRect().height");
        Assert.Equal((int)Math.Ceiling(content), await frame.EvaluateAsync<int>("element => element.clientHeight"));

        var without = await chromium.OpenAsync(width, script: false);
        await without.GotoAsync(site.Address);
        Assert.Equal(await frame.GetAttributeAsync("height"),
            await without.Locator("iframe").EvaluateAsync<string>("element => `${element.clientHeight}`"));
    }

    [Fact]
    public async Task A_height_is_taken_from_a_frame_of_this_site_only()
    {
        var snippet = await SnippetAsync("frame", "list");
        await using var other = new ForeignSite("<script>parent.postMessage({ interclusteringHeight: 3 }, '*'); "
            + "parent.postMessage({ interclusteringHeight: '9px' }, '*')</script>");
        await using var site = new ForeignSite($"{snippet}<iframe id=\"other\" src=\"{other.Address}\" height=\"99\"></iframe>");
        var page = await chromium.OpenAsync(1440);
        await page.GotoAsync(site.Address);
        var style = new System.Text.RegularExpressions.Regex("height");
        await Assertions.Expect(page.Locator("iframe").First).ToHaveAttributeAsync("style", style);
        await Assertions.Expect(page.Locator("#other")).Not.ToHaveAttributeAsync("style", style);
    }

    [Fact]
    public async Task A_card_in_the_frame_that_WordPress_makes_tells_its_height_and_leads_to_its_page()
    {
        var list = await chromium.OpenAsync(1440, script: false);
        await list.GotoAsync($"{server.Http.BaseAddress}embed/agenda");
        var address = new Uri(await list.Locator("li h2 a").First.GetAttributeAsync("href") ?? "");
        var card = $"{address.GetLeftPart(UriPartial.Authority)}/embed/publication/{address.Segments[2].TrimEnd('/')}";
        await using var site = new ForeignSite(
            "<script>window.told = []; addEventListener('message', (event) => told.push(event.data));</script>"
            + $"<iframe sandbox=\"allow-scripts\" src=\"{card}#?secret=abc123\" width=\"600\" height=\"220\"></iframe>");
        var page = await chromium.OpenAsync(1440);
        await page.GotoAsync(site.Address);
        await page.WaitForFunctionAsync("told.some((each) => each.message === 'height' && each.value > 50 && each.secret === 'abc123')");
        await page.FrameLocator("iframe").Locator("h1 a").ClickAsync();
        await page.WaitForFunctionAsync("address => told.some((each) => each.message === 'link' && each.value === address)",
            address.ToString());
    }

    [Theory]
    [InlineData("dark", "rgb(16, 22, 28)")]
    [InlineData("light", "rgb(255, 255, 255)")]
    public async Task The_component_and_the_frame_have_the_colours_that_were_chosen(string theme, string ground)
    {
        await using var site = new ForeignSite(await SnippetAsync("component", "list&theme=" + theme)
            + await SnippetAsync("frame", "list&theme=" + theme));
        var page = await chromium.OpenAsync(360);
        await page.GotoAsync(site.Address);
        await Assertions.Expect(page.Locator("interclustering-agenda section")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("interclustering-agenda")).ToHaveCSSAsync("background-color", ground);
        await Assertions.Expect(page.FrameLocator("iframe").Locator("body")).ToHaveCSSAsync("background-color", ground);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
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
