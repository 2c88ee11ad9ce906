using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Receiving;

/// <summary>
/// Tells operators what is refused without letting who sends it fill their log: of each sender and reason the first one at once, the others
/// as a number a minute. Every one is counted, see <see cref="FederationTelemetry.Refused"/>.
/// </summary>
/// <param name="participant">Who refuses.</param>
/// <param name="clock">Ends the minutes.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class RefusalLog(string participant, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private readonly Dictionary<(string From, string Reason), (DateTimeOffset Since, int More)> told = [];

    /// <param name="from">A sender known to the broker or the directory, or one word for all others: their names are unbounded.</param>
    /// <param name="reason">One of few.</param>
    public void Tell(string from, string reason)
    {
        TellCounts();
        if (told.TryGetValue((from, reason), out var last))
        {
            told[(from, reason)] = last with { More = last.More + 1 };
            return;
        }

        told[(from, reason)] = (clock.GetUtcNow(), 0);
        LogRefused(participant, from, reason);
    }

    /// <summary>Logs the counts whose minute is over. The next refusal after a quiet minute is logged at once.</summary>
    public void TellCounts()
    {
        var now = clock.GetUtcNow();
        foreach (var ((from, reason), (since, more)) in told.Where(pair => now - pair.Value.Since >= Pace).ToList())
        {
            if (more == 0)
            {
                told.Remove((from, reason));
                continue;
            }

            told[(from, reason)] = (now, 0);
            LogMore(participant, more, from, since, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} refused a message of {From}: {Reason}")]
    private partial void LogRefused(string participant, string from, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} refused {Count} more messages of {From} since {Since:u}: {Reason}")]
    private partial void LogMore(string participant, int count, string from, DateTimeOffset since, string reason);
}
