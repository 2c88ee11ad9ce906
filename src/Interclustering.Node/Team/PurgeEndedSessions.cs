using Interclustering.Accounts;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Team;

/// <summary>Removes sessions and challenges that have ended, and failures that no longer count.</summary>
public sealed class PurgeEndedSessions(Nodes nodes, TimeProvider clock, ILogger<PurgeEndedSessions> logger)
    : PeriodicJob(nodes, clock, AccountCleaning.Pause, logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        await AccountCleaning.RunAsync(db, Clock.GetUtcNow().UtcDateTime, cancellation);
    }
}
