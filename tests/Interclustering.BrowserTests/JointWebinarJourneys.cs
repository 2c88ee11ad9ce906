using Deque.AxeCore.Playwright;
using Interclustering.Testing.Servers;

namespace Interclustering.BrowserTests;

/// <summary>A joint webinar in the embedded server: two desktops, one phone without script, and a member.</summary>
public sealed class JointWebinarJourneys(EmbeddedServer server, Chromium chromium) : IClassFixture<EmbeddedServer>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Three_clusters_go_from_an_idea_to_the_replay_together()
    {
        var journey = await JourneyAsync();
        var id = await journey.ProposeAsync();
        await journey.AnswerAsync(id);
        await journey.ChooseAtOnceAsync(id);
        await journey.PrepareAndAnnounceAsync(id);
        await journey.FollowUpAsync(id);
        await NothingIsInAnybodysWayAsync(journey, id);
    }

    /// <summary>
    /// Every page of the dossier: no rule of axe broken, no sideways scrolling, light and dark, phone and desktop, both languages.
    /// </summary>
    private async Task NothingIsInAnybodysWayAsync(JointWebinarJourney journey, string id)
    {
        var visits = new[] { (1440, Microsoft.Playwright.ColorScheme.Light, ""), (360, Microsoft.Playwright.ColorScheme.Dark, "en/") };
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
