using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Interclustering.Benchmarks.Figures;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Benchmarks.Federation;

/// <summary>How long one entry takes at 50 a second, through the federation and on the raw path.</summary>
internal sealed class CommitToVisible(LocalServers servers)
{
    private const int Entries = 400;
    private const int WarmUp = 150;
    private const int Rounds = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly Path federated = new("commit to visible (catalogue), hub sends its journal back");
    private readonly Path oneWay = new("commit to visible (catalogue), nothing sent back");
    private readonly Path six = new("commit to visible, six nodes in turn, the hub sends back to each");
    private readonly Path worst = new("the same, the slowest of the six");
    private readonly Path received = new("raw client, publish to received");
    private readonly Path written = new("raw client, publish to upserted and committed");

    private sealed record Path(string Name)
    {
        public Series Half { get; } = new($"{Name}, p50", "ms");

        public Series Nearly { get; } = new($"{Name}, p99", "ms");

        public void Add(IReadOnlyCollection<double> milliseconds)
        {
            Half.Add(Statistics.Percentile(milliseconds, 50));
            Nearly.Add(Statistics.Percentile(milliseconds, 99));
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await using var client = await RawClient.ConnectAsync(servers);
        await using var bare = await BareUpsert.OpenAsync(servers.Postgres);
        await RawAsync(client, bare, WarmUp, stop);
        for (var round = 0; round < Rounds; round++)
        {
            federated.Add(await FederatedAsync(returns: true, stop));
            oneWay.Add(await FederatedAsync(returns: false, stop));
            var ofSix = await OfSixAsync(stop);
            six.Add([.. ofSix.Select(wait => wait.Milliseconds)]);
            worst.Add([.. ofSix.GroupBy(wait => wait.Node).Select(node => node.Select(wait => wait.Milliseconds).ToList())
                .MaxBy(waits => Statistics.Percentile(waits, 99))!]);
            var (receipts, commits) = await RawAsync(client, bare, Entries, stop);
            received.Add(receipts);
            written.Add(commits);
        }

        Console.WriteLine(
            $"\nLatency: {Entries} events at 50 a second, each committed alone, {Rounds} interleaved rounds, median of their percentiles");
        foreach (var path in (Path[])[federated, oneWay, six, worst, received, written])
        {
            path.Half.Print();
            path.Nearly.Print();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  p99 visible less p99 received on the raw path: {federated.Nearly.Median - received.Nearly.Median:0.0} ms, less p99 "
                + $"upserted: {federated.Nearly.Median - written.Nearly.Median:0.0} ms (goal 25 ms)"));
        await WhereTimeGoesAsync(stop);
    }

    private async Task<List<double>> FederatedAsync(bool returns, CancellationToken stop)
    {
        await using var federation = await LocalFederation.StartAsync(servers, returns);
        await CarryAsync(federation, WarmUp, [LocalFederation.Node], stop);
        return [.. (await CarryAsync(federation, Entries, [LocalFederation.Node], stop)).Select(wait => wait.Milliseconds)];
    }

    private async Task<List<(string Node, double Milliseconds)>> OfSixAsync(CancellationToken stop)
    {
        await using var federation = await LocalFederation.StartAsync(servers, returns: true, LocalFederation.Nodes);
        await CarryAsync(federation, WarmUp, LocalFederation.Nodes, stop);
        return await CarryAsync(federation, Entries, LocalFederation.Nodes, stop);
    }

    /// <summary>One more round under observation, which counts for nothing else.</summary>
    private async Task WhereTimeGoesAsync(CancellationToken stop)
    {
        await using var federation = await LocalFederation.StartAsync(servers, returns: true);
        await CarryAsync(federation, WarmUp, [LocalFederation.Node], stop);
        using var statements = new Statements(federation.Databases);
        await CarryAsync(federation, Entries, [LocalFederation.Node], stop);
        statements.Print(
            "Statements of one more round at 50 a second, waiting time per entry; hub and node work at the same time", Entries);
    }

    /// <summary>How long each takes, with the node that published it: one after the other in turn.</summary>
    private static async Task<List<(string Node, double Milliseconds)>> CarryAsync(
        LocalFederation federation, int count, IReadOnlyList<string> nodes, CancellationToken stop)
    {
        var committed = new ConcurrentDictionary<string, (string Node, long At)>();
        var waits = new List<(string, double)>(count);
        var next = 0;
        var publishing = Task.Run(
            () => PacedAsync(
                Publications.Drafts(count),
                draft => PublishAsync(draft, nodes[next++ % nodes.Count]),
                stop),
            stop);

        Task PublishAsync(JournalDraft draft, string node)
        {
            var ofNode = draft with { Subject = Subjects.Mint(node) };
            return federation.CommitAsync([ofNode], () => committed[ofNode.Subject] = (node, Stopwatch.GetTimestamp()), node);
        }

        while (waits.Count < count)
        {
            await Task.Delay(1, stop);
            var items = federation.Catalogue.Current.Items;
            foreach (var (subject, (node, at)) in committed.Where(pair => items.ContainsKey(pair.Key)))
            {
                waits.Add((node, Stopwatch.GetElapsedTime(at).TotalMilliseconds));
                committed.TryRemove(subject, out _);
            }

            if (publishing.IsFaulted)
            {
                break;
            }
        }

        await publishing;
        return waits;
    }

    private static async Task<(List<double> Received, List<double> Committed)> RawAsync(
        RawClient client, BareUpsert bare, int count, CancellationToken stop)
    {
        var rows = Sealed(count);
        var published = new ConcurrentDictionary<int, long>();
        var (received, committed) = (new List<double>(count), new List<double>(count));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tag = await client.ConsumeAsync(
            async delivery =>
            {
                var index = received.Count;
                received.Add(Stopwatch.GetElapsedTime(published[index]).TotalMilliseconds);
                await bare.WriteAsync([rows[index].Row], stop);
                committed.Add(Stopwatch.GetElapsedTime(published[index]).TotalMilliseconds);
                await client.AcknowledgeAsync(delivery.DeliveryTag, stop);
                if (committed.Count == count)
                {
                    done.TrySetResult();
                }
            },
            stop);
        var next = 0;
        await PacedAsync(
            rows,
            async row =>
            {
                published[next++] = Stopwatch.GetTimestamp();
                await client.PublishAsync(row.Body, stop);
            },
            stop);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), stop);
        await client.CancelAsync(tag, stop);
        return (received, committed);
    }

    private static async Task PacedAsync<T>(IEnumerable<T> items, Func<T, Task> publish, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace);
        foreach (var item in items)
        {
            await timer.WaitForNextTickAsync(stop);
            await publish(item);
        }
    }

    private static List<(byte[] Body, PublicationRow Row)> Sealed(int count) => Publications.Drafts(count).ConvertAll(draft =>
    {
        var now = DateTime.UtcNow;
        return (Encoding.UTF8.GetBytes(draft.Data), new PublicationRow
        {
            Journal = LocalFederation.Node,
            Subject = draft.Subject,
            Cluster = LocalFederation.Node,
            Kind = draft.Kind,
            Revision = draft.Revision,
            Digest = EntryChain.Origin,
            Data = draft.Data,
            PublishedAt = now,
            RevisedAt = now,
            VisibleAt = now,
        });
    });
}
