using System.Net;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>A dossier in a cluster's workspace, from the proposal to the sheet.</summary>
public sealed class DossierPagesTests : DossierPagesVisit
{
    [Fact]
    public async Task A_proposal_begins_with_free_days_and_reaches_the_others_as_a_fact()
    {
        await SignInAsync();
        var free = await WordsOfAsync(
            await PostAsync(List + "/proposer", [.. Proposal("Canicules", []), KeyValuePair.Create("do", "free")]));
        Assert.Contains("Libre partout", free, StringComparison.Ordinal);
        Assert.Contains("Canicules", free, StringComparison.Ordinal);
        await using var db = Open();
        Assert.Empty(await db.Publications.Where(row => row.Kind == Kinds.JointWebinarFact).ToListAsync(Cancellation));

        var answer =
            await PostAsync(List + "/proposer", [.. Proposal("Canicules", [SlotIn(6), SlotIn(7)]), KeyValuePair.Create("do", "propose")]);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var dossier = await DossierAsync(answer.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal(("bsc", "Canicules", JointWebinarStates.Proposed), (dossier.Lead, dossier.Proposal.Title, dossier.State));
        Assert.Equal([SlotIn(6), SlotIn(7)], dossier.Slots.Select(slot => slot.Start));
        Assert.True(dossier.Opened.IsOnItsWay);
    }

    [Fact]
    public async Task A_proposal_that_can_t_stand_keeps_what_was_typed_and_says_what_is_missing()
    {
        await SignInAsync();
        var answer = await PostAsync(List
            + "/proposer", [.. Proposal("", [SlotIn(6)]).Where(field => field.Key != "invited"), KeyValuePair.Create("do", "propose")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["Donnez un titre de travail", "Invitez au moins un autre cluster", $"value=\"{SlotIn(6)[..10]}\""], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_says_who_joins_with_whom_and_when_and_may_suggest_another_slot()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        Assert.Contains("vous invite", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
        var answer = await PostAsync($"{List}/{id}/reponse",
            new Dictionary<string, string>
            {
                ["joins"] = JoinAnswers.If,
                ["condition"] = "un autre anime",
                ["slot-" + SlotIn(6)] = SlotAnswers.Yes,
                ["brings"] = WebinarRoles.Speaker,
                ["people-speaker"] = "Zoé Essai — quai (démonstration)",
                ["suggestedDate"] = SlotIn(8)[..10],
                ["suggestedTime"] = "14:00",
            }, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);

        var dossier = await DossierAsync(id);
        Assert.Equal((JoinAnswers.If, SlotAnswers.Yes), (dossier.Answers["bsc"].Answer.Joins, dossier.Answers["bsc"].On(SlotIn(6))));
        Assert.Contains(dossier.Slots, slot => slot.Start == SlotIn(8)[..10] + "T14:00:00" && slot.By == "bsc");
        var page = await ReadAsync($"{List}/{id}");
        Assert.All(["Zoé Essai — quai (démonstration)", "participe si : un autre anime", "est gardé ici et part vers les autres clusters"],
            words => Assert.Contains(words, page, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("vous invite", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);

        await ReturnAsync();
        Assert.DoesNotContain("est gardé ici et part vers les autres clusters", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_person_is_an_entry_and_erasing_it_takes_the_name_off_the_dossier()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string>
        {
            ["joins"] = JoinAnswers.Yes,
            ["brings"] = WebinarRoles.Speaker,
            ["people-speaker"] = "Zoé Essai — quai"
        }, $"{List}/{id}");
        string person;
        await using (var db = Open())
        {
            Assert.DoesNotContain(
                "Zoé", (await db.Publications.SingleAsync(row =>
                row.Kind == Kinds.JointWebinarFact && row.Journal == "bsc", Cancellation)).Data, StringComparison.Ordinal);
            person = (
                await db.WorkingCopies.SingleAsync(row => row.Kind == Kinds.Person && row.Title == "Zoé Essai", Cancellation)).Subject;
        }

        await PostAsync($"/espace/bsc/publications/{person}/effacer", []);
        Assert.DoesNotContain("Zoé", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_stand_in_every_radar_until_one_is_chosen_and_then_that_one()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        Assert.Contains("Canicules", await ReadAsync($"/espace/bsc/radar?date={SlotIn(7)[..10]}&themes={KnownThemes.Ecology}"),
            StringComparison.Ordinal);
        await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string> { ["joins"] = JoinAnswers.Yes }, $"{List}/{id}");
        await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(6) }, $"{List}/{id}");

        Assert.Equal(SlotIn(6), (await DossierAsync(id)).Slot);
        Assert.Contains("date gardée pour un webinaire commun", await ReadAsync($"/espace/bsc/radar?date={SlotIn(6)[..10]}"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("créneau proposé", await ReadAsync($"/espace/bsc/radar?date={SlotIn(7)[..10]}"), StringComparison.Ordinal);
        Assert.Contains("créneau choisi", await ReadAsync("/espace/bsc/options"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_choices_the_hub_s_order_decides_and_the_one_who_lost_is_told()
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await SignInAsync();
        await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(7) }, $"{List}/{id}");
        Assert.Equal(SlotIn(7), (await DossierAsync(id)).Slot);

        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) });
        await ReturnAsync();
        Assert.Equal(SlotIn(6), (await DossierAsync(id)).Slot);
        Assert.Contains("un créneau venait d’être choisi", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
        Assert.Contains("Cela n’a pas compté", await ReadAsync("/espace/bsc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_presses_on_a_page_older_than_the_choice_is_told_and_nothing_is_sent()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/reponse", new Dictionary<string, string> { ["joins"] = JoinAnswers.Yes }, $"{List}/{id}");
        await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(6) }, $"{List}/{id}");

        using var late = await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(7) }, $"{List}/{id}");
        Assert.Contains("Un créneau venait d’être choisi", await WordsOfAsync(late), StringComparison.Ordinal);
        using var same = await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(6) }, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.Redirect, same.StatusCode);

        var dossier = await DossierAsync(id);
        Assert.Equal(SlotIn(6), dossier.Slot);
        Assert.Empty(dossier.Refused);
    }

    [Fact]
    public async Task Run_of_show_checklist_and_texts_are_written_together_and_printed()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        var page = $"{List}/{id}/preparation";
        await PostAsync($"{List}/{id}/deroule", new Dictionary<string, string>
        {
            ["time"] = "11:05",
            ["what"] = "Premier témoignage",
            ["cluster"] = "lsn",
            ["person"] = "Zoé Essai — quai",
            ["do"] = "save"
        }, page);
        await PostAsync($"{List}/{id}/liste-type", new Dictionary<string, string>(), page);
        await PostAsync($"{List}/{id}/documents",
            new Dictionary<string, string> { ["label"] = "Trame", ["url"] = "https://docs.example/trame" }, page);
        await PostAsync($"{List}/{id}/participation",
            new Dictionary<string, string>
            {
                ["registrationUrl"] = "https://bsc.example/inscription",
                ["places"] = "80",
                ["shortText"] = "Deux régions, une heure."
            }, page);

        var dossier = await DossierAsync(id);
        Assert.Equal((5, "lsn"), (Assert.Single(dossier.Run).Minute, dossier.Run[0].Cluster));
        Assert.Empty(Checklist.Missing(dossier));
        Assert.Equal(80, dossier.Participations["bsc"].Places);
        var prepared = await ReadAsync(page);
        Assert.All(["11:05", "Trame", "Deux régions, une heure.", "80 places"], words =>
            Assert.Contains(words, prepared, StringComparison.Ordinal));
        var day = await ReadAsync($"{List}/{id}/jour-j");
        Assert.All(["Premier témoignage", "Zoé Essai", "https://bsc.example/inscription", "Confirmer les intervenants"], words =>
            Assert.Contains(words, day, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_line_keeps_its_text_and_reason_and_lines_are_changed_and_removed()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        var page = $"{List}/{id}/preparation";
        var wrong = await PostAsync($"{List}/{id}/deroule",
            new Dictionary<string, string> { ["time"] = "tôt", ["what"] = "Ouverture", ["do"] = "save" }, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("value=\"Ouverture\"", await WordsOfAsync(wrong), StringComparison.Ordinal);

        await PostAsync($"{List}/{id}/deroule",
            new Dictionary<string, string> { ["time"] = "11:00", ["what"] = "Ouverture", ["do"] = "save" }, page);
        var line = Assert.Single((await DossierAsync(id)).Run);
        await CorrectAsync($"{List}/{id}/deroule", page, $"deroule{line.Id}",
            new Dictionary<string, string> { ["time"] = "10:55", ["what"] = "Accueil", ["do"] = "save" });
        Assert.Equal(("Accueil", -5), (Assert.Single((await DossierAsync(id)).Run).What, (await DossierAsync(id)).Run[0].Minute));
        await CorrectAsync($"{List}/{id}/deroule", page, $"deroule{line.Id}",
            new Dictionary<string, string> { ["time"] = "10:55", ["what"] = "Accueil", ["do"] = "remove" });
        Assert.Empty((await DossierAsync(id)).Run);
    }

    [Fact]
    public async Task Two_corrections_of_one_announcement_are_settled_by_the_hub()
    {
        var id = await AgreedAsync();
        var first = await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await SignInAsync();
        await PostAsync($"{List}/{id}/annonce",
            new Dictionary<string, string> { ["title"] = "Canicules en Bretagne", ["corrects"] = first });
        await HearAsync("lsn",
            Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules en Normandie") { Corrects = first } });
        await ReturnAsync();

        Assert.Equal("Canicules en Bretagne", (await DossierAsync(id)).Announcement!.Title);
        var page = await ReadAsync($"{List}/{id}/annonce");
        Assert.All(["ont corrigé la même version en même temps", "<del>Normandie</del>", "<ins>Bretagne</ins>"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("Canicules en Bretagne", await ReadAsync("/espace/bsc/national"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_and_questions_go_into_a_sheet_published_in_the_name_of_all()
    {
        var id = await HeldAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/apres", new Dictionary<string, string>
        {
            ["url"] = "https://video.example/1",
            ["slides"] = "Diaporama — https://video.example/1.pdf",
            ["questions"] = "**Et la nuit ?** On ventile."
        });
        var form = await ReadAsync($"{List}/{id}/fiche");
        Assert.All(["Deux témoignages.", "On ventile.", "[Replay](https://video.example/1)", "[Diaporama](https://video.example/1.pdf)"],
            words => Assert.Contains(words, form, StringComparison.Ordinal));

        await PostAsync($"{List}/{id}/fiche",
            new Dictionary<string, string> { ["title"] = "Protéger un entrepôt", ["text"] = "Ventiler la nuit.", ["do"] = "share" });
        Assert.Equal("Protéger un entrepôt", (await DossierAsync(id)).SheetDraft!.Title);
        await CorrectAsync($"{List}/{id}/fiche", $"{List}/{id}/fiche", "fiche",
            new Dictionary<string, string> { ["title"] = "Protéger un entrepôt", ["text"] = "Ventiler la nuit.", ["do"] = "publish" });
        var sheet = Assert.Single((await DossierAsync(id)).Sheets);
        var published = (BestPractice)PublicationText.Read(Kinds.BestPractice, (await CopyAsync(sheet)).Data);
        Assert.Equal(["lsn"], published.CoOrganisers);
        Assert.Equal([id], published.Related);
    }

    [Fact]
    public async Task A_remark_is_read_by_all_and_taking_it_back_erases_its_words()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        await PostAsync($"{List}/{id}/remarques", new Dictionary<string, string> { ["sentRemark"] = "Un mot de trop" }, $"{List}/{id}");
        await ReturnAsync();
        var remark = Assert.Single((await DossierAsync(id)).Remarks).Subject;
        await PostAsync($"{List}/{id}/remarques/{remark}/retirer", new Dictionary<string, string>(), $"{List}/{id}");

        Assert.DoesNotContain("Un mot de trop", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
        await using var db = Open();
        Assert.DoesNotContain(await db.Journal.Select(row => row.Text).ToListAsync(Cancellation), text =>
            text.Contains("Un mot de trop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_others_have_said_since_the_last_visit_is_listed()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        Assert.DoesNotContain("Depuis votre dernière visite", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
        await HearAsync("lsn", Fact(id, JointWebinarFacts.RemarkMade) with { Text = "Bonjour" });
        Assert.Contains("Depuis votre dernière visite", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tabs_that_are_opened_at_the_same_moment_are_one_first_visit()
    {
        var view = new DossierView(await DossierAsync(await InvitedAsync()), "bsc", new Dictionary<string, Person>(), Directories.Two,
            DateTime.UtcNow, KnownAt: null);
        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var db = Open();
            return await DossierVisits.ChangesAsync(db, "anne", view, Cancellation);
        }, Cancellation)));

        Assert.All(changes, news => Assert.Empty(news ?? []));
        await using var after = Open();
        Assert.Single(await after.DossierVisits.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Postponing_asks_why_and_only_remarks_are_left_after_a_cancellation()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await PostAsync($"{List}/{id}/reporter", new Dictionary<string, string> { ["reason"] = " " }, $"{List}/{id}")).StatusCode);
        await PostAsync($"{List}/{id}/reporter", new Dictionary<string, string> { ["reason"] = "Grève" }, $"{List}/{id}");
        Assert.Equal((JointWebinarStates.Postponed, (string?)null), ((await DossierAsync(id)).State, (await DossierAsync(id)).Slot));
        await PostAsync($"{List}/{id}/annuler", new Dictionary<string, string> { ["reason"] = "Personne" }, $"{List}/{id}");
        var page = await ReadAsync($"{List}/{id}");
        Assert.Contains("Annulé", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Envoyer notre réponse", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_speak_English_as_well_and_need_a_session()
    {
        var id = await AgreedAsync();
        Assert.Equal(HttpStatusCode.Found, (await GetAsync($"{List}/{id}")).StatusCode);
        await SignInAsync();
        foreach (var path in new[] { List, List + "/proposer", $"{List}/{id}", $"{List}/{id}/preparation", $"{List}/{id}/annonce",
            $"{List}/{id}/jour-j" })
        {
            var page = await ReadAsync("/en" + path);
            Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("webinaire commun", page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{List}/lsn-9")).StatusCode);
    }

    private static List<KeyValuePair<string, string>> Proposal(string title, IReadOnlyList<string> slots) => [
        new("title", title), new("pitch", "Deux régions racontent."), new("themes", KnownThemes.Ecology), new("minutes", "60"),
            new("invited", "lsn"), new("wanted", WebinarRoles.Speaker), new("deadline", Iso(Today.AddDays(10))),
        .. slots.SelectMany(slot => new KeyValuePair<string, string>[] { new("slotDate", slot[..10]), new("slotTime", slot[11..16]) }),
    ];
}
