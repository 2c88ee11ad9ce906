using Interclustering.Node.Publishing.Comments;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.DraftPages;

/// <summary>Writes below a draft.</summary>
internal sealed record CommentHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicAddress Address,
    [FromServices] TimeProvider Clock)
{
    private const string Comment = "comment", Thread = "#commentaires";

    public static string? TooLong(string text) => text.Length <= CommentThread.Longest ? null
        : T["Un commentaire a {0:N0} caractères au plus.", CommentThread.Longest];

    public async Task<IResult> AddAsync(string id, CancellationToken cancellation)
    {
        var (form, answers) = (await ChangeForm.ReadAsync(Http, cancellation), new DraftAnswers(Http, Node, Db, Clock));
        if (await DraftText.FindAsync(Db, id, cancellation) is not { } draft)
        {
            return await answers.NoDraftAsync(id, cancellation);
        }

        if (form.Notice is not null)
        {
            return await answers.AgainAsync(id, form, Comment, null, cancellation);
        }

        if (form.Comment.Length == 0)
        {
            return answers.To(id, Thread);
        }

        var wrong = TooLong(form.Comment) ?? (await Db.DraftComments.CountAsync(row => row.Subject == id, cancellation) < CommentThread.Most
            ? null : T["Ce brouillon a déjà {0} commentaires.", CommentThread.Most]);
        if (wrong is not null)
        {
            return await answers.AgainAsync(id, form, Comment, wrong, cancellation);
        }

        var (member, by, now) = (StaffMember.IdOf(Http.User), Http.User.Identity?.Name ?? "", Http.Now());
        await CommentThread.TellAsync(Db, draft, member, by, form.Comment, Address.To(Http, Node, $"/publications/{id}{Thread}"), now,
            cancellation);
        CommentThread.Add(Db, id, member, by, form.Comment, now);
        await Db.SaveChangesAsync(cancellation);
        return answers.To(id, Thread);
    }
}
