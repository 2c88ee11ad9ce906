using System.Diagnostics;
using System.Globalization;
using Interclustering.Benchmarks.Figures;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Npgsql;
using NpgsqlTypes;

namespace Interclustering.Benchmarks.Federation;

/// <summary>
/// An empty hub takes in all that a node has published, and then the same again; against PostgreSQL alone: <c>COPY</c> of the same
/// publications, and one upsert of them.
/// </summary>
internal sealed class Rebuild(LocalServers servers)
{
    private const int Publications = 100_000;
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(8);

    public async Task RunAsync(CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Bound);
        await using var federation = await LocalFederation.StartNodeAloneAsync(servers);
        for (var done = 0; done < Publications; done += AtOnce)
        {
            await federation.CommitAsync(Benchmarks.Publications.Drafts(AtOnce), () => { });
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = Process.GetCurrentProcess().WorkingSet64;
        using var applied = new AppliedEntries(LocalFederation.Node, Publications);
        var watch = Stopwatch.StartNew();
        await federation.StartHubAsync(servers, returns: false);
        await applied.Reached.WaitAsync(bounded.Token);
        var rebuilt = watch.Elapsed;
        var after = Process.GetCurrentProcess().WorkingSet64;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        await federation.UntilVisibleAsync(Publications, bounded.Token);
        var visible = watch.Elapsed;

        watch.Restart();
        await federation.ReplayAsync(bounded.Token);
        // It is sent behind what is sent again, so all of that has been taken once it is there.
        await federation.CommitAsync(Benchmarks.Publications.Drafts(1), () => { });
        await federation.UntilVisibleAsync(Publications + 1, bounded.Token);
        var replayed = watch.Elapsed;

        var copied = await CopyAsync(await federation.JournaledAsync(Publications, bounded.Token), bounded.Token);
        Console.WriteLine($"\nRebuild of a hub from {Publications} publications over the bus, one round");
        Print("until all are committed at the hub", rebuilt, Publications);
        Print("until all are visible", visible, Publications);
        Print("the same again, all known", replayed, Publications);
        Print("PostgreSQL alone: COPY, and one upsert", copied, Publications);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"rebuild / COPY and upsert",-74} {copied / rebuilt,10:0.000} ×"
            + $"          goal 0.5"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"replay of what is known / rebuild",-74} "
            + $"{rebuilt / replayed,10:0.000} ×          goal 10"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  working set of node and hub in one process: {before / 1e6:0} MB before, {after / 1e6:0} MB after, "
                + $"{peak / 1e6:0} MB at most"));
    }

    private static void Print(string name, TimeSpan time, int entries) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {name,-74} {entries / time.TotalSeconds,10:#,0} entries/s  {time.TotalSeconds:0.0} s"));

    private async Task<TimeSpan> CopyAsync(IReadOnlyList<JournalRow> rows, CancellationToken stop)
    {
        await using var bare = await BareUpsert.OpenAsync(servers.Postgres);
        var publications = rows.Select(row =>
            FoldedState.RowOf(EntryChain.Read(row.Text), LocalFederation.Node, row.Sequence, row.Time)).ToList();
        return await bare.CopyAsync(publications, stop);
    }
}
