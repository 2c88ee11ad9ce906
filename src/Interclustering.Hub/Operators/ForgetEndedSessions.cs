using Interclustering.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Operators;

/// <summary>Removes operators' sessions and challenges that have ended, failures that no longer count, and actions of more than a year ago.</summary>
public sealed partial class ForgetEndedSessions(IDbContextFactory<HubContext> databases, TimeProvider clock, ILogger<ForgetEndedSessions> logger) : BackgroundService
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var old = now - OperatorAction.Kept;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await AccountCleaning.RunAsync(db, now, cancellation);
        await db.OperatorActions.Where(row => row.At < old).ExecuteDeleteAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AccountCleaning.Pause, clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended sessions could not be removed; the next round tries again")]
    private partial void LogFailed(Exception exception);
}
