using Interclustering.Contracts;
using Interclustering.Node.Mail;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>What stands around a draft or a pending change and ends with it: its review and its comments.</summary>
internal static class DraftTraces
{
    /// <summary>In the transaction that publishes or discards it.</summary>
    public static async Task EndAsync(NodeContext db, IReadOnlyList<string> subjects, CancellationToken cancellation)
    {
        if (subjects.Count > 0)
        {
            await db.DraftReviews.Where(row => subjects.Contains(row.Subject)).ExecuteDeleteAsync(cancellation);
            await db.DraftComments.Where(row => subjects.Contains(row.Subject)).ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>
    /// Of a publication that is deleted or erased, its pending change and what mails said of it too; of a person, all comments that hold
    /// the name.
    /// </summary>
    public static async Task ForgetAsync(NodeContext db, WorkingCopy copy, CancellationToken cancellation)
    {
        await EndAsync(db, [copy.Subject], cancellation);
        await db.PendingChanges.Where(row => row.Subject == copy.Subject).ExecuteDeleteAsync(cancellation);
        await MailRow.ForgetAsync(db.Mails.Where(row => row.About == copy.Subject), cancellation);
        if (copy is { Kind: Kinds.Person, Title.Length: > 0 })
        {
            await db.DraftComments.Where(row => row.Text.Contains(copy.Title)).ExecuteDeleteAsync(cancellation);
        }
    }
}
