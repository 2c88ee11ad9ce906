using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.PeriodicJobs;

/// <summary>
/// Does something for each hosted node: at the start, and then after every pause. A node for which it fails, or takes long, keeps no other
/// waiting.
/// </summary>
public abstract partial class PeriodicJob(Nodes nodes, TimeProvider clock, TimeSpan pause, ILogger logger) : SteadyService(clock, logger)
{
    private readonly ILogger log = logger;

    protected sealed override Task WorkAsync(CancellationToken stop) => Task.WhenAll(nodes.All.Select(node => RepeatAsync(node, stop)));

    private async Task RepeatAsync(NodeInstance node, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(pause, Clock);
        do
        {
            await TryAsync(node, stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>For one node, each item by itself. Whatever fails is done by a later round.</summary>
    protected internal abstract Task RunAsync(NodeInstance node, CancellationToken cancellation);

    private async Task TryAsync(NodeInstance node, CancellationToken stop)
    {
        try
        {
            await RunAsync(node, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            LogFailed(exception, GetType().Name, node.Code, pause);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service} could not go through what {Code} has; it does again in {Pause}")]
    private partial void LogFailed(Exception exception, string service, string code, TimeSpan pause);
}
