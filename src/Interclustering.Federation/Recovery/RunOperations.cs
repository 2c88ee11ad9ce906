using Interclustering.Federation.Liveness;
using Interclustering.Federation.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Recovery;

/// <summary>Takes up the operations that were asked for at this participant, one at a time.</summary>
public sealed partial class RunOperations(
    Participant participant, JournalRecovery recovery, FederationSettings settings, ILogger<RunOperations> logger)
{
    private readonly WakeSignal committed = new();

    public async Task RunAsync(CancellationToken stop)
    {
        participant.Journal.Appended += committed.Raise;
        try
        {
            await TakeUpAsync(stop);
        }
        finally
        {
            participant.Journal.Appended -= committed.Raise;
        }
    }

    private async Task TakeUpAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var failed = false;
            try
            {
                if (await NextAsync(stop) is { } operation)
                {
                    await RunAsync(operation, stop);
                }
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                failed = true;
                LogDatabaseFailed(exception, participant.Code);
            }

            await committed.WaitAsync(failed ? settings.Poll : settings.LongestPoll, participant.Clock, stop);
        }
    }

    private async Task<OperationRow?> NextAsync(CancellationToken stop)
    {
        await using var db = participant.Open();
        var open = await db.Set<OperationRow>().AsNoTracking().Where(row => row.FinishedAt == null).OrderBy(row => row.RequestedAt)
            .ToListAsync(stop);
        return open.Find(row => row.Verb != OperationRow.Revoke || IsRevoked(row.From ?? 0));
    }

    /// <summary>
    /// A revocation waits for the restart with the directory that says so: until then the old key would sign the new epoch.
    /// </summary>
    private bool IsRevoked(long from) => participant.Directory.KeysOf(participant.Code) is var keys
        && keys.Any(key => key.Through == from - 1) && keys.Any(key => key.Keyid == participant.Key.Public.Keyid && key.Through is null);

    private async Task RunAsync(OperationRow operation, CancellationToken stop)
    {
        await SetAsync(operation, row => row.StartedAt = Now, stop);
        try
        {
            var outcome = operation.Verb == OperationRow.Revoke
                ? await recovery.RevokeAsync(operation.From ?? 0, ReportAsync, stop)
                : await recovery.RecoverAsync(ReportAsync, stop);
            await SetAsync(operation, row => (row.FinishedAt, row.Outcome) = (Now, outcome), stop);
        }
        catch (RecoveryException exception)
        {
            LogFailed(exception, participant.Code, operation.Verb);
            await SetAsync(operation, row => (row.FinishedAt, row.Failed, row.Outcome) = (Now, true, exception.Message), stop);
        }

        Task ReportAsync(long done, long total) => SetAsync(operation, row => (row.Done, row.Total) = (done, total), stop);
    }

    private DateTime Now => participant.Clock.GetUtcNow().UtcDateTime;

    private async Task SetAsync(OperationRow operation, Action<OperationRow> change, CancellationToken stop)
    {
        await using var db = participant.Open();
        change(await db.Set<OperationRow>().SingleAsync(row => row.Id == operation.Id, stop));
        await db.SaveChangesAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Participant} could not {Verb}")]
    private partial void LogFailed(Exception exception, string participant, string verb);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The operations of {Participant} wait for the next look")]
    private partial void LogDatabaseFailed(Exception exception, string participant);
}
