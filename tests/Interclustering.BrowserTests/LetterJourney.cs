using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>From the choice of a period to the HTML on the clipboard.</summary>
public sealed class LetterJourney(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    public async Task A_letter_is_filtered_ordered_written_copied_and_remembered(int width, bool script)
    {
        var cluster = script ? "bsc" : "pasca";
        var page = await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: cluster);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.ClickAsync($"nav.side a[href='/espace/{cluster}/lettre']");
        await page.ClickAsync("a.button:has-text('30 prochains jours')");

        await page.ClickAsync("summary:has-text('Période et filtre')");
        await page.CheckAsync("input[name=kind][value=event]");
        await page.FillAsync("#introduction", "Bonjour **à tous**");
        await page.ClickAsync("details button[value=list]");
        await page.WaitForURLAsync("**kind=event**");
        await Expect(page.Locator("#introduction")).ToHaveValueAsync("Bonjour **à tous**");
        var titles = page.Locator("fieldset:has(legend:has-text('Dans les autres clusters')) .pick strong");
        var (first, last) = (await titles.First.InnerTextAsync(), await titles.Last.InnerTextAsync());
        Assert.NotEqual(first, last);

        // The keyboard alone: the last one comes first.
        await page.Locator("fieldset:has(legend:has-text('Dans les autres clusters')) .place input").Last.FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("1");
        await page.ClickAsync("button[value=show]:visible");
        var headings = page.FrameLocator("iframe.mail").Locator("h2:has-text('Dans les autres clusters')");
        await Expect(headings).ToBeVisibleAsync();
        var html = await page.Locator("#html").InputValueAsync();
        Assert.True(html.IndexOf(last, StringComparison.Ordinal) < html.IndexOf(first, StringComparison.Ordinal));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        if (script)
        {
            await page.ClickAsync("button[data-copies=html]");
            await Expect(page.Locator("#html-dit")).ToBeVisibleAsync();
            Assert.Equal(html, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        }

        await page.ClickAsync("button:has-text('Marquer comme envoyée')");
        await Expect(page.GetByText("Marquée comme envoyée").First).ToBeVisibleAsync();
        await page.GotoAsync(server.Http.BaseAddress + $"espace/{cluster}/lettre/nouvelle");
        await Expect(page.GetByText("déjà dans votre lettre du").First).ToBeVisibleAsync();
    }
}
