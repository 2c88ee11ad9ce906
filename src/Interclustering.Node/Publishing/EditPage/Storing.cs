using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Puts what a form says where it belongs: into the journal, among the drafts, or among the pending changes.</summary>
/// <param name="Http">Of the member.</param>
/// <param name="Node">Their cluster.</param>
/// <param name="Db">Its database.</param>
/// <param name="Editor">Its editor.</param>
internal sealed record Storing(HttpContext Http, NodeInstance Node, NodeContext Db, PublicationEditor Editor)
{
    private string By => Http.User.Identity?.Name ?? "";

    /// <param name="copy">As it is kept here; null for something new.</param>
    /// <param name="subject">Of something new; null for another id.</param>
    /// <param name="item">As typed.</param>
    /// <param name="form">With the versions that it was filled from.</param>
    /// <param name="press">Which button.</param>
    /// <param name="people">Persons who are named.</param>
    /// <param name="at">UTC: when it is to be published by itself.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>The id.</returns>
    /// <exception cref="EditedMeanwhileException">It, or its pending change, was saved meanwhile.</exception>
    public async Task<string> StoreAsync(WorkingCopy? copy, string? subject, PublishedItem item, ItemForm form, Press press,
        NamedPeople people, DateTime? at, CancellationToken cancellation)
    {
        var isDraft = copy is null or { State: PublicationState.Draft };
        if (press.IsPublishing)
        {
            var saved = await Editor.PublishManyAsync([.. people.Added, (subject, item)], By, form.Version, cancellation,
                isDraft ? null : Press.ChangeOf(form));
            await Http.NoteAsync(Db, AuditedActions.Published, item.Title, cancellation);
            return saved[^1].Subject;
        }

        if (!isDraft && !press.IsDraft && copy!.Version != form.Version)
        {
            // It would not be published unseen later: better it is said now.
            throw new EditedMeanwhileException(copy.Subject);
        }

        if (!press.IsDraft)
        {
            ContentRefusedException.ThrowIfRefused(item);
        }

        // They are journaled with the first publication that names them: a draft reveals no person.
        foreach (var (person, added) in people.Added)
        {
            await Editor.SaveDraftAsync(person, added, By, expected: 0, cancellation);
        }

        var kept = isDraft
            ? (await Editor.SaveDraftAsync(subject, item, By, form.Version, cancellation, at, StaffMember.IdOf(Http.User))).Subject
            : await KeepChangeAsync(copy!, item, form, at, cancellation);
        await Http.NoteAsync(Db, (isDraft, at) switch
        {
            (true, null) => AuditedActions.Saved,
            (true, _) => AuditedActions.Scheduled,
            (_, null) => AuditedActions.ChangeKept,
            _ => AuditedActions.ChangeScheduled,
        }, isDraft ? item.Title : copy!.Title, cancellation);
        await ReviewAsync(kept, press, cancellation);
        return kept;
    }

    private async Task<string> KeepChangeAsync(
        WorkingCopy copy, PublishedItem item, ItemForm form, DateTime? at, CancellationToken cancellation)
    {
        var written = new WrittenChange(form.Version, By, StaffMember.IdOf(Http.User), Http.Now(), at);
        return (await ChangeStore.KeepAsync(Db, copy.Subject, item, written, Press.ChangeOf(form), cancellation)).Subject;
    }

    /// <summary>What is scheduled where a review is required asks for it; what is only kept is still being written.</summary>
    private async Task ReviewAsync(string subject, Press press, CancellationToken cancellation)
    {
        if (press.Action == SaveActions.Review
            || (press.Action == SaveActions.Schedule && await ReviewRule.IsRequiredAsync(Db, cancellation)))
        {
            await Reviewing.AskAsync(Http, Node, Db, subject, cancellation);
        }
        else
        {
            await Reviewing.EndAsync(Db, subject, cancellation);
        }
    }
}
