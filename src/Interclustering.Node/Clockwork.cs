using Microsoft.Extensions.Hosting;

namespace Interclustering.Node;

/// <summary>Does something for each hosted node: at the start, and then after every pause. A node for which it takes long keeps no other
/// one waiting.</summary>
public abstract class Clockwork(Nodes nodes, TimeProvider clock, TimeSpan pause) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(nodes.All.Select(node => RepeatAsync(node, stoppingToken)));

    private async Task RepeatAsync(NodeInstance node, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, Clock);
        do
        {
            await RunAsync(node, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>For one node. A database that is away is not an end: the next round does what this one could not.</summary>
    protected internal abstract Task RunAsync(NodeInstance node, CancellationToken cancellation);
}
