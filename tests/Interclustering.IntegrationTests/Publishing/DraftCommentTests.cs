using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>The team talks about a draft below it.</summary>
public sealed class DraftCommentTests : DraftVisit
{
    [Fact]
    public async Task A_comment_reaches_the_author_and_those_who_wrote_before_but_not_its_writer()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        Become(Claire);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "commentaires", ("comment", "<b>Le quai</b> est fermé."))).StatusCode);
        Assert.Equal(["equipe@bsc.example"], (await MailsAsync()).Select(mail => mail.To));
        var page = await (await GetAsync(PageOf(subject))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("&lt;b&gt;Le quai&lt;/b&gt;", page, StringComparison.Ordinal);
        Become(Administrator);
        await DoAsync(subject, "commentaires", ("comment", "Merci."));
        Assert.Equal(["equipe@bsc.example", ClairesAddress], (await MailsAsync()).Select(mail => mail.To));
    }

    [Fact]
    public async Task Where_there_is_no_draft_nothing_is_said()
    {
        var subject = await OpenTeamAsync();
        Assert.DoesNotContain("id=\"commentaires\"", await ReadAsync(PageOf(subject)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await DoAsync(subject, "commentaires", ("comment", "Perdu"))).StatusCode);
        await using var db = Open();
        Assert.False(await db.DraftComments.AnyAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(PageOf("bsc-1") + "/commentaires",
            new Dictionary<string, string> { ["comment"] = "Perdu" }, from: PageOf(subject))).StatusCode);
    }

    [Fact]
    public async Task A_comment_that_is_too_long_is_shown_again_and_an_empty_one_is_none()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        var answer = await DoAsync(subject, "commentaires", ("comment", new string('é', 2001)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(new string('é', 2001), await WordsOfAsync(answer), StringComparison.Ordinal);
        await DoAsync(subject, "commentaires", ("comment", " "));
        await using var db = Open();
        Assert.False(await db.DraftComments.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_reader_reads_and_does_not_write()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        await DoAsync(subject, "commentaires", ("comment", "Plus tard ?"));
        await JoinAsync("Rémi", "remi@bsc.example", StaffRoles.Reader);
        var page = await ReadAsync(PageOf(subject));
        Assert.Contains("Plus tard ?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Écrire à votre équipe", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(PageOf(subject) + "/commentaires",
            new Dictionary<string, string> { ["comment"] = "Moi aussi" }, from: "/espace/bsc/compte")).StatusCode);
    }

    [Fact]
    public async Task They_go_with_a_deleted_draft_and_with_an_erased_person()
    {
        var subject = await OpenTeamAsync();
        await SaveAsync(subject, "Visite de nuit", "draft");
        await DoAsync(subject, "commentaires", ("comment", "Demandez à Exemple Éloïse."));
        await DoAsync(subject, "commentaires", ("comment", "Entendu."));
        await using var db = Open();
        var editor = new PublicationEditor(db, Journal, TimeProvider.System);
        var person = (await editor.PublishAsync(null, new Person { Nonce = "", Name = "Exemple Éloïse" }, "Anne", Cancellation)).Subject;
        await editor.EraseAsync(person, Cancellation);
        Assert.Equal(["Entendu."], await db.DraftComments.Select(row => row.Text).ToListAsync(Cancellation));
        Assert.False(await db.Mails.AnyAsync(mail => mail.Text.Contains("Éloïse"), Cancellation));

        var draft = (await editor.SaveDraftAsync(null, Visit("Brouillon"), "Anne", 0, Cancellation)).Subject;
        await DoAsync(draft, "commentaires", ("comment", "Bientôt ?"));
        await editor.WithdrawAsync(draft, null, "Anne", Cancellation);
        Assert.Equal(["Entendu."], await db.DraftComments.Select(row => row.Text).ToListAsync(Cancellation));
    }
}
