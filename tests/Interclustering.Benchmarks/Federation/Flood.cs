using System.Diagnostics;
using System.Globalization;
using Interclustering.Benchmarks.Figures;

namespace Interclustering.Benchmarks.Federation;

/// <summary>One cluster publishes a great many at once; how long another cluster's publications take meanwhile.</summary>
internal sealed class Flood(LocalServers servers)
{
    private const int Flooding = 20_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    public async Task RunAsync(CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Bound);
        await using var federation = await LocalFederation.StartAsync(
            servers, returns: true, LocalFederation.Node, LocalFederation.OtherNode);
        await WaitAsync(federation, bounded.Token);
        using var applied = new AppliedEntries(LocalFederation.Node, Flooding);
        await federation.CommitAsync(Publications.Drafts(Flooding), () => { });
        var waits = new List<double>();
        while (!applied.Reached.IsCompleted)
        {
            waits.Add((await WaitAsync(federation, bounded.Token)).TotalMilliseconds);
            await Task.Delay(Pace, bounded.Token);
        }

        Console.WriteLine($"\nFlood: one cluster publishes {Flooding} at once, another one after the other; the other's commit to visible");
        var (half, nearly) = (Statistics.Percentile(waits, 50), Statistics.Percentile(waits, 99));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {waits.Count} publications: p50 {half:0} ms, p99 {nearly:0} ms (goal 2,000 ms)"));
    }

    /// <summary>From the commit of one publication of the other cluster until a page would show it.</summary>
    private static async Task<TimeSpan> WaitAsync(LocalFederation federation, CancellationToken stop)
    {
        var committed = 0L;
        var rows = await federation.CommitAsync(
            Publications.Drafts(1, LocalFederation.OtherNode), () => committed = Stopwatch.GetTimestamp(), LocalFederation.OtherNode);
        while (!federation.Catalogue.Current.Items.ContainsKey(rows[0].Subject))
        {
            await Task.Delay(1, stop);
        }

        return Stopwatch.GetElapsedTime(committed);
    }
}
