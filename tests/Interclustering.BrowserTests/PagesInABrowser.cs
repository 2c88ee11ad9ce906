using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;

namespace Interclustering.BrowserTests;

/// <summary>What people see and do, on a phone and on a desktop, in both languages and both colour schemes.</summary>
public sealed class PagesInABrowser(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private static readonly string[] Everywhere =
    [
        "/agenda", "/agenda/2026-12", "/agenda/2026-W49", "/agenda/carte", "/agenda?past=1", "/agenda?region=53&theme=foncier-logistique",
            "/agenda?q=nothing", "/agenda?from=2027-03-31&to=2027-03-01", "/qui-sommes-nous",
        "/abonnement", "/abonnement?theme=logistique-urbaine", "/integrer", "/integrer?layout=month&theme=logistique-urbaine",
            "/embed/agenda", "/embed/agenda?layout=month", "/api", "/api/reference",
            "/recherche", "/recherche?q=entrepot", "/recherche?q=webinaires+%C3%A0+venir",
            "/ressources", "/ressources?kind=replay", "/clusters",
            "/clusters/bsc", "/themes", "/themes/logistique-urbaine",
        "/mentions-legales", "/donnees-personnelles", "/accessibilite", "/contact", "/etat", "/etat/connexion", "/espace/bsc/connexion",
    ];

    [Theory]
    [InlineData(360, ColorScheme.Light, "")]
    [InlineData(1440, ColorScheme.Dark, "")]
    [InlineData(360, ColorScheme.Dark, "/en")]
    public async Task Every_page_fits_the_screen_and_breaks_no_accessibility_rule(int width, ColorScheme scheme, string language)
    {
        var page = await chromium.OpenAsync(width, scheme);
        var found = new List<string>();
        foreach (var path in (string[])[
            .. Everywhere, await FirstAsync("event"), await FirstAsync("webinar"), await FirstAsync("best-practice")])
        {
            await page.GotoAsync(new Uri(server.Http.BaseAddress!, language + path).ToString());
            found.AddRange(await ProblemsAsync(page, language + path, width));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task Staff_publish_without_script_and_see_it_nationally()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 360, script: false);
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/evenements/nouveau");
        await page.ClickAsync("button[value=publish]");
        Assert.True(await page.Locator("[aria-invalid=true]").CountAsync() > 0, "an empty form is refused next to its fields");

        const string Title = "Essai du navigateur <script>alert(1)</script>";
        await page.FillAsync("#title", Title);
        await page.FillAsync("#date-0", "2027-02-04");
        await page.FillAsync("#start-0", "09:00");
        await page.FillAsync("#end-0", "12:00");
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync("**/publications/lsn-*");
        await Until.TrueAsync(
            async () =>
            {
                await page.ReloadAsync();
                return await page.GetByText("Visible sur le site national").CountAsync() > 0;
            },
            () => Task.FromResult("the receipt says that it is visible"));

        await page.GetByText("Visible sur le site national").ClickAsync();
        Assert.Equal(Title, await page.Locator("h1").TextContentAsync());
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task The_workspace_fits_the_screen_and_breaks_no_accessibility_rule(int width, ColorScheme scheme)
    {
        var page = await StaffDoor.EnterAsync(chromium, server, width, scheme);
        var found = await ProblemsAsync(page, "list", width);
        foreach (var kind in (string[])["evenements/nouveau", "webinaires/nouveau", "fiches/nouvelle"])
        {
            await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/" + kind);
            found.AddRange(await ProblemsAsync(page, kind, width));
            await page.ClickAsync("button[value=publish]");
            found.AddRange(await ProblemsAsync(page, $"errors in {kind}", width));
        }

        foreach (
            var place in (string[])["publications", "options?date=2026-12-10", "calendrier", "national", "national/personnes", "sources",
            "personnes", "equipe", "jetons", "journal-des-actions", "compte", "compte/second-facteur", "confirmer", "aide", "reprise",
            "bilan", "bilan?periode=2026", "doublons", "mes-mails", "mails-non-partis",
            "lettre"])
        {
            await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/" + place);
            found.AddRange(await ProblemsAsync(page, place, width));
        }

        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/publications");
        await page.Locator("main a[href*='/publications/lsn-']").First.ClickAsync();
        found.AddRange(await ProblemsAsync(page, "publication", width));
        Assert.Empty(found);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first_then_every_way_in()
    {
        var page = await chromium.OpenAsync(1440);
        await page.GotoAsync(server.Http.BaseAddress + "agenda");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#contenu", await FocusedAsync(page, "getAttribute('href')"));
        var reached = new HashSet<string>();
        for (var press = 0; press < 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await FocusedAsync(page, "outerHTML"));
        }

        Assert.Contains(reached, html => html.Contains("name=\"q\"", StringComparison.Ordinal));
        Assert.Contains(reached, html => html.Contains("data-cluster=\"bsc\"", StringComparison.Ordinal)
            && html.Contains("aria-label=\"Bretagne", StringComparison.Ordinal));
        Assert.Contains(reached, html => html.Contains("class=\"chip\"", StringComparison.Ordinal));
        Assert.Contains(reached, html => html.Contains("/evenements/", StringComparison.Ordinal));
    }

    private static Task<string> FocusedAsync(IPage page, string what) => page.EvaluateAsync<string>($"document.activeElement.{what}");

    /// <summary>What keeps a page from fitting the screen, and the rules of accessibility that it breaks.</summary>
    internal static async Task<List<string>> ProblemsAsync(IPage page, string name, int width)
    {
        // A click that sends a form returns when the answer has begun, before its style sheets are there.
        await page.WaitForLoadStateAsync(LoadState.Load);
        var found = new List<string>();
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
        {
            var reaching = await page.EvaluateAsync<string>("""
                width => [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width)
                    .map(element => element.cloneNode(false).outerHTML.slice(0, 200)).join(' | ')
                """, width);
            found.Add($"{name}: {wide} px wide on a screen of {width}: {reaching}");
        }

        // Scalar's reference below our text on /api/reference is its own.
        var axe = await page.RunAxe(
            new AxeRunContext { Exclude = [new AxeSelector("#reference")] }, new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        found.AddRange(axe.Violations.Select(violation =>
            $"{name}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        return found;
    }

    private async Task<string> FirstAsync(string kind)
    {
        using var list = JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/publications?limit=1&kind={kind}"));
        return new Uri(list.RootElement.GetProperty("items")[0].GetProperty("url").GetString()!).AbsolutePath;
    }
}
