using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>A member uploads the picture of an event and a picture among its files, and sees both on the national site.</summary>
public sealed class PictureJourneys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData(360, true, ColorScheme.Dark)]
    [InlineData(1440, false, ColorScheme.Light)]
    public async Task A_picture_goes_from_the_form_to_the_page(int width, bool script, ColorScheme scheme)
    {
        var page = await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: "pasca");
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.GotoAsync(server.Http.BaseAddress + "espace/pasca/evenements/nouveau");
        await page.FillAsync("#title", $"Visite du quai ({width})");
        await page.FillAsync("#date-0", "2027-09-14");
        await page.FillAsync("#start-0", "14:00");
        await page.ClickAsync("#contenu-detail > summary");
        await page.SetInputFilesAsync("#image", Uploaded("quai.jpg", SKEncodedImageFormat.Jpeg));
        await page.ClickAsync("button[value=image]");
        await Expect(page.Locator("#contenu-detail .attached img")).ToBeVisibleAsync();
        await page.ClickAsync("#fichiers-detail > summary");
        await page.SetInputFilesAsync("#files", Uploaded("plan.png", SKEncodedImageFormat.Png));
        await page.ClickAsync("#item button[value=publish]");

        await Expect(page.Locator("#imageAlt")).ToHaveAttributeAsync("aria-invalid", "true");
        await FitsAsync(page, width, script);
        await page.FillAsync("#imageAlt", "Un quai");
        await page.FillAsync("[id^=alt-]", "Un plan");
        await page.ClickAsync("#item button[value=publish]");
        await Expect(page.Locator("h1")).ToHaveTextAsync($"Visite du quai ({width})");
        var id = new Uri(page.Url).Segments[^1];
        await Until.TrueAsync(async () =>
        {
            await page.GotoAsync($"{server.Http.BaseAddress}evenements/{id}");
            return await page.Locator("article img").CountAsync() == 2;
        }, () => page.ContentAsync());
        await Expect(page.GetByAltText("Un quai")).ToHaveJSPropertyAsync("naturalWidth", 400);
        await page.GetByAltText("Un plan").ScrollIntoViewIfNeededAsync();
        await Expect(page.GetByAltText("Un plan")).ToHaveJSPropertyAsync("naturalWidth", 400);
        await FitsAsync(page, width, script);
    }

    private static FilePayload Uploaded(string name, SKEncodedImageFormat format) =>
        new() { Name = name, MimeType = "application/octet-stream", Buffer = Samples.Picture(400, 300, format) };

    /// <summary>Axe is a script: where a page may run none, it can't look.</summary>
    private static async Task FitsAsync(IPage page, int width, bool script)
    {
        if (script)
        {
            var problems = await PagesInABrowser.ProblemsAsync(page, page.Url, width);
            Assert.True(problems.Count == 0, string.Join('\n', problems));
        }
    }
}
