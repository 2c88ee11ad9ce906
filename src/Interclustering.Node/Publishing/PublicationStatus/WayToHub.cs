using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>Whether the way to the national site is open, from what this node knows of it.</summary>
/// <param name="Stopped">Sending has stopped until the journal is taken up again.</param>
/// <param name="Cut">Nothing leaves this server.</param>
/// <param name="SilentSince">When the national site was last heard, UTC; null while it is, and before it ever was.</param>
public sealed record WayToHub(bool Stopped, bool Cut, DateTime? SilentSince)
{
    /// <summary>Differs whenever something has changed.</summary>
    public string Fingerprint => $"{(Stopped ? 's' : '-')}{(Cut ? 'c' : '-')}{SilentSince?.Ticks}";

    public static async Task<WayToHub> ReadAsync(
        IServiceProvider services, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(node);
        var stopped = await db.Receipts.AnyAsync(row =>
            row.Reader == FederationDirectory.HubCode && row.StoppedBecause != null, cancellation);
        var heard = await db.Cursors.Where(row => row.Journal == FederationDirectory.HubCode).Select(row => row.HeardAt)
            .FirstOrDefaultAsync(cancellation);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var cut = services.GetService<CurrentProblems>()?.Found.Any(problem =>
            problem is { Kind: "bus" } || (problem.Kind == "sending" && problem.Participant == node.Code));
        return new WayToHub(stopped, cut == true, now - heard > services.GetRequiredService<FederationSettings>().Silence ? heard : null);
    }
}
