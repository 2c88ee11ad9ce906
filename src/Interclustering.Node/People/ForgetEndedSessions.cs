using Interclustering.Accounts;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.People;

/// <summary>Removes sessions and challenges that have ended, and failures that no longer count.</summary>
public sealed partial class ForgetEndedSessions(Nodes nodes, TimeProvider clock, ILogger<ForgetEndedSessions> logger)
    : Clockwork(nodes, clock, AccountCleaning.Pause)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            await AccountCleaning.RunAsync(db, Clock.GetUtcNow().UtcDateTime, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An ended session opens nothing, row or no row: the next round removes it.
            LogFailed(exception, node.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: ended sessions could not be removed; the next round tries again")]
    private partial void LogFailed(Exception exception, string code);
}
