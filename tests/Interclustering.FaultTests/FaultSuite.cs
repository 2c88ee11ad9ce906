using System.Globalization;
using Interclustering.Testing.Debian13;

namespace Interclustering.FaultTests;

/// <summary>
/// Counted faults on real servers. All rows in full size with <c>tests/run.sh --faults</c>; in the normal run a few rows in small, which
/// are the ones that each mutation must turn red.
/// </summary>
[Collection(FaultRun.OneAfterTheOther)]
public sealed class FaultSuite(FaultRun run) : IClassFixture<FaultRun>
{
    public static TheoryData<int> Rows => [.. FaultRow.All.Where(FaultRun.Includes).Select(row => row.Number)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Nothing_is_lost_doubled_or_forged(int number) => run.RunAsync(FaultRow.All.Single(row => row.Number == number));
}

/// <summary>The same on the versions that docker-compose.yml names.</summary>
[Collection(FaultRun.OneAfterTheOther)]
public sealed class FaultSuiteOnDebian13(FaultRunOnDebian13 run) : IClassFixture<FaultRunOnDebian13>
{
    public static TheoryData<int> Rows => FaultSuite.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Nothing_is_lost_doubled_or_forged(int number) => run.OrSkip.RunAsync(FaultRow.All.Single(row => row.Number == number));
}

/// <summary>A run on the servers of Debian 13.</summary>
public sealed class FaultRunOnDebian13() : OnDebian13<FaultRun>(root => new FaultRun { Root = root });

/// <summary>One kind of fault.</summary>
/// <param name="Number">As in docs/faults.md.</param>
/// <param name="Name">What is done.</param>
/// <param name="InShort">Whether the normal run does it in small.</param>
/// <param name="Run">Does it; what was counted.</param>
public sealed record FaultRow(int Number, string Name, bool InShort, Func<FederationUnderFault, FaultSize, Task<Counted>> Run)
{
    /// <summary>The rows that notice when a check is switched off.</summary>
    public bool NoticesMutations => Number is 7 or 8 or 18;

    public static IReadOnlyList<FaultRow> All { get; } =
    [
        new(1, "baseline", true, Crashes.BaselineAsync),
        new(2, "hub killed under load and at fixed points", true, Crashes.KillHubAsync),
        new(3, "nodes killed between commit, publish, confirm, and receipt", true, Crashes.KillNodesAsync),
        new(4, "broker killed", false, Crashes.KillBrokerAsync),
        new(5, "PostgreSQL killed", false, Crashes.KillPostgresAsync),
        new(6, "network cut, half-open, confirms lost", false, Crashes.CutNetworkAsync),
        new(7, "delivered three times in shuffled orders", true, Hostility.ShuffleAsync),
        new(8, "hostile messages among good ones", true, Hostility.ForgeAsync),
        new(9, "clocks ± 24 h", false, Surroundings.ClocksAsync),
        new(10, "broker memory and disk alarms, SQLite full, PostgreSQL volume full", false, Surroundings.FullAsync),
        new(11, "journal restored, then written to", true, Losses.RestoreNodesAsync),
        new(12, "hub restored", false, Losses.RestoreHubAsync),
        new(13, "two processes with one identity", false, Losses.CloneAsync),
        new(14, "old and new schema, both ways", false, Hostility.SchemasAsync),
        new(15, "hub database dropped", true, Losses.DropHubAsync),
        new(16, "concurrent writers, delays, rollbacks", true, Surroundings.WritersAsync),
        new(17, "broker user deleted, back after 10 s", false, Surroundings.UserDeletedAsync),
        new(18, "hub's queue deleted, and a lost last entry", false, Surroundings.QueueDeletedAsync),
        new(19, "a flood of entries by one cluster", false, Floods.PublishAsync),
        new(20, "one's own journal asked back without end", false, Floods.AskBackAsync),
        new(21, "waiting messages given to readers that die, beyond the delivery limit", true, Deliveries.DieAsync),
    ];
}

/// <summary>How much of a fault: the numbers of the full suite, or a few in the normal run.</summary>
public sealed record FaultSize(bool Full)
{
    // One seed: a run can be repeated, as far as the machine's own timing can.
    public Random Random { get; } = new(20261123);

    public int Of(int full, int small) => Full ? full : small;
}

/// <summary>What a row did.</summary>
/// <param name="Faults">How many.</param>
/// <param name="Counting">What else was counted, in words.</param>
/// <param name="Seconds">From the last fault to agreement; the longest where there were several rounds.</param>
/// <param name="Own">What the row itself found, where it does not use the federation's databases.</param>
public sealed record Counted(int Faults, string Counting, double Seconds, Findings? Own = null);

/// <summary>One federation for all rows, and the table of what they counted.</summary>
public sealed class FaultRun : IAsyncLifetime
{
    /// <summary>Suites side by side take each other's time, and agreement has a limit in time.</summary>
    public const string OneAfterTheOther = "faults";

    private static readonly string[] AllNodes = ["euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"];
    private readonly List<string> table = [];
    private FederationUnderFault? federation;

    /// <summary>"all", numbers of rows in full size, or "mutation"; in the normal run nothing.</summary>
    private static string Asked => Environment.GetEnvironmentVariable("INTERCLUSTERING_FAULTS") ?? "";

    /// <summary>The folder of the Debian that the servers are from; empty for this machine's own.</summary>
    public string Root { get; init; } = "";

    public static bool IsFull => Asked is not ("" or "mutation");

    public static bool Includes(FaultRow row) => Asked switch
    {
        "" => row.InShort,
        "mutation" => row.NoticesMutations,
        "all" => true,
        var numbers => numbers.Split(' ').Contains(row.Number.ToString(CultureInfo.InvariantCulture)),
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task RunAsync(FaultRow row)
    {
        federation ??= await StartAsync();
        var before = federation.Published;
        try
        {
            var counted = await row.Run(federation, new FaultSize(IsFull));
            var findings = counted.Own ?? await federation.InspectAsync();
            var line = string.Create(CultureInfo.InvariantCulture,
                $"| {row.Number} | {row.Name}{(counted.Counting.Length == 0 ? "" : $": {counted.Counting}")} | {counted.Faults} | "
                    + $"{federation.Published - before} | {findings.Lost} | {findings.Duplicated} | {findings.Forged} | "
                    + $"{counted.Seconds:0.0} |");
            table.Add(line);
            TestContext.Current.TestOutputHelper?.WriteLine(line);
            Assert.Equal(new Findings(0, 0, 0), findings);
        }
        catch
        {
            // What a red row leaves behind is not the next one's: it begins with a federation of its own.
            await federation.DisposeAsync();
            federation = null;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (federation is not null)
        {
            await federation.DisposeAsync();
        }

        if (Environment.GetEnvironmentVariable("INTERCLUSTERING_FAULT_TABLE") is { } path)
        {
            await File.WriteAllLinesAsync(path, table);
        }
    }

    private async Task<FederationUnderFault> StartAsync()
    {
        var started = new FederationUnderFault(IsFull ? AllNodes : ["bsc", "tenlog"], Root);
        try
        {
            await started.StartAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }
}
