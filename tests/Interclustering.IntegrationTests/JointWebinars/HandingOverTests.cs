using System.Net;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>A lead that leaves names the cluster that leads from then on.</summary>
public sealed class HandingOverTests : DossierPagesVisit
{
    [Fact]
    public async Task It_chooses_among_those_that_take_part_and_leaves_with_what_it_had_to_do()
    {
        var id = await LedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.TaskWritten) with
        {
            Task = new PreparationTask("plateforme", "Ouvrir la plateforme") { Cluster = "bsc" },
        });
        await HearAsync("bsc", Fact(id, JointWebinarFacts.TaskWritten) with
        {
            Task = new PreparationTask("annonce-bsc", "Annoncer dans notre lettre") { Cluster = "bsc" },
        });
        await SignInAsync();
        using var unnamed = await PostAsync($"{List}/{id}/main", new Dictionary<string, string> { ["lead"] = "pil" }, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unnamed.StatusCode);
        Assert.Contains("Choisissez le cluster qui prend la suite", await WordsOfAsync(unnamed), StringComparison.Ordinal);

        await PostAsync($"{List}/{id}/main", new Dictionary<string, string> { ["lead"] = "lsn", ["leaves"] = "on" }, $"{List}/{id}");
        var dossier = await DossierAsync(id);
        Assert.Equal(("lsn", "bsc"), (dossier.Lead, dossier.ProposedBy));
        Assert.Equal(["lsn"], dossier.Participants);
        Assert.Equal(["bsc", "lsn"], dossier.Tasks.Select(task => task.Cluster));
        var page = await ReadAsync($"{List}/{id}");
        Assert.All(["Logistique Seine Normandie, proposé par Bretagne Supply Chain", "conduit le webinaire"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Passer la main", page, StringComparison.Ordinal);
        Assert.Contains("conduit par Logistique Seine Normandie", await ReadAsync(List), StringComparison.Ordinal);
        Assert.Equal($"{List}/{id}", (await GetAsync($"{List}/{id}/proposition")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task It_may_stay_without_leading()
    {
        var id = await LedAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/main", new Dictionary<string, string> { ["lead"] = "lsn" }, $"{List}/{id}");
        Assert.Equal(["lsn", "bsc"], (await DossierAsync(id)).Participants);
    }

    [Fact]
    public async Task A_lead_that_answers_no_is_asked_to_hand_over_first()
    {
        var id = await LedAsync();
        await SignInAsync();
        using var answer = await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string> { ["joins"] = JoinAnswers.No },
            $"{List}/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("passez d’abord la main", await WordsOfAsync(answer), StringComparison.Ordinal);
        Assert.True((await DossierAsync(id)).Joins("bsc"));
    }

    [Fact]
    public async Task The_cluster_that_follows_changes_the_proposal()
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.LeadHandedOver) with { Lead = "bsc" });
        await SignInAsync();
        Assert.Contains("Changer la proposition", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
        Assert.Matches("value=\"lsn\" checked", await ReadAsync($"{List}/{id}/proposition"));

        var page = $"{List}/{id}/proposition";
        await CorrectAsync(page, page, "proposition", new Dictionary<string, string>
        {
            ["title"] = "Canicules, deux régions",
            ["minutes"] = "45",
            ["invited"] = "lsn",
            ["deadline"] = Iso(Today.AddDays(12)),
            ["slotDate"] = SlotIn(9)[..10],
            ["slotTime"] = "11:00",
            ["do"] = "propose",
        });
        var dossier = await DossierAsync(id);
        Assert.Equal(("bsc", "Canicules, deux régions", 0), (dossier.Lead, dossier.Proposal.Title, dossier.Refused.Count));
        Assert.Equal([SlotIn(9)], dossier.Slots.Select(slot => slot.Start));
    }

    /// <summary>Proposed by this cluster; the other takes part.</summary>
    private async Task<string> LedAsync()
    {
        var id = $"bsc-{Guid.CreateVersion7()}";
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["lsn"], [SlotIn(6)], Iso(Today.AddDays(10))),
        });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        return id;
    }
}
