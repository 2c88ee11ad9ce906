using Interclustering.Accounts;
using Interclustering.Federation.Liveness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Operators;

/// <summary>
/// Removes operators' sessions and challenges that have ended, failures that no longer count, and actions of more than a year ago.
/// </summary>
public sealed class PurgeEndedSessions(IDbContextFactory<HubContext> databases, TimeProvider clock, ILogger<PurgeEndedSessions> logger)
    : SteadyService(clock, logger)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var old = now - OperatorAction.Kept;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await AccountCleaning.RunAsync(db, now, cancellation);
        await db.OperatorActions.Where(row => row.At < old).ExecuteDeleteAsync(cancellation);
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(AccountCleaning.Pause, Clock);
        do
        {
            await RunAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }
}
