using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>
/// What a member does: find, filter, open, subscribe, search; with and without script, by pointer and by keyboard, small and enlarged.
/// </summary>
public sealed class Journeys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private static readonly string[] Enlarged =
        ["/agenda", "/agenda/carte", "/agenda/2026-12", "/abonnement", "/integrer", "/clusters/bsc", "/ressources", "/themes"];

    [Theory]
    [InlineData(360, true)]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    [InlineData(1440, false)]
    public async Task A_member_finds_filters_opens_subscribes_and_searches(int width, bool script)
    {
        var page = await OpenAsync("", width, script);
        if (await page.Locator("select[name=region]").IsVisibleAsync())
        {
            await page.SelectOptionAsync("select[name=region]", "53");
            await page.ClickAsync(".quick button");
        }
        else
        {
            await page.ClickAsync("details.all-filters > summary");
            await page.CheckAsync("details.all-filters input[name=region][value='53']");
            await page.ClickAsync("details.all-filters button");
        }

        Assert.Contains("region=53", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".chosen a")).ToContainTextAsync("Bretagne");

        await page.ClickAsync("details.all-filters > summary");
        await page.CheckAsync("details.all-filters input[name=cluster][value=bsc]");
        await page.ClickAsync("details.all-filters button");
        Assert.Contains("cluster=bsc", page.Url, StringComparison.Ordinal);

        var item = page.Locator("article.item a[href*='/evenements/']").First;
        var title = (await item.TextContentAsync())!.Trim();
        await item.ClickAsync();
        Assert.Equal(title, (await page.Locator("h1").TextContentAsync())!.Trim());
        await Expect(page.Locator("a[href$='.ics']").First).ToBeVisibleAsync();

        await page.GoBackAsync();
        await page.Locator("a[href*='/abonnement?']:visible").First.ClickAsync();
        Assert.Contains("cluster=bsc", page.Url, StringComparison.Ordinal);
        var calendar = await page.Locator("a[href^='webcal:']").First.GetAttributeAsync("href");
        Assert.Contains("region=53", calendar, StringComparison.Ordinal);
        using var feed = await server.Http.GetAsync(
            new Uri(calendar!.Replace("webcal:", "http:", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Assert.Equal("text/calendar", feed.Content.Headers.ContentType?.MediaType);

        await page.FillAsync("header input[name=q]", title);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText(title).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task The_same_by_keyboard_alone(int width)
    {
        var page = await OpenAsync("agenda", width);
        await TabToAsync(page, "element.matches('details.all-filters > summary')");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "element.matches('input[name=theme]')");
        await page.Keyboard.PressAsync("Space");
        await EnterAsync(page, "**/agenda?*theme=*");

        await TabToAsync(page, "element.matches('article.item a')");
        await EnterAsync(page, "**/evenements/**");
        await page.GoBackAsync();
        await TabToAsync(page, "element.matches(\"a[href*='/abonnement?']\")");
        await EnterAsync(page, "**/abonnement?*theme=*");
        await TabToAsync(page, "element.matches('input[name=q]')");
        await page.Keyboard.TypeAsync("logistique");
        await EnterAsync(page, "**/*q=logistique*");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(640)]
    public async Task Text_at_200_percent_stays_in_the_page(int width)
    {
        var found = new List<string>();
        foreach (var path in Enlarged)
        {
            var page = await OpenAsync(path.TrimStart('/'), width);
            await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
            {
                found.Add($"{path}: {wide} px wide on a screen of {width}");
            }

            await page.Context.CloseAsync();
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task Who_wants_less_motion_gets_none()
    {
        var page = await OpenAsync("agenda", 1440);
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('*')].map(element => getComputedStyle(element)).filter(style => "
                + "style.transitionDuration.split(', ').some(time => time !== '0s') || style.animationName !== 'none').length"));
    }

    [Theory]
    [InlineData("", 360)]
    [InlineData("", 1440)]
    [InlineData("agenda/carte", 360)]
    [InlineData("clusters/bsc", 360)]
    public async Task Nothing_moves_while_a_page_loads_on_a_slow_machine(string path, int width)
    {
        var page = await chromium.OpenAsync(width);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        // Twenty times slower: the page is painted before all of it is read.
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 20 });
        await page.GotoAsync(server.Http.BaseAddress + path);
        var moved = await page.EvaluateAsync<double>(
            """
            new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
                    .observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => done(sum), 500);
            })
            """);
        // A line of text that is half read may still wrap; web.dev calls up to 0.1 good.
        Assert.InRange(moved, 0, 0.01);
    }

    private async Task<IPage> OpenAsync(string path, int width, bool script = true)
    {
        var page = await chromium.OpenAsync(width, script: script);
        await page.GotoAsync(server.Http.BaseAddress + path);
        return page;
    }

    /// <summary>
    /// Presses Enter until it leads there: the first press may only close the list of suggestions, or come before the page's first frame.
    /// </summary>
    private static async Task EnterAsync(IPage page, string address)
    {
        for (var press = 0; press < 3; press++)
        {
            await page.Keyboard.PressAsync("Enter");
            try
            {
                await page.WaitForURLAsync(address, new() { Timeout = 20_000 });
                return;
            }
            catch (TimeoutException)
            {
                TestContext.Current.SendDiagnosticMessage($"Enter at {page.Url} did not lead to {address}");
            }
        }

        Assert.Fail($"Enter on {await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)")} at {page.Url} does "
            + $"not lead to {address}.");
    }

    /// <summary>Presses Tab until the focus is where it is wanted.</summary>
    private static async Task TabToAsync(IPage page, string condition)
    {
        for (var press = 0; press < 200; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"(element => {condition})(document.activeElement)"))
            {
                return;
            }
        }

        Assert.Fail($"The keyboard never reaches what is asked for at {page.Url}: {condition}");
    }
}
