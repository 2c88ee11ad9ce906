using Interclustering.Federation;
using Interclustering.Federation.Files;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Files;

/// <summary>Lets every hosted node push its files, and delete what nothing names any more. None waits for another, and nothing waits for them.</summary>
public sealed partial class PushFiles(
    Nodes nodes, IReadOnlyList<Participant> participants, HubDoor hub, FileLimits limits, TimeProvider clock, ILoggerFactory logging) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private readonly ILogger logger = logging.CreateLogger<PushFiles>();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(nodes.All.Select(node => Task.Run(() => FollowAsync(node, stoppingToken), stoppingToken)));

    private async Task FollowAsync(NodeInstance node, CancellationToken stop)
    {
        var key = participants.Single(participant => participant.Code == node.Code).Key;
        var push = new FilePush(node, key, hub, clock, logging.CreateLogger<FilePush>());
        using var wake = new SemaphoreSlim(0);
        void Wake()
        {
            if (wake.CurrentCount == 0)
            {
                wake.Release();
            }
        }

        node.Journal.Appended += Wake;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await PassAsync(node, push, stop);
                var left = (push.Next ?? DateTimeOffset.MaxValue) - clock.GetUtcNow();
                await wake.WaitAsync(left < Breath ? Breath : left > Poll ? Poll : left, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The orderly end.
        }
        finally
        {
            node.Journal.Appended -= Wake;
        }
    }

    private async Task PassAsync(NodeInstance node, FilePush push, CancellationToken stop)
    {
        try
        {
            await using (var db = node.Open())
            {
                await new AttachedFiles(node, db, limits, clock).SweepAsync(stop);
            }

            await push.RunOnceAsync(stop);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception) || exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(exception, node.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of {Cluster} wait: the database or the folder does not answer")]
    private partial void LogFailed(Exception exception, string cluster);
}
