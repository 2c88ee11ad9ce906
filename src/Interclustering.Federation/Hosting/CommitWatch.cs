using Interclustering.Federation.Liveness;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Hosting;

/// <summary>
/// Tells the journals of this process when something was committed to their databases, by another process for one: a verb, or another
/// server. One question a database every <see cref="FederationSettings.Poll"/>, which reads no table, stands for what relays, read model,
/// operations and mails would each ask.
/// </summary>
internal sealed partial class CommitWatch(
    IEnumerable<Participant> participants, FederationSettings settings, TimeProvider clock, ILogger<CommitWatch> logger)
    : SteadyService(clock, logger)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task WorkAsync(CancellationToken stop)
    {
        var watched = participants.Select(participant => (Participant: participant, Database: new WatchedDatabase(participant.Open)))
            .ToList();
        var looks = watched.ConvertAll(_ => Task.CompletedTask);
        try
        {
            using var timer = new PeriodicTimer(settings.Poll, Clock);
            do
            {
                for (var index = 0; index < watched.Count; index++)
                {
                    // A database that does not answer keeps no other one waiting.
                    if (looks[index].IsCompleted)
                    {
                        await looks[index];
                        looks[index] = LookAsync(watched[index].Participant, watched[index].Database, stop);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            await Task.WhenAll(looks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (_, database) in watched)
            {
                await database.DisposeAsync();
            }
        }
    }

    private async Task LookAsync(Participant participant, WatchedDatabase database, CancellationToken stop)
    {
        try
        {
            if (await database.HasCommittedAsync(stop))
            {
                participant.Journal.NotifyCommitted();
            }
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception) && !stop.IsCancellationRequested)
        {
            Fails(exception);
            LogFailed(participant.Code, AfterFailure, exception.Message);
            await database.DisposeAsync();
            await Task.Delay(AfterFailure, Clock, stop);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Commits to the database of {Participant} can't be watched; it is tried again in {Pause}: {Reason}")]
    private partial void LogFailed(string participant, TimeSpan pause, string reason);
}
