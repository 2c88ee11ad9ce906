using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>
/// A joint webinar on the national site: one item under all who take part, and nothing of what the teams say among themselves.
/// </summary>
public sealed class JointWebinarOnTheSiteTests
{
    private const string Slot = "2027-01-14T11:00:00", Secret = "Mot-que-les-équipes-gardent";
    private readonly string id = $"lsn-{Guid.CreateVersion7()}";

    [Fact]
    public async Task It_appears_with_its_announcement_and_stays_the_same_entry_when_corrected()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        Assert.DoesNotContain("Canicules", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);

        await hub.HearAsync("lsn", Announcement("Canicules"));
        Assert.Contains("Canicules", (await hub.GetAsync("/agenda?cluster=bsc")).Body, StringComparison.Ordinal);
        var page = await hub.GetAsync($"/evenements/{id}/canicules");
        Assert.All(["Logistique Seine Normandie", "Bretagne Supply Chain", "https://bsc.example/inscription"], words =>
            Assert.Contains(words, page.Body, StringComparison.Ordinal));

        await hub.HearAsync("bsc", Announcement("Canicules, deux régions"));
        var calendar = (await hub.GetAsync("/agenda.ics?cluster=lsn")).Body;
        Assert.Contains("SUMMARY:Canicules\\, deux régions", calendar, StringComparison.Ordinal);
        Assert.Equal(2, calendar.Split("BEGIN:VEVENT").Length);
        Assert.Contains($"UID:{id}", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_teams_say_among_themselves_is_nowhere_on_the_site()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("bsc", Fact(JointWebinarFacts.RemarkMade) with { Text = Secret });
        await hub.HearAsync("lsn", Fact(JointWebinarFacts.TaskWritten) with { Task = new PreparationTask("1", Secret) });
        await hub.HearAsync("lsn", Fact(JointWebinarFacts.SheetDrafted) with { Draft = new SheetDraft(Secret) });
        await hub.HearAsync("lsn", Announcement("Canicules"));

        foreach (
            var path in new[] { "/agenda", $"/evenements/{id}/canicules", "/agenda.ics", "/agenda.rss", "/agenda.json",
            "/api/v1/publications", $"/api/v1/publications/{id}", "/embed/agenda.json", "/recherche?q=Canicules",
            "/api/v1/search?q=Canicules" })
        {
            Assert.DoesNotContain(Secret, (await hub.GetAsync(path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_cluster_s_own_site_leads_its_members_to_their_own_registration()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));

        Assert.Contains("\"register\":\"https://bsc.example/inscription\"", (await hub.GetAsync("/embed/agenda.json?cluster=bsc")).Body,
            StringComparison.Ordinal);
        Assert.Contains("\"register\":null", (await hub.GetAsync("/embed/agenda.json?cluster=lsn")).Body, StringComparison.Ordinal);
        Assert.Contains("https://bsc.example/inscription", (await hub.GetAsync("/embed/agenda?cluster=bsc")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_one_stays_and_says_so()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));
        await hub.HearAsync("bsc", Fact(JointWebinarFacts.Cancelled) with { Text = "Plus d’intervenants" });
        var page = await hub.GetAsync($"/evenements/{id}/canicules");
        Assert.All(["Annulé", "Plus d’intervenants"], words => Assert.Contains(words, page.Body, StringComparison.Ordinal));
        Assert.Contains("STATUS:CANCELLED", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_before_the_webinar_shows_nowhere_and_hides_no_registration()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));
        await hub.HearAsync("lsn", Replay);
        Assert.Contains("https://bsc.example/inscription", (await hub.GetAsync($"/evenements/{id}/canicules")).Body,
            StringComparison.Ordinal);
        foreach (var path in new[] { $"/evenements/{id}/canicules", "/agenda.ics", "/agenda.rss", $"/api/v1/publications/{id}" })
        {
            Assert.DoesNotContain("https://video.example", (await hub.GetAsync(path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_replay_afterwards_shows_until_it_is_taken_back()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));
        hub.Clock.Advance(TimeSpan.FromDays(60));
        await hub.HearAsync("lsn", Replay, "2027-01-15T09:00:00.000000Z");
        Assert.Contains("https://video.example/1", (await hub.GetAsync($"/evenements/{id}/canicules")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("https://bsc.example/inscription", (await hub.GetAsync($"/evenements/{id}/canicules")).Body,
            StringComparison.Ordinal);

        await hub.HearAsync("bsc", Fact(JointWebinarFacts.ReplayWithdrawn), "2027-01-16T09:00:00.000000Z");
        foreach (var path in new[] { $"/evenements/{id}/canicules", "/agenda.ics", "/agenda.rss", $"/api/v1/publications/{id}" })
        {
            Assert.DoesNotContain("https://video.example", (await hub.GetAsync(path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Under_another_lead_it_is_the_same_entry_with_that_cluster_first()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));
        await hub.HearAsync("lsn", Fact(JointWebinarFacts.LeadHandedOver) with { Lead = "bsc" });
        Assert.Contains("data-cluster=\"bsc\"", (await hub.GetAsync($"/evenements/{id}/canicules")).Body, StringComparison.Ordinal);
        Assert.Contains("\"cluster\":\"bsc\"", (await hub.GetAsync($"/api/v1/publications/{id}")).Body, StringComparison.Ordinal);
        Assert.Equal(2, (await hub.GetAsync("/agenda.ics")).Body.Split("BEGIN:VEVENT").Length);
    }

    [Fact]
    public async Task One_whose_proposal_was_erased_leaves_the_site_and_all_calendars()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var proposal = await AgreeAsync(hub);
        await hub.HearAsync("lsn", Announcement("Canicules"));
        Assert.Contains("Canicules", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);

        await hub.HearWithdrawalAsync("lsn", proposal);
        Assert.All(await Task.WhenAll(hub.GetAsync("/agenda"), hub.GetAsync("/agenda.ics")), answer =>
            Assert.DoesNotContain("Canicules", answer.Body, StringComparison.Ordinal));
        Assert.Equal(System.Net.HttpStatusCode.Gone, (await hub.GetAsync($"/evenements/{id}/canicules")).Status);
    }

    private async Task<string> AgreeAsync(TemporaryHub hub)
    {
        var proposal = await hub.HearAsync(
            "lsn", Fact(JointWebinarFacts.Proposed) with
            {
                Proposal =
            new WebinarProposal("Titre de travail", 60, ["bsc"], [Slot], "2026-12-11")
            });
        await hub.HearAsync("bsc", Fact(
            JointWebinarFacts.Answered) with
        { Answer = new ClusterAnswer(JoinAnswers.Yes, [new SlotAnswer(Slot, SlotAnswers.Yes)]) });
        await hub.HearAsync("bsc", Fact(JointWebinarFacts.SlotChosen) with { Slot = Slot });
        await hub.HearAsync("bsc", Fact(JointWebinarFacts.ParticipationSet) with
        {
            Participation = new Participation { RegistrationUrl = "https://bsc.example/inscription" }
        });
        return proposal;
    }

    private JointWebinarFact Replay =>
        Fact(JointWebinarFacts.ReplayPublished) with { Replay = new Replay("https://video.example/1") };

    private JointWebinarFact Announcement(string title) =>
        Fact(JointWebinarFacts.Announced) with { Announcement = new Announcement(title) };

    private JointWebinarFact Fact(string fact) => new() { Nonce = "0123456789abcdef0123456789abcdef", Dossier = id, Fact = fact };
}
