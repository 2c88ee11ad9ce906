using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>« Mes thèmes »: kept in the browser by the member's own doing, and nowhere else.</summary>
public sealed class MyThemesInABrowser(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private string Home => server.Http.BaseAddress!.ToString();

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task A_choice_is_kept_followed_and_forgotten_and_no_request_holds_it_before(int width)
    {
        var page = await chromium.OpenAsync(width);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url + request.PostData + string.Concat(request.Headers.Values));
        await page.GotoAsync(Home);
        await Expect(page.Locator("[data-mine-link]")).ToBeHiddenAsync();
        await page.ClickAsync("[data-mine] summary");
        await page.CheckAsync("[data-mine] input[value=logistique-urbaine]");
        await page.CheckAsync("[data-mine] input[value='53']");
        await page.ClickAsync("[data-mine] form button");
        await Expect(page.Locator("[data-mine-link]")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("[data-mine-link]")).ToHaveTextAsync("Logistique urbaine · Bretagne");
        // What was kept stands beside a line that is there already.
        Assert.Equal(0, await page.EvaluateAsync<double>(
            """
            new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
                    .observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => done(sum), 300);
            })
            """));
        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, request => request.Contains("logistique-urbaine", StringComparison.Ordinal));

        await page.ClickAsync("[data-mine-link]");
        Assert.Equal(Home + "agenda?theme=logistique-urbaine&region=53", page.Url);
        await page.GotoAsync(Home);
        await page.ClickAsync("[data-mine] summary");
        await page.ClickAsync("[data-mine-forget]");
        await Expect(page.Locator("[data-mine-says]")).ToHaveTextAsync("Choix oublié.");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-mine]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-mine-link]")).ToBeHiddenAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
    }

    /// <summary>Another script of this site, or an older version of this one, may have written anything there.</summary>
    [Theory]
    [InlineData("theme=%22%3E%3Cscript%3E&region=zz")]
    [InlineData("{\"theme\":[1]}")]
    public async Task What_is_no_choice_of_the_page_is_left_aside(string kept)
    {
        var page = await chromium.OpenAsync(360);
        await page.GotoAsync(Home);
        await page.EvaluateAsync("kept => localStorage.setItem('my-themes', kept)", kept);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-mine]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-mine-link]")).ToBeHiddenAsync();
        await page.EvaluateAsync("localStorage.clear()");
    }

    [Fact]
    public async Task Without_a_script_nothing_is_offered_that_could_not_be_kept()
    {
        var page = await chromium.OpenAsync(360, script: false);
        await page.GotoAsync(Home);
        await Expect(page.Locator("[data-mine]")).ToBeHiddenAsync();
    }
}
