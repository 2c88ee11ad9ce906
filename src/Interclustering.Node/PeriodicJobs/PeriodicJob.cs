using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.PeriodicJobs;

/// <summary>
/// Does something for each hosted node: at the start, and then after every pause. A node for which it fails, or takes long, keeps no other
/// waiting.
/// </summary>
/// <param name="nodes">The hosted ones.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="pause">Between two rounds, where something was committed to the node's database meanwhile.</param>
/// <param name="logger">Told what fails.</param>
/// <param name="quiet">Between two rounds where nothing was; as long as <paramref name="pause"/> if null.</param>
public abstract partial class PeriodicJob(Nodes nodes, TimeProvider clock, TimeSpan pause, ILogger logger, TimeSpan? quiet = null)
    : SteadyService(clock, logger)
{
    private readonly ILogger log = logger;

    protected sealed override Task WorkAsync(CancellationToken stop) => Task.WhenAll(nodes.All.Select(node => RepeatAsync(node, stop)));

    private async Task RepeatAsync(NodeInstance node, CancellationToken stop)
    {
        var committed = new WakeSignal();
        node.Journal.Appended += committed.Raise;
        try
        {
            while (true)
            {
                await TryAsync(node, stop);
                await Task.Delay(pause, Clock, stop);
                if (quiet - pause is { } left)
                {
                    await committed.WaitAsync(left, Clock, stop);
                }
            }
        }
        finally
        {
            node.Journal.Appended -= committed.Raise;
        }
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
