using System.Net;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>When all have declined, nothing is over.</summary>
public sealed class DeclinedTests : DossierPagesVisit
{
    [Fact]
    public async Task The_lead_is_told_and_finds_both_ways_out_on_the_page()
    {
        var id = await DeclinedAsync();
        await SignInAsync();
        Assert.Contains("Tous les clusters invités ont décliné : proposez d’autres créneaux", await ReadAsync("/espace/bsc"),
            StringComparison.Ordinal);
        var page = await ReadAsync($"{List}/{id}");
        Assert.All(["Tous les clusters invités ont décliné", $"{List}/{id}/proposition", "Mettre fin au dossier", "Clore le dossier",
            "Annuler le webinaire"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Terminés", await ReadAsync(List), StringComparison.Ordinal);
        // A slot that no cluster comes to is in no one's way.
        Assert.DoesNotContain("Canicules", await ReadAsync($"/espace/bsc/radar?date={SlotIn(6)[..10]}"), StringComparison.Ordinal);

        await PostAsync($"{List}/{id}/clore", new Dictionary<string, string>(), $"{List}/{id}");
        Assert.Equal(JointWebinarStates.Closed, (await DossierAsync(id)).State);
    }

    [Fact]
    public async Task Other_slots_ask_all_anew()
    {
        var id = await DeclinedAsync();
        await SignInAsync();
        var page = $"{List}/{id}/proposition";
        using var answer = await CorrectAsync(page, page, "proposition", new Dictionary<string, string>
        {
            ["title"] = "Canicules",
            ["minutes"] = "60",
            ["invited"] = "lsn",
            ["deadline"] = Iso(Today.AddDays(12)),
            ["slotDate"] = SlotIn(9)[..10],
            ["slotTime"] = "11:00",
            ["do"] = "propose",
        });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var dossier = await DossierAsync(id);
        Assert.Equal((JointWebinarStates.Proposed, 0), (dossier.State, dossier.Answers.Count));
        Assert.Equal([SlotIn(9)], dossier.Slots.Select(slot => slot.Start));
        Assert.Contains("n’a pas encore répondu", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_declined_may_still_come_after_the_deadline_and_suggest_a_slot()
    {
        var id = await InvitedAsync(deadline: Today.AddDays(-2), saidAt: DateTime.UtcNow.AddDays(-9));
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        await SignInAsync();
        var page = await ReadAsync($"{List}/{id}");
        Assert.All(["La date limite est passée, mais tous ont décliné", "Envoyer notre réponse"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        await CorrectAsync($"{List}/{id}/reponse", $"{List}/{id}", "reponse", new Dictionary<string, string>
        {
            ["joins"] = JoinAnswers.Yes,
            ["suggestedDate"] = SlotIn(8)[..10],
            ["suggestedTime"] = "11:00",
        });
        var dossier = await DossierAsync(id);
        Assert.Equal((JointWebinarStates.Answering, 0), (dossier.State, dossier.Refused.Count));
        Assert.Contains(dossier.Slots, slot => slot.Start == SlotIn(8));
    }

    private async Task<string> DeclinedAsync()
    {
        var id = $"bsc-{Guid.CreateVersion7()}";
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["lsn"], [SlotIn(6), SlotIn(7)], Iso(Today.AddDays(10))),
        });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        return id;
    }
}
