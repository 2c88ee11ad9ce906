using System.Collections.Concurrent;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Receiving;

/// <summary>Counts what is refused, by the sender that a message names: in the metrics, the log, and beside the replica.</summary>
internal sealed class Refusals(Participant participant, ILogger logger)
{
    private readonly RefusalLog log = new(participant.Code, participant.Clock, logger);
    private readonly Dictionary<string, int> pending = [];
    private readonly ConcurrentDictionary<string, Refused> last = [];

    /// <summary>What was refused last, by the peer that it names.</summary>
    public ICollection<Refused> Last => last.Values;

    /// <param name="from">The sender that the message names.</param>
    /// <param name="sender">The sender that the broker knows, which can't be forged. Null or empty where it knows none.</param>
    /// <param name="reason">Why.</param>
    public void Add(string from, string? sender, string reason)
    {
        var known = participant.Followed.Contains(from) ? from : "unknown";
        FederationTelemetry.Refused.Add(1, FederationTelemetry.Of(participant.Code, known));
        log.Tell(sender is { Length: > 0 } ? sender : known, reason);
        pending[from] = pending.GetValueOrDefault(from) + 1;
        if (known == from)
        {
            last[from] = new Refused(from, reason, participant.Clock.GetUtcNow());
        }
    }

    public void TellCounts() => log.TellCounts();

    /// <summary>Adds what was refused since the last call to the peers' rows.</summary>
    public async Task StoreAsync(CancellationToken stop)
    {
        foreach (var (from, count) in pending.Where(pair => participant.Followed.Contains(pair.Key)).ToList())
        {
            await using var db = participant.Open();
            await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == from).ExecuteUpdateAsync(
                cursor => cursor.SetProperty(row => row.Refused, row => row.Refused + count), stop);
            pending.Remove(from);
        }

        pending.Clear();
    }
}
