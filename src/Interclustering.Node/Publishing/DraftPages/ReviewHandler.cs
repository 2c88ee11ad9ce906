using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Comments;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Interclustering.Node.Publishing.DraftPages;

/// <summary>A second member publishes a draft, or gives it back; an administrator publishes it without a review.</summary>
internal sealed record ReviewHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] PublicAddress Address, [FromServices] TimeProvider Clock)
{
    private const string Review = "relecture", Remark = "remark", Reason = "unreviewed";
    private const int LongestReason = 500;

    private DraftAnswers Answers => new(Http, Node, Db, Clock);

    private string By => Http.User.Identity?.Name ?? "";

    public Task<IResult> ApproveAsync(string id, CancellationToken cancellation) => WithAsync(id, Review, async (draft, form) =>
    {
        if (await NotToReviewAsync(draft, cancellation) is { } wrong)
        {
            return await Answers.AgainAsync(id, form, Review, wrong, cancellation);
        }

        if (draft.PublishAt > Http.Now())
        {
            await Reviewing.PutAsync(Db, draft, ReviewState.Approved, By, Http.Now(), cancellation);
            await Http.NoteAsync(Db, AuditedActions.ReviewApproved, draft.Copy.Title, cancellation);
            return Answers.To(id);
        }

        return await PublishAsync(draft, form, Review, AuditedActions.ReviewPublished, "", cancellation);
    }, cancellation);

    public Task<IResult> ReturnAsync(string id, CancellationToken cancellation) => WithAsync(id, Remark, async (draft, form) =>
    {
        var wrong = await NotToReviewAsync(draft, cancellation)
            ?? (form.Remark.Length == 0 ? T["Dites ce qui est à revoir."] : CommentHandler.TooLong(form.Remark));
        if (wrong is not null)
        {
            return await Answers.AgainAsync(id, form, Remark, wrong, cancellation);
        }

        // What is not good yet does not appear at its time.
        await Unscheduling.EndAsync(Db, draft, failure: null, cancellation);
        await Reviewing.PutAsync(Db, draft, ReviewState.Returned, By, Http.Now(), cancellation);
        CommentThread.Add(Db, id, StaffMember.IdOf(Http.User), By, form.Remark, Http.Now());
        if (await Reviewing.AuthorAsync(Db, draft, cancellation) is { } author)
        {
            var link = Address.To(Http, Node, Addresses.Edit(draft.Copy.Kind, id));
            ReviewMails.Returned(author.Name, By, draft, form.Remark, link).Queue(Db, author.Email!, Http.Now(), id);
        }

        Db.Note(StaffMember.IdOf(Http.User), AuditedActions.ReviewReturned, draft.Copy.Title, Http.Now());
        await Db.SaveChangesAsync(cancellation);
        return Answers.To(id, "#relecture");
    }, cancellation);

    public Task<IResult> BypassAsync(string id, CancellationToken cancellation) => WithAsync(id, Reason, async (draft, form) =>
    {
        var wrong = form.Unreviewed.Length == 0 ? T["Dites pourquoi ce texte paraît sans relecture."]
            : form.Unreviewed.Length > LongestReason ? T["{0:N0} caractères au plus.", LongestReason] : null;
        return wrong is null
            ? await PublishAsync(draft, form, Reason, AuditedActions.ReviewBypassed, form.Unreviewed, cancellation)
            : await Answers.AgainAsync(id, form, Reason, wrong, cancellation);
    }, cancellation);

    /// <summary>Does something with the draft that the member has looked at, and with no other.</summary>
    private async Task<IResult> WithAsync(
        string id, string field, Func<DraftText, ChangeForm, Task<IResult>> handle, CancellationToken cancellation)
    {
        var form = await ChangeForm.ReadAsync(Http, cancellation);
        return await DraftText.FindAsync(Db, id, cancellation) is not { } draft ? await Answers.NoDraftAsync(id, cancellation)
            : form.Notice is not null ? await Answers.AgainAsync(id, form, field, null, cancellation)
            : form.Version != draft.Version
                ? await Answers.AgainAsync(id, form, field, DraftAnswers.Meanwhile(draft.EditedBy), cancellation)
            : await handle(draft, form);
    }

    /// <summary>Why this member does not review this draft; null where they may.</summary>
    private async Task<string?> NotToReviewAsync(DraftText draft, CancellationToken cancellation) =>
        await Reviewing.FindAsync(Db, draft.Subject, cancellation) is not { State: ReviewState.Asked }
            ? T["Aucune relecture n’est demandée."]
        : !Reviewing.MayReview(draft, StaffMember.IdOf(Http.User)) ? T["Vous avez écrit ce texte : un autre membre le relit."]
        : null;

    private async Task<IResult> PublishAsync(
        DraftText draft, ChangeForm form, string field, string action, string reason, CancellationToken cancellation)
    {
        if (draft.HasMoved)
        {
            return await Answers.AgainAsync(draft.Subject, form, field,
                T["La version publiée a changé depuis ce brouillon : ouvrez-le, les deux vous seront montrées."], cancellation);
        }

        try
        {
            await draft.PublishAsync(Editor, cancellation);
            await Http.NoteAsync(Db, action, draft.Read().Title, cancellation, reason);
            return Answers.To(draft.Subject);
        }
        catch (Exception exception) when (DraftAnswers.InWords(exception, draft.EditedBy) is { } said)
        {
            return await Answers.AgainAsync(draft.Subject, form, field, said, cancellation);
        }
    }
}
