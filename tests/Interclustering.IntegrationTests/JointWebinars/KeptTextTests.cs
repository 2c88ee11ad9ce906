using System.Net;
using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>What is typed on the pages of a joint webinar is kept until it is sent.</summary>
public sealed class KeptTextTests : DossierPagesVisit
{
    /// <summary>Page, form, a field of it, and where it is sent.</summary>
    [Theory]
    [InlineData("", "reponse", "remark", "reponse")]
    [InlineData("", "remarques", "sentRemark", "remarques")]
    [InlineData("", "annuler", "reason", "annuler")]
    [InlineData("preparation", "deroule", "what", "deroule")]
    [InlineData("preparation", "taches", "what", "taches")]
    [InlineData("preparation", "documents", "label", "documents")]
    [InlineData("preparation", "participation", "longText", "participation")]
    [InlineData("annonce", "annonce", "text", "annonce")]
    [InlineData("fiche", "fiche", "text", "fiche")]
    public async Task It_is_offered_again_on_its_page_and_under_what_is_to_be_done_and_gone_once_sent(
        string page, string form, string field, string target)
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await SignInAsync();
        var path = $"{List}/{id}" + (page.Length == 0 ? "" : "/" + page);
        var typed = new Dictionary<string, string>
        {
            [field] = "Un mot à garder",
            ["joins"] = JoinAnswers.Yes,
            ["time"] = "11:00",
            ["url"] = "https://docs.example/trame",
            ["title"] = "Canicules",
            ["do"] = "save",
        };
        using (var kept = await CorrectAsync("/espace/bsc/saisie/joint-webinar-fact", path, form, typed))
        {
            Assert.StartsWith("Gardé à", await kept.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Contains("Vous aviez écrit sans enregistrer", await ReadAsync(path), StringComparison.Ordinal);
        var toDo = await ReadAsync("/espace/bsc");
        var resume = $"{path}?saisie={Uri.EscapeDataString($"{id}/{page}/{form}")}";
        Assert.Contains(resume, toDo, StringComparison.Ordinal);
        var again = await ReadAsync(resume);
        Assert.Contains("Un mot à garder", again, StringComparison.Ordinal);
        Assert.Contains("Rien n’est encore enregistré", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous aviez écrit sans enregistrer", again, StringComparison.Ordinal);

        using var sent = await CorrectAsync($"{List}/{id}/{target}", path, form, typed);
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        await using var db = Open();
        Assert.False(await db.UnsavedTexts.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_replay_and_a_new_proposal_are_kept_as_well()
    {
        var id = await HeldAsync();
        await SignInAsync();
        await CorrectAsync("/espace/bsc/saisie/joint-webinar-fact", $"{List}/{id}/apres", "apres",
            new Dictionary<string, string> { ["questions"] = "Et la nuit ?" });
        Assert.Contains("Et la nuit ?", await ReadAsync($"{List}/{id}/apres?saisie={Uri.EscapeDataString($"{id}/apres/apres")}"),
            StringComparison.Ordinal);

        var key = Guid.CreateVersion7().ToString("N");
        await PostAsync("/espace/bsc/saisie/joint-webinar-fact",
            new Dictionary<string, string> { ["form"] = key, ["title"] = "Le froid", ["pitch"] = "À quai" }, List + "/proposer");
        Assert.Contains("Le froid", await ReadAsync(List + "/proposer"), StringComparison.Ordinal);
        Assert.Contains("value=\"Le froid\"", await ReadAsync($"{List}/proposer?saisie={key}"), StringComparison.Ordinal);
        await PostAsync("/espace/bsc/saisie/joint-webinar-fact/effacer", new Dictionary<string, string> { ["form"] = key }, List);
        Assert.DoesNotContain("Le froid", await ReadAsync(List + "/proposer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_leads_back_to_the_page_and_another_member_sees_nothing()
    {
        var id = await InvitedAsync();
        await SignInAsync();
        await CorrectAsync("/espace/bsc/saisie/joint-webinar-fact", $"{List}/{id}", "remarques",
            new Dictionary<string, string> { ["sentRemark"] = "Bonjour" });
        await using (var db = Open())
        {
            db.Add(new Interclustering.Node.Publishing.Editor.UnsavedText
            {
                Member = "another",
                Form = $"{id}//reponse",
                Kind = Kinds.JointWebinarFact,
                Fields = "[[\"remark\",\"Secret\"]]",
            });
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.DoesNotContain("Secret", await ReadAsync($"{List}/{id}?saisie={Uri.EscapeDataString($"{id}//reponse")}"),
            StringComparison.Ordinal);
        using var forgotten = await PostAsync("/espace/bsc/saisie/joint-webinar-fact/effacer",
            new Dictionary<string, string> { ["form"] = $"{id}//remarques" }, $"{List}/{id}");
        Assert.Equal($"{List}/{id}", forgotten.Headers.Location!.ToString());
        Assert.DoesNotContain("Vous aviez écrit", await ReadAsync($"{List}/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_survives_a_session_that_has_ended()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        using var stale = await SendAsync($"{List}/{id}/annuler", [new("reason", "Plus d’intervenants")]);
        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        Assert.Contains("Plus d’intervenants", await WordsOfAsync(stale), StringComparison.Ordinal);
        Assert.Equal(JointWebinarStates.SlotChosen, (await DossierAsync(id)).State);
    }
}
