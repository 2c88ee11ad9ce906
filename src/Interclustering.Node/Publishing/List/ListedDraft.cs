using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.List;

/// <summary>What the list says beside a publication of its pending change and of its review.</summary>
internal static class ListedDraft
{
    /// <summary>In words, by id.</summary>
    public static async Task<ILookup<string, string>> ReadAsync(
        NodeContext db, IReadOnlyList<string> subjects, DateTime nowUtc, CancellationToken cancellation)
    {
        var changes = await db.PendingChanges.AsNoTracking().Where(row => subjects.Contains(row.Subject)).ToListAsync(cancellation);
        var reviews = await db.DraftReviews.AsNoTracking().Where(row => subjects.Contains(row.Subject)).ToListAsync(cancellation);
        return changes.Select(change => (change.Subject, Words: ChangeWords.InShort(change, nowUtc)))
            .Concat(reviews.Select(review => (review.Subject, Words: ReviewWords.InWords(review, nowUtc))))
            .ToLookup(row => row.Subject, row => row.Words);
    }
}
