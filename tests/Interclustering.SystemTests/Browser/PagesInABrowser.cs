using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Interclustering.SystemTests.Servers;
using Interclustering.Tests.Federation;
using Microsoft.Playwright;

namespace Interclustering.SystemTests.Browser;

/// <summary>What people see and do, on a phone and on a desktop, in both languages and both colour schemes.</summary>
public sealed partial class PagesInABrowser(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private static readonly string[] Everywhere = ["/agenda", "/en/agenda", "/agenda/2026-12", "/ressources", "/clusters", "/clusters/bsc", "/etat", "/agenda?q=nothing", "/espace/bsc/connexion"];

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Every_page_fits_the_screen_and_breaks_no_accessibility_rule(int width, ColorScheme scheme)
    {
        var page = await chromium.OpenAsync(width, scheme);
        var found = new List<string>();
        foreach (var path in (string[])[.. Everywhere, await FirstAsync("event"), await FirstAsync("webinar"), await FirstAsync("best-practice")])
        {
            await page.GotoAsync(server.Http.BaseAddress + path.TrimStart('/'));
            found.AddRange(await ProblemsAsync(page, path, width));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task Staff_publish_without_script_and_see_it_nationally()
    {
        var page = await SignInAsync(360, script: false);
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
        var page = await SignInAsync(width, scheme);
        var found = await ProblemsAsync(page, "list", width);
        foreach (var kind in (string[])["evenements/nouveau", "webinaires/nouveau", "fiches/nouvelle"])
        {
            await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/" + kind);
            found.AddRange(await ProblemsAsync(page, kind, width));
            await page.ClickAsync("button[value=publish]");
            found.AddRange(await ProblemsAsync(page, $"errors in {kind}", width));
        }

        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn");
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
        Assert.Contains(reached, html => html.Contains("data-cluster=\"bsc\"", StringComparison.Ordinal) && html.Contains("aria-label=\"Bretagne", StringComparison.Ordinal));
        Assert.Contains(reached, html => html.Contains("class=\"chip\"", StringComparison.Ordinal));
        Assert.Contains(reached, html => html.Contains("/evenements/", StringComparison.Ordinal));
    }

    private static Task<string> FocusedAsync(IPage page, string what) => page.EvaluateAsync<string>($"document.activeElement.{what}");

    private static async Task<List<string>> ProblemsAsync(IPage page, string name, int width)
    {
        var found = new List<string>();
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
        {
            found.Add($"{name}: {wide} px wide on a screen of {width}");
        }

        var axe = await page.RunAxe();
        found.AddRange(axe.Violations.Select(violation => $"{name}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        return found;
    }

    private async Task<IPage> SignInAsync(int width, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var password = Password().Match(await LogAsync()).Groups[1].Value;
        var page = await chromium.OpenAsync(width, scheme, script);
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn");
        await page.FillAsync("#email", "equipe@lsn.example");
        await page.FillAsync("#password", password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/espace/lsn");
        return page;
    }

    private async Task<string> FirstAsync(string kind)
    {
        using var list = JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/publications?limit=1&kind={kind}"));
        return new Uri(list.RootElement.GetProperty("items")[0].GetProperty("url").GetString()!).AbsolutePath;
    }

    private async Task<string> LogAsync()
    {
        await using var file = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"Password\s+(\S+)")]
    private static partial Regex Password();
}
