using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Api;

/// <summary>Where a review is required, what a cluster's own site sends becomes a draft, or a pending change.</summary>
/// <param name="Http">Of the site.</param>
/// <param name="Caller">With its token.</param>
/// <param name="Db">Of the cluster.</param>
/// <param name="Editor">Of the cluster.</param>
internal sealed record SubmittedForReview(HttpContext Http, ApiCaller Caller, NodeContext Db, PublicationEditor Editor)
{
    private const string ToReview = "to-review";

    /// <summary>Null where nothing is to be read: the item is published as it is already, or an editor's text counts.</summary>
    public async Task<IResult?> TakeAsync(PublishedItem item, bool dryRun, CancellationToken cancellation)
    {
        if (!await ReviewRule.IsRequiredAsync(Db, cancellation))
        {
            return null;
        }

        var foreseen = await Editor.ForeseeAsync(item, cancellation);
        if (foreseen.Outcome is not (Outcome.Created or Outcome.Updated))
        {
            // What the site sent before, and has taken back since, is not to be read any more.
            if (!dryRun && await ChangeStore.FindAsync(Db, foreseen.Subject, cancellation) is { Owner: null } stale)
            {
                await ChangeStore.DiscardAsync(Db, stale, cancellation);
            }

            return null;
        }

        var copy = await OwnPublications.FindAsync(Db, foreseen.Subject, cancellation);
        var change = copy is null or { State: PublicationState.Draft } ? null : await ChangeStore.FindAsync(Db, copy.Subject, cancellation);
        if (change is { Owner: not null })
        {
            return ApiCaller.Problem(StatusCodes.Status409Conflict, "draft-pending", "A draft is pending",
                "A member is writing a change of it in the workspace, to be published or discarded first.");
        }

        ContentRefusedException.ThrowIfRefused(item);
        if (dryRun)
        {
            return TypedResults.Ok(new ApiOutcome(copy?.Subject, ToReview, foreseen.Revision, DryRun: true));
        }

        var subject = await KeepAsync(copy, change, item, cancellation);
        return TypedResults.Accepted(Http.Request.Path, new ApiOutcome(subject, ToReview, foreseen.Revision, DryRun: false));
    }

    private async Task<string> KeepAsync(WorkingCopy? copy, PendingChange? change, PublishedItem item, CancellationToken cancellation)
    {
        var given = copy is null ? item : (PublishedItem)SessionIds.Known(copy, item);
        var merged = copy is null ? given : (PublishedItem)SourceMerge.Of(copy, given);
        if (PublicationText.Of(merged) == (change?.Data ?? (copy is { State: PublicationState.Draft } ? copy.Data : null)))
        {
            // It is being read already.
            return copy!.Subject;
        }

        string subject;
        if (copy is null or { State: PublicationState.Draft })
        {
            subject = (await Editor.SaveDraftAsync(copy?.Subject, merged, Caller.Token.Name, copy?.Version ?? 0, cancellation)).Subject;
            await Db.WorkingCopies.Where(row => row.Subject == subject).ExecuteUpdateAsync(
                row => row.SetProperty(draft => draft.SourceData, PublicationText.Of(given)), cancellation);
        }
        else
        {
            var written = new WrittenChange(copy.Version, Caller.Token.Name, Owner: null, Http.Now())
            {
                SourceData = PublicationText.Of(given),
            };
            subject = (await ChangeStore.KeepAsync(Db, copy.Subject, merged, written, change?.Version ?? 0, cancellation)).Subject;
        }

        Db.Note("", AuditedActions.SubmittedByToken, $"{Caller.Token.Name} : {merged.Title}", Http.Now());
        await Db.SaveChangesAsync(cancellation);
        if (await DraftText.FindAsync(Db, subject, cancellation) is { } draft)
        {
            var link = Http.RequestServices.GetRequiredService<PublicAddress>()
                .To(Http, Caller.Node, $"/publications/{subject}#relecture");
            await Reviewing.AskAsync(Db, Caller.Node, draft, Http.Now(), link, cancellation);
        }

        return subject;
    }
}
