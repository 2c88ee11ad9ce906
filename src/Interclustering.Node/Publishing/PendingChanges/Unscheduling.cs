using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.PendingChanges;

/// <summary>Takes the moment away at which a draft or a pending change was to be published. Its text stays.</summary>
internal static class Unscheduling
{
    /// <param name="db">Of the cluster.</param>
    /// <param name="draft">As it was looked at.</param>
    /// <param name="failure">One of <see cref="ScheduleFailure"/>; null where a member has asked for it.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>False where it is another one by now.</returns>
    public static async Task<bool> EndAsync(NodeContext db, DraftText draft, string? failure, CancellationToken cancellation) =>
        0 < await (draft.Change is { } change
            ? db.PendingChanges.Where(row => row.Subject == change.Subject && row.Version == change.Version)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.PublishAt, (DateTime?)null)
                    .SetProperty(each => each.Failure, failure), cancellation)
            : db.WorkingCopies.Where(row => row.Subject == draft.Subject && row.Version == draft.Version)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.PublishAt, (DateTime?)null), cancellation));
}
