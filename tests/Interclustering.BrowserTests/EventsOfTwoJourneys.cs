using System.Globalization;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>
/// Two clusters with one event: the one asks to be named, proposes corrections, and two that were published apart become one.
/// </summary>
public sealed class EventsOfTwoJourneys(EmbeddedServer server, Chromium chromium)
    : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    private const string Owner = "euralogistic", Other = "pil";

    [Fact]
    public async Task A_cluster_that_types_what_exists_asks_to_be_named_and_corrects_it()
    {
        var (owner, other) = (await EnterAsync(Owner, 1440, ColorScheme.Dark), await EnterAsync(Other, 360, ColorScheme.Light));
        var (title, day) = ("Quai ouvert de la filière bois (essai)", DayIn(70));
        var id = await PublishAsync(owner, Owner, title, day);

        // Before anything is published twice, the form asks.
        await Until.TrueAsync(async () =>
        {
            await TypeAsync(other, Other, "La filière bois, quai ouvert", day);
            return await other.Locator("#ressemble").IsVisibleAsync();
        }, () => Task.FromResult("the form shows what looks the same"));
        await Expect(other.Locator("#ressemble")).ToContainTextAsync(title);
        await FitsAsync(other, "form with a likely duplicate", 360);
        await other.CheckAsync("#ressemble input[name=different]");
        await Expect(other.Locator("#ressemble button")).ToHaveCountAsync(0);
        await other.UncheckAsync("#ressemble input[name=different]");
        await other.GetByRole(AriaRole.Button, new() { Name = "C’est le même" }).ClickAsync();
        await Expect(other.Locator("#co-organisation")).ToContainTextAsync("n’a pas encore répondu");
        await FitsAsync(other, "event of another cluster", 360);

        await UntilAsync(owner, $"espace/{Owner}/publications/{id}", "demande à y figurer");
        await FitsAsync(owner, "own event with a request", 1440);
        await owner.Locator("#co-organisateurs button[value=accepter]").ClickAsync();
        await UntilAsync(other, $"evenements/{id}", "Pôle d’Intelligence Logistique");

        await UntilAsync(other, $"espace/{Other}/national/lire/{id}", "Vous y figurez");
        await other.GetByRole(AriaRole.Link, new() { Name = "Proposer des corrections" }).ClickAsync();
        await FitsAsync(other, "corrections", 360);
        await other.FillAsync("#title", title + " bis");
        await other.FillAsync("#remark", "Une précision.");
        await other.GetByRole(AriaRole.Button, new() { Name = "Envoyer les corrections" }).ClickAsync();
        await UntilAsync(owner, $"espace/{Owner}/publications/{id}", "propose des corrections");
        await FitsAsync(owner, "own event with corrections", 1440);
        await owner.CheckAsync("#co-organisateurs input[name=field]");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Reprendre ce qui est coché" }).ClickAsync();
        await UntilAsync(other, $"evenements/{id}", title + " bis");
    }

    [Fact]
    public async Task What_was_published_apart_is_put_together_by_both_and_parted_by_one()
    {
        var (owner, other) = (await EnterAsync(Owner, 360, ColorScheme.Light), await EnterAsync(Other, 1440, ColorScheme.Dark));
        var day = DayIn(80);
        var lead = await PublishAsync(owner, Owner, "Nuit du fret fluvial (essai)", day);
        var part = await PublishAsync(other, Other, "Fret fluvial, la nuit (essai)", day);
        await UntilAsync(other, $"espace/{Other}/doublons", "Nuit du fret fluvial");
        await FitsAsync(other, "duplicates", 1440);
        await other.GetByRole(AriaRole.Button, new() { Name = "C’est le même" }).First.ClickAsync();

        await UntilAsync(owner, $"espace/{Owner}/doublons", "demande à y figurer");
        await FitsAsync(owner, "duplicates that another cluster has named", 360);
        await owner.GetByRole(AriaRole.Button, new() { Name = "C’est le même" }).First.ClickAsync();
        await Until.TrueAsync(async () =>
        {
            await other.GotoAsync(server.Http.BaseAddress + $"evenements/{part}");
            return other.Url.Contains(lead, StringComparison.Ordinal);
        }, () => Task.FromResult("the address of the one leads to the other"));
        await Expect(other.Locator("main")).ToContainTextAsync("Pôle d’Intelligence Logistique");

        await other.GotoAsync(server.Http.BaseAddress + $"espace/{Other}/publications/{part}");
        await FitsAsync(other, "own event that is part of another", 1440);
        await other.GetByRole(AriaRole.Button, new() { Name = "Les séparer" }).ClickAsync();
        await Expect(other.Locator("#ensemble")).ToContainTextAsync("vous avez répondu que non");
        await Until.TrueAsync(async () =>
        {
            await other.GotoAsync(server.Http.BaseAddress + $"evenements/{part}");
            return other.Url.Contains(part, StringComparison.Ordinal);
        }, () => Task.FromResult("it stands at its own address again"));
    }

    private static string DayIn(int days) =>
        DateOnly.FromDateTime(Paris.Now).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<IPage> EnterAsync(string cluster, int width, ColorScheme scheme) =>
        StaffDoor.EnterAsync(chromium, server, width, scheme, cluster: cluster);

    private async Task TypeAsync(IPage page, string cluster, string title, string day)
    {
        await page.GotoAsync(server.Http.BaseAddress + $"espace/{cluster}/evenements/nouveau");
        await page.FillAsync("#title", title);
        await page.FillAsync("#start-0", "09:00");
        await page.RunAndWaitForResponseAsync(() => page.FillAsync("#date-0", day), answer =>
            answer.Url.Contains("/ressemblances?", StringComparison.Ordinal) && answer.Url.Contains(day, StringComparison.Ordinal));
    }

    private async Task<string> PublishAsync(IPage page, string cluster, string title, string day)
    {
        await TypeAsync(page, cluster, title, day);
        await page.ClickAsync("button[value=publish]");
        await page.WaitForURLAsync($"**/publications/{cluster}-*");
        return page.Url.Split('/')[^1];
    }

    private Task UntilAsync(IPage page, string path, string words) => Until.TrueAsync(async () =>
    {
        await page.GotoAsync(server.Http.BaseAddress + path);
        return (await page.Locator("main").InnerTextAsync()).Contains(words, StringComparison.Ordinal);
    }, async () => $"{path} says « {words} », not {await page.Locator("main").InnerTextAsync()}");

    private static async Task FitsAsync(IPage page, string name, int width) =>
        Assert.Empty(await PagesInABrowser.ProblemsAsync(page, name, width));
}
