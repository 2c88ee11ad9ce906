using Deque.AxeCore.Playwright;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interclustering.BrowserTests;

/// <summary>A joint webinar in the embedded server: two desktops, one phone without script, and a member.</summary>
public sealed class JointWebinarJourneys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Three_clusters_go_from_an_idea_to_the_sheet_together()
    {
        var journey = await JourneyAsync();
        var id = await journey.ProposeAsync();
        await journey.AnswerAsync(id);
        await journey.ChooseAtOnceAsync(id);
        await journey.PrepareAndAnnounceAsync(id);
        await journey.FollowUpAsync(id);
        await NothingIsInAnybodysWayAsync(journey, id);
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_the_tab_was_closed_until_it_is_sent()
    {
        var page = await StaffDoor.EnterAsync(chromium, server, 1440, cluster: "bsc");
        var list = server.Http.BaseAddress + "espace/bsc/webinaires-communs";
        await page.GotoAsync(list);
        await page.GetByRole(AriaRole.Link, new() { Name = "Le froid à quai" }).First.ClickAsync();
        await page.FillAsync("#remark", "Nous viendrions à trois");
        await page.FillAsync("#sentRemark", "Qui anime ?");
        await Expect(page.Locator("form:has(#sentRemark) .kept")).ToContainTextAsync("Gardé à");
        await Expect(page.Locator("form:has(#remark) .kept")).ToContainTextAsync("Gardé à");

        var other = await page.Context.NewPageAsync();
        await page.CloseAsync();
        await other.GotoAsync(server.Http.BaseAddress + "espace/bsc");
        await Expect(other.GetByText("Écrit sans enregistrer")).ToHaveCountAsync(2);
        await other.GetByRole(AriaRole.Link, new() { Name = "Le froid à quai" }).First.ClickAsync();
        await Expect(other.Locator(".unsaved").First).ToBeVisibleAsync();
        var dossier = other.Url.Split('?', '#')[0];
        await other.GotoAsync($"{dossier}?saisie={Uri.EscapeDataString($"{dossier.Split('/')[^1]}//remarques")}");
        await Expect(other.Locator("#sentRemark")).ToHaveValueAsync("Qui anime ?");
        await other.GetByRole(AriaRole.Button, new() { Name = "Envoyer", Exact = true }).ClickAsync();
        await Expect(other.Locator("#remarques")).ToContainTextAsync("Qui anime ?");
        await Expect(other.Locator("#sentRemark")).ToHaveValueAsync("");
        await Expect(other.Locator(".unsaved")).ToHaveCountAsync(1);
    }

    /// <summary>
    /// Every page of the dossier: no rule of axe broken, no sideways scrolling, light and dark, phone and desktop, both languages.
    /// </summary>
    private async Task NothingIsInAnybodysWayAsync(JointWebinarJourney journey, string id)
    {
        var visits = new[] { (1440, ColorScheme.Light, ""), (360, ColorScheme.Dark, "en/") };
        foreach (var (width, scheme, language) in visits)
        {
            var page = await StaffDoor.EnterAsync(chromium, server, width, scheme, cluster: journey.Lead.Code);
            foreach (var path in new[] { "", "/proposer", $"/{id}", $"/{id}/preparation", $"/{id}/annonce", $"/{id}/jour-j", $"/{id}/apres",
                $"/{id}/fiche" })
            {
                await page.GotoAsync(server.Http.BaseAddress + $"{language}espace/{journey.Lead.Code}/webinaires-communs{path}");
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path} fits {width} px");
                var broken = (await page.RunAxe()).Violations;
                Assert.True(broken.Length == 0,
                    $"{path} at {width}: {string.Join("; ", broken.Select(rule => $"{rule.Id} {rule.Nodes[0].Html}"))}");
            }
        }
    }

    private async Task<JointWebinarJourney> JourneyAsync()
    {
        async Task<Colleague> EnterAsync(string code, int width, bool script) =>
            new(code, await StaffDoor.EnterAsync(chromium, server, width, script: script, cluster: code), server.Http.BaseAddress!);
        return new JointWebinarJourney(
            await EnterAsync("pasca", 1440, script: true), await EnterAsync("tenlog", 360, script: false),
                await EnterAsync("bsc", 1440, script: true), await chromium.OpenAsync(360), server.Http.BaseAddress!);
    }
}
