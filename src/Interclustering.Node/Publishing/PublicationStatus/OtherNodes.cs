using System.Net.Http.Json;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Verification;
using Interclustering.Node.Files;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>Where the other clusters' nodes stand with a publication, as the hub knows from their receipts.</summary>
/// <param name="Clusters">Each other cluster, whether its node has it, and when that node answered last (UTC); null when the hub does not
/// answer.</param>
public sealed record OtherNodes(IReadOnlyList<(Cluster Cluster, bool Has, DateTime? HeardAt)>? Clusters)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public bool IsSettled => Clusters?.All(each => each.Has) == true;

    /// <summary>Differs whenever something has moved.</summary>
    public string Fingerprint => Clusters is null ? "?" : string.Concat(Clusters.Select(each => each.Has ? '1' : '0'));

    /// <summary>
    /// Null where there is nothing to ask yet: the publication is not in the hub's journal, or there is no way to the hub.
    /// </summary>
    public static async Task<OtherNodes?> AskAsync(
        IServiceProvider services, NodeInstance node, NodeContext db, string subject, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(node);
        var position = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == FederationDirectory.HubCode && row.Subject == subject)
            .Select(row => (long?)row.Position).SingleOrDefaultAsync(cancellation);
        if (position is null || services.GetService<HubClient>() is not { } door || door.Find() is not { } hub)
        {
            return null;
        }

        static DateTime? HeardAt(ReaderPosition? reader) => reader?.HeardAt is { } at && at > default(DateTime) ? at : null;
        var others = services.GetRequiredService<FederationDirectory>().Current.Where(cluster => cluster.Code != node.Code);
        return await ReadAsync(door, hub, cancellation) is { } positions
            ? new OtherNodes([.. others.Select(cluster => (cluster, positions.Find(reader => reader.Reader == cluster.Code)))
                .Select(each =>
                    (each.cluster, each.Item2 is { Stopped: false } reader && reader.Through >= position, HeardAt(each.Item2)))])
            : new OtherNodes(Clusters: null);
    }

    private static async Task<List<ReaderPosition>?> ReadAsync(HubClient door, Uri hub, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await door.Http.GetFromJsonAsync<List<ReaderPosition>>(
                new Uri(hub, ReaderPosition.PathOf(FederationDirectory.HubCode)), ContractJson.Options, patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // The page says that the hub does not answer; its own receipt is known here all the same.
            return null;
        }
    }
}
