using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Interclustering.Node.Publishing.DraftPages;

/// <summary>Discards a pending change, after asking once, or takes its moment away. What is published stays.</summary>
internal sealed record ChangeHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] TimeProvider Clock)
{
    private DraftAnswers Answers => new(Http, Node, Db, Clock);

    public async Task<IResult> AskAsync(string id, CancellationToken cancellation) =>
        await DraftText.FindAsync(Db, id, cancellation) is { Change: { } change } draft
            ? WorkspacePage.Of<DiscardPage>(Http, Node, T["Abandonner ce brouillon ?"], new()
            {
                [nameof(DiscardPage.Copy)] = draft.Copy,
                [nameof(DiscardPage.Change)] = change,
            })
            : await Answers.NoDraftAsync(id, cancellation);

    public async Task<IResult> DiscardAsync(string id, CancellationToken cancellation)
    {
        var form = await ChangeForm.ReadAsync(Http, cancellation);
        if (await DraftText.FindAsync(Db, id, cancellation) is not { Change: { } change } draft)
        {
            return await Answers.NoDraftAsync(id, cancellation);
        }

        if (form.Version != change.Version || !await ChangeStore.DiscardAsync(Db, change, cancellation))
        {
            return await Answers.AgainAsync(id, form, "modification", DraftAnswers.Meanwhile(change.EditedBy), cancellation);
        }

        await Http.NoteAsync(Db, AuditedActions.ChangeDiscarded, draft.Copy.Title, cancellation);
        return Answers.To(id);
    }

    public async Task<IResult> UnscheduleAsync(string id, CancellationToken cancellation)
    {
        var form = await ChangeForm.ReadAsync(Http, cancellation);
        if (await DraftText.FindAsync(Db, id, cancellation) is not { Change: { } change } draft)
        {
            return await Answers.NoDraftAsync(id, cancellation);
        }

        if (form.Version != change.Version)
        {
            return await Answers.AgainAsync(id, form, "modification", DraftAnswers.Meanwhile(change.EditedBy), cancellation);
        }

        await Unscheduling.EndAsync(Db, draft, failure: null, cancellation);
        await Http.NoteAsync(Db, AuditedActions.ChangeUnscheduled, draft.Copy.Title, cancellation);
        return Answers.To(id);
    }
}
