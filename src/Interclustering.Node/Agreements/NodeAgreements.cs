using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Agreements;

/// <summary>What all clusters have said of events of several, as this node knows it: its own journal is ahead of the hub's.</summary>
internal static class NodeAgreements
{
    public static async Task<EventAgreements> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var agreements = new EventAgreements();
        var rows = await db.Publications.AsNoTracking()
            .Where(row => row.Kind == Kinds.CoOrganisation || row.Kind == Kinds.SameEvent).ToListAsync(cancellation);
        var latest = rows.GroupBy(row => row.Subject).Select(same => same.MaxBy(row => row.Revision)!).ToList();
        FaultIsolation.Shared.Each(latest, row => (row.Subject, row.Revision), row =>
        {
            agreements.Put(row.Subject, row.Kind, row.Data, row.Revision, row.RevisedAt, row.Position);
            return row;
        });
        return agreements;
    }
}
