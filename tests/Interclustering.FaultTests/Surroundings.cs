using System.Diagnostics;
using System.Text.Json;
using Interclustering.Federation.Journals;
using Interclustering.Node;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.FaultTests;

/// <summary>Rows 9, 10, 16, 17, and 18: clocks, alarms, full disks, accounts, and queues.</summary>
internal static class Surroundings
{
    private const string Hub = FederationUnderFault.Hub;
    private const string Vhost = "interclustering";
    private const int BatchSize = 20;

    private static string FakeTime => Directory.GetDirectories("/usr/lib", "*-linux-gnu")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).First(File.Exists);

    public static async Task<Counted> ClocksAsync(FederationUnderFault federation, FaultSize size)
    {
        foreach (var (code, clock) in (IEnumerable<(string, string)>)[("bsc", "+24h"), ("tenlog", "-24h")])
        {
            federation.EnvironmentOf(code)["FAKETIME"] = clock;
            federation.EnvironmentOf(code)["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            await Crashes.RestartAsync(federation, code, "LD_PRELOAD", FakeTime);
        }

        foreach (var code in federation.Nodes)
        {
            await federation.PublishAsync(code, 200);
        }

        var seconds = await federation.ConvergeAsync();
        foreach (var code in (string[])["bsc", "tenlog"])
        {
            federation.EnvironmentOf(code).Remove("FAKETIME");
            federation.EnvironmentOf(code).Remove("FAKETIME_DONT_FAKE_MONOTONIC");
            await Crashes.RestartAsync(federation, code, "LD_PRELOAD", null);
        }

        return new Counted(2, "", seconds);
    }

    public static async Task<Counted> FullAsync(FederationUnderFault federation, FaultSize size)
    {
        var longest = 0.0;
        foreach (var (raise, lower) in (IEnumerable<(string[], string[])>)
        [
            (["set_vm_memory_high_watermark", "0.000001"], ["set_vm_memory_high_watermark", "0.4"]),
            (["set_disk_free_limit", "9000GB"], ["set_disk_free_limit", "50MB"]),
        ])
        {
            await federation.Broker.ControlAsync(raise);
            foreach (var code in federation.Nodes)
            {
                await federation.PublishAsync(code, 100);
            }

            await FederationUnderFault.UntilAsync("a server says that it can't send", async () =>
            {
                using var ready = await federation["bsc"].Http.GetAsync("/healthz/ready");
                return !ready.IsSuccessStatusCode && (await ready.Content.ReadAsStringAsync())
                    .Contains("\"sending\"", StringComparison.Ordinal);
            });
            await federation.Broker.ControlAsync(lower);
            longest = Math.Max(longest, await SupervisedAsync(federation));
        }

        longest = Math.Max(longest, await FullVolumeAsync(federation));
        longest = Math.Max(longest, await FullSqliteAsync());
        return new Counted(4, "the volume of one node's database, and the volume of hub and six nodes in one process", longest);
    }

    public static async Task<Counted> WritersAsync(FederationUnderFault federation, FaultSize size)
    {
        var connection = await federation.Postgres.CreateDatabaseAsync();
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connection).Options;
        var journal = new Journal("bsc", TimeProvider.System);
        await using (var db = new PostgresNodeContext(options))
        {
            await db.Database.MigrateAsync();
            await journal.OpenAsync(db, CancellationToken.None);
        }

        var (rolledBack, late, written) = (0, 0, size.Of(32, 8) * size.Of(200, 25));
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            // What a relay would take for all there is: nothing may appear below it later.
            var (seen, counted) = (0L, 0L);
            while (!done.IsCancellationRequested)
            {
                await using var db = new PostgresNodeContext(options);
                var sequences = await db.Journal.Where(row => row.Sequence > seen).OrderBy(row => row.Sequence).Select(row => row.Sequence)
                    .ToListAsync();
                counted += sequences.Count;
                seen = sequences.Count == 0 ? seen : sequences[^1];
                late += counted == seen ? 0 : 1;
            }
        });
        var seeds = Enumerable.Range(0, size.Of(32, 8)).Select(_ => size.Random.Next()).ToList();
        await Task.WhenAll(seeds.Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var number = 0; number < size.Of(200, 25);)
            {
                await using var db = new PostgresNodeContext(options);
                await using var transaction = await db.Database.BeginTransactionAsync();
                await journal.AppendAsync(db, [FederationUnderFault.Draft("bsc", $"{seed} {number}")], CancellationToken.None);
                await Task.Delay(random.Next(3));
                if (random.Next(10) == 0)
                {
                    Interlocked.Increment(ref rolledBack);
                    await transaction.RollbackAsync();
                    continue;
                }

                await transaction.CommitAsync();
                number++;
            }
        })));
        await done.CancelAsync();
        await reader;
        await using var check = new PostgresNodeContext(options);
        var all = await check.Journal.OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync();
        Assert.Equal(0, late);
        Assert.Equal(Enumerable.Range(1, written).Select(number => (long)number), all);
        return new Counted(rolledBack, $"{written} entries by {seeds.Count} writers, dense, none late", 0,
            new Findings(written - all.Count, all.Count - all.Distinct().Count(), 0));
    }

    public static async Task<Counted> UserDeletedAsync(FederationUnderFault federation, FaultSize size)
    {
        await federation.Broker.ControlAsync("delete_user", "bsc");
        await federation.PublishAsync("bsc", 200);
        await Task.Delay(TimeSpan.FromSeconds(10));
        await federation.Broker.SetUpAsync();
        return new Counted(1, "", await SupervisedAsync(federation));
    }

    public static async Task<Counted> QueueDeletedAsync(FederationUnderFault federation, FaultSize size)
    {
        var pending = size.Of(1000, 100);
        await federation[Hub].TerminateAsync();
        foreach (var code in federation.Nodes)
        {
            await federation.PublishAsync(code, 1 + (pending / federation.Nodes.Count));
        }

        await PendingAsync(federation);
        await federation.Broker.ControlAsync("delete_queue", "-p", Vhost, "ic.cmd.hub");
        await federation.Broker.SetUpAsync();
        await federation[Hub].StartAsync();
        var longest = await SupervisedAsync(federation);
        // The last entry alone: it leaves no gap, only a heartbeat tells of it.
        await federation[Hub].TerminateAsync();
        await federation.PublishAsync("bsc", 1);
        await PendingAsync(federation);
        await federation.Broker.ControlAsync("purge_queue", "-p", Vhost, "ic.cmd.hub");
        await federation[Hub].StartAsync();
        longest = Math.Max(longest, await SupervisedAsync(federation));
        return new Counted(2, $"{pending} pending", longest);
    }

    /// <summary>Converges as under a container engine, which starts again what ended with another code than 0.</summary>
    public static async Task<double> SupervisedAsync(FederationUnderFault federation)
    {
        var watch = Stopwatch.StartNew();
        var converging = federation.ConvergeAsync();
        while (!converging.IsCompleted)
        {
            foreach (var code in federation.Nodes.Append(Hub).Where(code => federation[code].HasExited))
            {
                federation[code].Launch();
            }

            await Task.WhenAny(converging, Task.Delay(500));
        }

        await converging;
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Waits until the nodes have sent: their messages lie in the hub's queue.</summary>
    private static Task PendingAsync(FederationUnderFault federation) =>
        FederationUnderFault.UntilAsync("the hub's queue holds messages", async () => await federation.Broker.CountAsync("ic.cmd.hub") > 0);

    /// <summary>Moves one node's tables to a small volume of their own, fills it, and makes room again.</summary>
    private static async Task<double> FullVolumeAsync(FederationUnderFault federation)
    {
        const string Code = "tenlog";
        await using var volume = await federation.Postgres.MountAsync(256);
        await federation[Code].TerminateAsync();
        await federation.Postgres.MoveToAsync(federation.ConnectionOf(Code), volume.Path);
        await federation[Code].StartAsync();
        await federation.PublishAsync(Code, 20);
        await federation.ConvergeAsync();
        volume.Fill();
        await federation.PublishAsync("bsc", 300);
        await FederationUnderFault.UntilAsync("the node's database is full", async () =>
        {
            try
            {
                await federation.PublishAsync(Code, 200);
                return false;
            }
            catch (Exception exception) when (exception is DbUpdateException or Npgsql.PostgresException { SqlState: "53100" })
            {
                return true;
            }
        });
        volume.Free();
        var seconds = await SupervisedAsync(federation);
        await federation[Code].TerminateAsync();
        await federation.Postgres.MoveBackAsync(federation.ConnectionOf(Code));
        await federation[Code].StartAsync();
        return seconds;
    }

    /// <summary>
    /// Fills the volume on which everything of an embedded server lies, and makes room again: what was said to be published is visible.
    /// </summary>
    private static async Task<double> FullSqliteAsync()
    {
        await using var volume = await SmallVolume.MountAsync(96, "root", null);
        await using var server = new ServerProcess(
            new Dictionary<string, string>
            {
                ["Interclustering__Demonstration"] = "false",
                ["Interclustering__Health__LeastFreeMebibytes"] = "1",
            },
            Path.Combine(volume.Path, "data"));
        await server.StartAsync();
        Assert.Equal(0, (await ImportAsync(server, 0)).ExitCode);
        volume.Fill();
        var (number, exit, output) = (0, 0, "");
        while (exit == 0 && number < 50)
        {
            (exit, output) = await ImportAsync(server, ++number);
        }

        Assert.True(exit == 1 && output.Contains("full", StringComparison.Ordinal)
            && !output.Contains("   at ", StringComparison.Ordinal), output);
        volume.Free();
        var watch = Stopwatch.StartNew();
        if (server.HasExited)
        {
            await server.StartAsync();
        }

        Assert.Equal(0, (await ImportAsync(server, number)).ExitCode);
        (exit, output) = await server.RunAsync("verify", "--wait", "180");
        Assert.True(exit == 0, output);
        var agenda = await server.Http.GetStringAsync("/agenda.ics?from=2027-01-01&to=2027-01-31");
        Assert.Equal((number + 1) * BatchSize, agenda.Split("BEGIN:VEVENT").Length - 1);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(int ExitCode, string Output)> ImportAsync(ServerProcess server, int batch)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            events = Enumerable.Range(0, BatchSize).Select(number => new
            {
                uid = $"{batch}-{number}",
                title = new { fr = $"Rencontre {batch}-{number}" },
                timezone = "Europe/Paris",
                attendanceMode = 1,
                timings = new[] { new { begin = "2027-01-12T09:00:00+01:00", end = "2027-01-12T12:00:00+01:00" } },
            }),
        }));
        var result = await server.RunAsync("import", "--cluster", "tenlog", file);
        File.Delete(file);
        return result;
    }
}
