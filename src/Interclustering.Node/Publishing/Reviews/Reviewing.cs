using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.Reviews;

/// <summary>Asks a second member to read a draft, and remembers what they said.</summary>
internal static class Reviewing
{
    public static Task<DraftReview?> FindAsync(NodeContext db, string subject, CancellationToken cancellation) =>
        db.DraftReviews.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation);

    /// <summary>Who has written it last is not their own reviewer.</summary>
    public static bool MayReview(DraftText draft, string member) => member.Length > 0 && draft.Owner != member;

    public static bool IsApproved(DraftText draft, DraftReview? review) =>
        review is { State: ReviewState.Approved } && review.Version == draft.Version;

    /// <summary>Asks, and writes to all who may publish but the author.</summary>
    public static async Task AskAsync(HttpContext http, NodeInstance node, NodeContext db, string subject, CancellationToken cancellation)
    {
        if (await DraftText.FindAsync(db, subject, cancellation) is { } draft)
        {
            var link = http.RequestServices.GetRequiredService<PublicAddress>().To(http, node, $"/publications/{subject}#relecture");
            await AskAsync(db, node, draft, http.Now(), link, cancellation);
            await http.NoteAsync(db, AuditedActions.ReviewAsked, draft.Copy.Title, cancellation);
        }
    }

    /// <inheritdoc cref="AskAsync(HttpContext, NodeInstance, NodeContext, string, CancellationToken)"/>
    public static async Task AskAsync(
        NodeContext db, NodeInstance node, DraftText draft, DateTime now, string? link, CancellationToken cancellation)
    {
        await PutAsync(db, draft, ReviewState.Asked, draft.EditedBy, now, cancellation);
        foreach (var member in await db.Users.AsNoTracking().Where(user => user.Role != StaffRoles.Reader && user.Email != null)
            .ToListAsync(cancellation))
        {
            if (MayReview(draft, member.Id))
            {
                ReviewMails.Asked(node, member.Name, draft, link).Queue(db, member.Email!, now, draft.Subject);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>One row for each draft: what was said before no longer counts. Saves.</summary>
    public static async Task PutAsync(
        NodeContext db, DraftText draft, string state, string by, DateTime now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var review = await db.DraftReviews.FindAsync([draft.Subject], cancellation);
        if (review is null)
        {
            review = new DraftReview { Subject = draft.Subject, State = state };
            db.Add(review);
        }

        (review.State, review.Version, review.By, review.At) = (state, draft.Version, by, now);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>A member who saves it as a draft goes on writing: its review ends.</summary>
    public static Task EndAsync(NodeContext db, string subject, CancellationToken cancellation) =>
        db.DraftReviews.Where(row => row.Subject == subject).ExecuteDeleteAsync(cancellation);

    /// <summary>The member who has written a draft last, where they are still here and can be written to.</summary>
    public static async Task<StaffMember?> AuthorAsync(NodeContext db, DraftText draft, CancellationToken cancellation) =>
        draft.Owner is { } id
            ? await db.Users.AsNoTracking().FirstOrDefaultAsync(member => member.Id == id && member.Email != null, cancellation) : null;
}
