using Interclustering.Contracts;
using Interclustering.Federation.Operations;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Recovery;

/// <summary>Whether this cluster's journal and the national site's still continue each other.</summary>
/// <param name="SendingStopped">The hub holds entries that this database lacks: it was restored, or has another writer.</param>
/// <param name="HubStopped">The hub's journal does not continue what this node had read.</param>
/// <param name="HubBehind">Entries that this node has and that the hub has lost: it was restored from a backup.</param>
/// <param name="Last">The last recovery that was asked for.</param>
public sealed record JournalState(bool SendingStopped, bool HubStopped, long HubBehind, OperationRow? Last)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    public bool Continues => !SendingStopped && !HubStopped && HubBehind == 0;

    public bool Running => Last is { FinishedAt: null };

    public static async Task<JournalState> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var stopped = await db.Receipts.AnyAsync(row =>
            row.Reader == FederationDirectory.HubCode && row.StoppedBecause != null, cancellation);
        var hub = await db.Cursors.AsNoTracking().SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, cancellation);
        // A heartbeat that was overtaken by entries says less than there is: only what stays so counts.
        var settled = hub is { HeardAt: { } heard } && heard - (hub.AdvancedAt ?? DateTime.MinValue) > Settled;
        var last = await db.Set<OperationRow>().AsNoTracking().Where(row => row.Verb == OperationRow.Recover)
            .OrderByDescending(row => row.RequestedAt).FirstOrDefaultAsync(cancellation);
        return new JournalState(stopped, hub?.StoppedBecause is not null, settled ? Math.Max(0, hub!.Sequence - hub.Announced) : 0, last);
    }
}
