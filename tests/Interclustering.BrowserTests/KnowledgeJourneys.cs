using System.Text;
using Interclustering.Node.Demonstration;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>What one cluster has learnt, another finds: a sheet with its PDF from the form to the search, and the search itself.</summary>
public sealed class KnowledgeJourneys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    public async Task A_sheet_is_published_with_its_document_and_found_by_a_word_of_it(int width, bool script)
    {
        var page = await StaffDoor.EnterAsync(chromium, server, width, script: script);
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/fiches/nouvelle");
        var (title, word) = ($"Essai de la recherche à {width} px", width == 360 ? "anémomètre" : "sélénographie");
        await page.FillAsync("#title", title);
        await page.ClickAsync("#fichiers-detail > summary");
        await page.SetInputFilesAsync("#files", Pdf("Relevés.pdf", $"Tournée du matin : un {word} est posé sur le mât."));
        await page.ClickAsync("button[value=files]");
        await Expect(page.Locator("#fichiers-detail li").First).ToBeVisibleAsync();
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync("**/publications/lsn-*");

        await Until.TrueAsync(
            async () =>
            {
                await page.GotoAsync(server.Http.BaseAddress + "recherche?q=" + Uri.EscapeDataString(word));
                return await page.Locator(".results mark").CountAsync() > 0;
            },
            () => Task.FromResult($"« {word} » is found inside the document"));
        await Expect(page.Locator(".results li").First).ToContainTextAsync("Dans « Relevés.pdf »");
        await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        var file = page.GetByRole(AriaRole.Link, new() { Name = "Relevés.pdf" });
        using var answer = await server.Http.GetAsync(
            new Uri(server.Http.BaseAddress!, await file.GetAttributeAsync("href")), TestContext.Current.CancellationToken);
        Assert.Equal(
            "%PDF-", Encoding.ASCII.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), 0, 5));
    }

    [Fact]
    public async Task What_is_no_document_is_refused_beside_its_field_and_the_text_is_kept()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 360, script: false);
        await page.GotoAsync(server.Http.BaseAddress + "espace/lsn/fiches/nouvelle");
        await page.FillAsync("#title", "Une fiche et un programme");
        await page.ClickAsync("#fichiers-detail > summary");
        await page.SetInputFilesAsync(
            "#files", new FilePayload
            {
                Name = "tournées.pdf",
                MimeType = "application/pdf",
                Buffer = Encoding.ASCII.GetBytes("MZ this is a program")
            });
        await page.ClickAsync("button[value=publish]");
        await Expect(page.Locator("#files-erreur")).ToContainTextAsync("tournées.pdf");
        await Expect(page.Locator("#title")).ToHaveValueAsync("Une fiche et un programme");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task Typing_is_met_with_suggestions_and_a_mistake_with_what_was_meant(int width)
    {
        var page = await chromium.OpenAsync(width);
        await page.GotoAsync(server.Http.BaseAddress + "agenda");
        await page.ClickAsync("header input[name=q]");
        await page.Keyboard.TypeAsync("logis");
        await Expect(page.Locator("datalist#suggestions option").First).ToBeAttachedAsync();

        await page.FillAsync("header input[name=q]", "entrepots logistqiue");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".searching .banner")).ToContainTextAsync("logistique");
        var all = await page.Locator("p[role=status]").TextContentAsync();
        await page.Locator(".filters a").Nth(1).ClickAsync();
        Assert.Contains("kind=", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("p[role=status]")).Not.ToHaveTextAsync(all!);
        await page.GoBackAsync();
        await Expect(page.Locator("p[role=status]")).ToHaveTextAsync(all!);
    }

    private static FilePayload Pdf(string name, string text) =>
        new() { Name = name, MimeType = "application/pdf", Buffer = PlainPdf.Write("Essai (démonstration)", [text]) };
}
