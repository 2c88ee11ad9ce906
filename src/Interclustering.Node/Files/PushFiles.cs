using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Files;

/// <summary>
/// Lets every hosted node push its files, and delete what nothing names any more. None waits for another, and nothing waits for them.
/// </summary>
public sealed partial class PushFiles(
    Nodes nodes, IReadOnlyList<Participant> participants, HubClient hub, TimeProvider clock, ILoggerFactory logging)
    : SteadyService(clock, logging.CreateLogger<PushFiles>())
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private readonly ILogger logger = logging.CreateLogger<PushFiles>();

    protected override Task WorkAsync(CancellationToken stop) =>
        Task.WhenAll(nodes.All.Select(node => Task.Run(() => KeepPushingAsync(node, stop), stop)));

    private async Task KeepPushingAsync(NodeInstance node, CancellationToken stop)
    {
        var key = participants.Single(participant => participant.Code == node.Code).Key;
        var push = new FilePush(node, key, hub, Clock, logging.CreateLogger<FilePush>());
        var committed = new WakeSignal();
        node.Journal.Appended += committed.Raise;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await PassAsync(node, push, stop);
                var left = (push.Next ?? DateTimeOffset.MaxValue) - Clock.GetUtcNow();
                await committed.WaitAsync(left < Breath ? Breath : left > Poll ? Poll : left, Clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The orderly end.
        }
        finally
        {
            node.Journal.Appended -= committed.Raise;
        }
    }

    private async Task PassAsync(NodeInstance node, FilePush push, CancellationToken stop)
    {
        try
        {
            await using (var db = node.Open())
            {
                await new UnnamedFiles(node, db, Clock).SweepAsync(stop);
            }

            await push.RunOnceAsync(stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            LogFailed(exception, node.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of {Cluster} wait for the next pass")]
    private partial void LogFailed(Exception exception, string cluster);
}
