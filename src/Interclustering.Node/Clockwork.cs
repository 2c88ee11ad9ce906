using Microsoft.Extensions.Hosting;

namespace Interclustering.Node;

/// <summary>Does something for each hosted node in turn: at the start, and then after every pause.</summary>
public abstract class Clockwork(Nodes nodes, TimeProvider clock, TimeSpan pause) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, Clock);
        do
        {
            foreach (var node in nodes.All)
            {
                await RunAsync(node, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>For one node. A database that is away is not an end: the next round does what this one could not.</summary>
    protected internal abstract Task RunAsync(NodeInstance node, CancellationToken cancellation);
}
