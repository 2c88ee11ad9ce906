using System.Diagnostics;
using System.Text;
using Interclustering.Benchmarks.Alternatives;
using Interclustering.Benchmarks.Figures;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Npgsql;

namespace Interclustering.Benchmarks.Federation;

/// <summary>How many entries a second become visible, against the raw client and a bare upsert of the same entries.</summary>
internal sealed class Throughput(LocalServers servers)
{
    private const int Entries = 20_000;
    private const int Some = 2_000;
    private const int Rounds = 3;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly Series visible = new("commit to visible (catalogue), hub sends its journal back", "entries/s");
    private readonly Series applied = new("commit to applied (committed in Publications), hub sends back", "entries/s");
    private readonly Series oneWay = new("commit to visible (catalogue), nothing sent back", "entries/s");
    private readonly Series raw = new("raw RabbitMQ.Client, publish to consumed, one entry per message", "entries/s");
    private readonly Series upsert = new("bare unnest upsert into Publications, 500 rows a transaction", "entries/s");
    private readonly Series efOutbox = new("EF outbox, MassTransit batches, EF SaveChanges; commit to committed", "entries/s");
    private readonly Series rebus = new("Rebus with its PostgreSQL outbox, EF SaveChanges; commit to committed", "entries/s");
    private readonly Series processor = new("processor time of hub and node per entry, until visible", "µs");

    public async Task RunAsync(CancellationToken stop)
    {
        // The first round warms up everything, and counts for nothing.
        var rows = await RoundAsync(null, stop);
        for (var round = 0; round < Rounds; round++)
        {
            rows = await RoundAsync(this, stop);
        }

        Console.WriteLine($"\nFederation: {Entries} events committed in one transaction, {Rounds} interleaved rounds, median");
        foreach (var series in (Series[])[visible, applied, oneWay, raw, upsert, efOutbox, rebus, processor])
        {
            series.Print();
        }

        visible.PrintRatio("visible / raw client", raw, "goal 1");
        visible.PrintRatio("visible / bare upsert", upsert, "goal 0.5");
        visible.PrintRatio("visible / EF outbox and MassTransit", efOutbox, "goal 3");
        visible.PrintRatio("visible / Rebus with its outbox", rebus, "goal 3");
        oneWay.PrintRatio("visible, nothing sent back / raw client", raw);
        oneWay.PrintRatio("visible, nothing sent back / bare upsert", upsert);
        EntryCosts.Run("event", rows);
        await WhereTimeGoesAsync(stop);
    }

    private async Task<IReadOnlyList<JournalRow>> RoundAsync(Throughput? figures, CancellationToken stop)
    {
        var rows = await CarryAsync(returns: true, figures?.visible, figures?.applied, figures?.processor, stop);
        await CarryAsync(returns: false, figures?.oneWay, null, null, stop);
        await using var client = await RawClient.ConnectAsync(servers);
        var carried = await client.RunAsync([.. rows.Select(row => Encoding.UTF8.GetBytes(row.Text))], stop);
        await using var bare = await BareUpsert.OpenAsync(servers.Postgres);
        var publications = rows.Select(row =>
            FoldedState.RowOf(EntryChain.Read(row.Text), LocalFederation.Node, row.Sequence, row.Time)).ToList();
        var written = await bare.RunAsync(publications, stop);
        await AlternativesAsync(rows, figures, stop);
        figures?.raw.Add(Entries / carried.TotalSeconds);
        figures?.upsert.Add(Entries / written.TotalSeconds);
        return rows;
    }

    private async Task AlternativesAsync(IReadOnlyList<JournalRow> rows, Throughput? figures, CancellationToken stop)
    {
        var changes = rows.Select(row => new PublicationChanged(
            row.Subject, Kinds.KindOf(row.Type), row.Revision, EntryChain.Read(row.Text).Data!.Value.GetRawText())).ToList();
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(2 * Bound);
        await using (var ef = await EfOutbox.StartAsync(servers))
        {
            figures?.efOutbox.Add(Entries / (await ef.RunAsync(changes, bounded.Token)).TotalSeconds);
        }

        // Connections of the federation that has ended are still pooled.
        NpgsqlConnection.ClearAllPools();
        await using var other = await RebusOutbox.StartAsync(servers);
        var some = changes.Take(Some).ToList();
        figures?.rebus.Add(some.Count / (await other.RunAsync(some, bounded.Token)).TotalSeconds);
    }

    /// <summary>One more round under observation, which counts for nothing else.</summary>
    private async Task WhereTimeGoesAsync(CancellationToken stop)
    {
        await using var federation = await LocalFederation.StartAsync(servers, returns: true);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Bound);
        Statements? statements = null;
        await federation.CommitAsync(Publications.Drafts(Entries), () => statements = new Statements(federation.Databases));
        await federation.UntilVisibleAsync(Entries, bounded.Token);
        statements!.Dispose();
        EntryCosts.Run("accepted", await federation.HubJournalAsync(1000));
        statements.Print("Statements of one more round, waiting time per entry; hub and node work at the same time", Entries);
    }

    private async Task<IReadOnlyList<JournalRow>> CarryAsync(
        bool returns, Series? visibleRate, Series? appliedRate, Series? perEntry, CancellationToken stop)
    {
        await using var federation = await LocalFederation.StartAsync(servers, returns);
        using var applied = new AppliedEntries(LocalFederation.Node, Entries);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Bound);
        var (committed, used) = (0L, TimeSpan.Zero);
        var rows = await federation.CommitAsync(Publications.Drafts(Entries), () =>
        {
            committed = Stopwatch.GetTimestamp();
            used = Environment.CpuUsage.TotalTime;
        });
        await federation.UntilVisibleAsync(Entries, bounded.Token);
        visibleRate?.Add(Entries / Stopwatch.GetElapsedTime(committed).TotalSeconds);
        perEntry?.Add((Environment.CpuUsage.TotalTime - used).TotalMicroseconds / Entries);
        appliedRate?.Add(Entries / Stopwatch.GetElapsedTime(committed, await applied.Reached.WaitAsync(bounded.Token)).TotalSeconds);
        return rows;
    }
}
