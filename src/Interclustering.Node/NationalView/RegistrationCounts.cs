using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.NationalView;

/// <summary>How many are registered for an event, as each cluster has counted its own people.</summary>
internal static class RegistrationCounts
{
    /// <summary>By code of the cluster; this one's own count is the one of its journal, which is ahead of the hub's.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<SeatCount>>> ReadAsync(
        NodeContext db, string own, string id, CancellationToken cancellation)
    {
        var rows = await db.Publications.AsNoTracking().Where(row => row.Kind == Kinds.RegistrationCount && row.Data != null
            && row.Data.Contains(id) && (row.Journal == own || (row.Journal == FederationDirectory.HubCode && row.Cluster != own)))
            .OrderBy(row => row.Subject).ToListAsync(cancellation);
        return FaultIsolation.Shared.Each(rows, row => (row.Subject, row.Revision),
                row => Tuple.Create(row.Cluster, (RegistrationCount)PublicationText.Read(row.Kind, row.Data!)))
            .Where(said => said.Item2.Event == id).GroupBy(said => said.Item1)
            .ToDictionary(same => same.Key, same => same.Last().Item2.Counts);
    }
}
