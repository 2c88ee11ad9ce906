using Interclustering.Accounts;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.People;

/// <summary>Removes sessions and challenges that have ended, and failures that no longer count.</summary>
public sealed class ForgetEndedSessions(Nodes nodes, TimeProvider clock, ILogger<ForgetEndedSessions> logger)
    : Clockwork(nodes, clock, AccountCleaning.Pause, logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        await AccountCleaning.RunAsync(db, Clock.GetUtcNow().UtcDateTime, cancellation);
    }
}
