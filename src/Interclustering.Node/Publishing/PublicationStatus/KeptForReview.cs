using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>Where a review is required, a new date, a cancellation and its opposite become a pending change that is to be read.</summary>
internal static class KeptForReview
{
    /// <returns>False where another change is pending: that one comes first.</returns>
    /// <exception cref="EditedMeanwhileException">What is published was saved meanwhile.</exception>
    /// <exception cref="ContentRefusedException">It can't stand.</exception>
    public static async Task<bool> KeepAsync(HttpContext http, NodeInstance node, NodeContext db, WorkingCopy copy, Event now,
        long basedOn, CancellationToken cancellation)
    {
        if (basedOn != copy.Version)
        {
            throw new EditedMeanwhileException(copy.Subject);
        }

        ContentRefusedException.ThrowIfRefused(now);
        try
        {
            var written = new WrittenChange(basedOn, http.User.Identity?.Name ?? "", StaffMember.IdOf(http.User), http.Now());
            await ChangeStore.KeepAsync(db, copy.Subject, now, written, expected: 0, cancellation);
        }
        catch (EditedMeanwhileException)
        {
            return false;
        }

        await http.NoteAsync(db, AuditedActions.ChangeKept, copy.Title, cancellation);
        await Reviewing.AskAsync(http, node, db, copy.Subject, cancellation);
        return true;
    }
}
