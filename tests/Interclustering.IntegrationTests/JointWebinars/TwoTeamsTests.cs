using System.Net;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>Two teams, or two of one team, correct one thing: the second sees the first's text, and neither loses a word.</summary>
public sealed class TwoTeamsTests : DossierPagesVisit
{
    [Fact]
    public async Task The_second_to_correct_an_announcement_sees_both_texts_chooses_and_finds_the_other_one_kept()
    {
        var id = await AgreedAsync();
        var first = await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement("Canicules en Normandie") { Corrects = first },
        });
        await SignInAsync();
        var typed = new Dictionary<string, string> { ["title"] = "Canicules en Bretagne", ["corrects"] = first };

        using var answer = await CorrectAsync($"{List}/{id}/annonce", $"{List}/{id}/annonce", "annonce", typed);
        await ShowsBothAsync(answer, "Canicules en Normandie", "Canicules en Bretagne");
        Assert.Equal("Canicules en Normandie", (await DossierAsync(id)).Announcement!.Title);
        // Who takes the other text finds their own again.
        Assert.Contains("Canicules en Bretagne", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        Assert.Contains("Vous aviez écrit sans enregistrer", await ReadAsync($"{List}/{id}/annonce"), StringComparison.Ordinal);

        using var kept = await CorrectAsync($"{List}/{id}/annonce", $"{List}/{id}/annonce", "annonce",
            new Dictionary<string, string> { ["title"] = "Canicules en Bretagne" });
        Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
        Assert.Equal("Canicules en Bretagne", (await DossierAsync(id)).Announcement!.Title);
        await using var db = Open();
        Assert.False(await db.UnsavedTexts.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_line_that_another_has_changed_or_taken_out_is_not_written_over()
    {
        var id = await AgreedAsync();
        var first = await HearAsync("lsn", Line(id, "Ouverture"));
        await HearAsync("lsn", Line(id, "Accueil café") with { Corrects = first });
        await SignInAsync();
        var typed = new Dictionary<string, string>
        {
            ["time"] = "11:00",
            ["what"] = "Ouverture à trois",
            ["corrects"] = first,
            ["do"] = "save",
        };
        await ShowsBothAsync(
            await CorrectAsync($"{List}/{id}/deroule", $"{List}/{id}/preparation", "deroulel1", typed),
            "Accueil café", "Ouverture à trois");

        var last = (await DossierAsync(id)).Counted[^1].Subject;
        typed["corrects"] = last;
        await HearAsync("lsn", Fact(id, JointWebinarFacts.LineWritten) with
        {
            Line = new RunLine("l1", 0, "Accueil café") { Removed = true },
            Corrects = last,
        });
        // The form of a line that is gone: what its page would send.
        using var gone = await PostAsync($"{List}/{id}/deroule", new Dictionary<string, string>(typed) { ["id"] = "l1" },
            $"{List}/{id}/preparation");
        await ShowsBothAsync(gone, "Supprimé", "value=\"Ouverture à trois\"");
        Assert.Empty((await DossierAsync(id)).Run);
    }

    [Fact]
    public async Task Two_corrections_of_one_line_that_cross_on_their_way_are_both_shown()
    {
        var id = await AgreedAsync();
        var first = await HearAsync("lsn", Line(id, "Ouverture"));
        await HearAsync("bsc", Line(id, "Ouverture en Bretagne") with { Corrects = first });
        var last = await HearAsync("lsn", Line(id, "Ouverture en Normandie") with { Corrects = first });
        await SignInAsync();
        var page = await ReadAsync($"{List}/{id}/preparation");
        Assert.All(["ont corrigé la même version en même temps", "<del>Bretagne</del>", "<ins>Normandie</ins>"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        await HearAsync("lsn", Fact(id, JointWebinarFacts.LineWritten) with
        {
            Line = new RunLine("l1", 0, "Ouverture en Normandie") { Removed = true },
            Corrects = first,
        });
        Assert.Contains("ont corrigé la même version", await ReadAsync($"{List}/{id}/preparation"), StringComparison.Ordinal);
        Assert.NotEqual(first, last);
    }

    [Fact]
    public async Task A_tick_keeps_what_another_has_made_of_the_task()
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.TaskWritten) with { Task = new PreparationTask("t1", "Relire à deux") });
        await SignInAsync();
        await PostAsync($"{List}/{id}/taches", new Dictionary<string, string> { ["id"] = "t1", ["what"] = "Relire", ["do"] = "done" },
            $"{List}/{id}/preparation");
        var task = Assert.Single((await DossierAsync(id)).Tasks);
        Assert.Equal(("Relire à deux", true), (task.What, task.Done));
    }

    [Fact]
    public async Task Two_of_one_team_see_each_other_s_answer_registration_and_proposal()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string> { ["joins"] = JoinAnswers.Yes }, $"{List}/{id}");
        await ShowsBothAsync(
            await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string> { ["joins"] = JoinAnswers.No }, $"{List}/{id}"),
            "participe", "ne participe pas");
        Assert.True((await DossierAsync(id)).Joins("bsc"));

        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) });
        await PostAsync($"{List}/{id}/participation", new Dictionary<string, string> { ["shortText"] = "Une heure." },
            $"{List}/{id}/preparation");
        await ShowsBothAsync(
            await PostAsync($"{List}/{id}/participation", new Dictionary<string, string> { ["shortText"] = "Soixante minutes." },
                $"{List}/{id}/preparation"), "Une heure.", "Soixante minutes.");

        var own = $"bsc-{Guid.CreateVersion7()}";
        await HearAsync("bsc", Fact(own, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Froid", 60, ["lsn"], [SlotIn(6)], Iso(Today.AddDays(10))),
        });
        await ShowsBothAsync(
            await CorrectAsync($"{List}/{own}/proposition", $"{List}/{own}/proposition", "proposition", new Dictionary<string, string>
            {
                ["title"] = "Le froid à quai",
                ["minutes"] = "60",
                ["invited"] = "lsn",
                ["deadline"] = Iso(Today.AddDays(10)),
                ["slotDate"] = SlotIn(6)[..10],
                ["slotTime"] = "11:00",
                ["corrects"] = "",
                ["do"] = "propose",
            }), "Froid", "Le froid à quai");
    }

    private static JointWebinarFact Line(string dossier, string what) =>
        Fact(dossier, JointWebinarFacts.LineWritten) with { Line = new RunLine("l1", 0, what) };

    private static async Task ShowsBothAsync(HttpResponseMessage answer, string theirs, string mine)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["a enregistré une autre version", "Garder la mienne", "Prendre l’autre", theirs, mine], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
    }
}
