using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Embedded;

/// <summary>
/// What a federation of 6, 20 and 100 clusters takes: hub and all nodes in one process on SQLite. Each node keeps all public
/// publications, so that disks grow by clusters times publications.
/// </summary>
internal static class Sizing
{
    private const int Publications = 500;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(45), Window = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(CancellationToken stop)
    {
        Console.WriteLine($"\nSizing: one process on SQLite; idle is measured {Settling.TotalSeconds:0} s after the start, for "
            + $"{Window.TotalSeconds:0} s; {Publications} events of one cluster are imported then, until all have them");
        Console.WriteLine("| clusters | start, s | idle, % of a core | memory, MB | after the import, MB | at all, s | bytes each: hub "
            + "| author | another node |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var clusters in (int[])[6, 20, 100])
        {
            await MeasureAsync(clusters, stop);
        }
    }

    private static async Task MeasureAsync(int clusters, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("interclustering-sizing-").FullName;
        try
        {
            var directory = WriteDirectory(data, clusters);
            await using var server = new ServerProcess(
                new Dictionary<string, string>
                {
                    ["Interclustering__Directory"] = directory,
                    ["Interclustering__Demonstration"] = "false",
                }, data);
            // What is in the log of a database is in the database after an orderly stop.
            await server.StartAsync();
            await server.TerminateAsync();
            var empty = Sizes(data);
            var watch = Stopwatch.StartNew();
            await server.StartAsync();
            var start = watch.Elapsed;
            using var process = Process.GetProcessById(server.Id);
            await Task.Delay(Settling, stop);
            var before = Footprint.Of(process);
            await Task.Delay(Window, stop);
            var idle = (Footprint.Of(process).Processor - before.Processor) / Window;
            var memory = Footprint.Memory(process).Resident;

            await ImportAsync(server);
            watch.Restart();
            var (exit, output) = await server.RunAsync("verify", "--wait", "600");
            if (exit != 0)
            {
                throw new InvalidOperationException(output);
            }

            var (spread, filled) = (watch.Elapsed, Footprint.Memory(process).Resident);
            await server.TerminateAsync();
            var full = Sizes(data);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {clusters} | {start.TotalSeconds:0.0} | {100 * idle:0.0} | {memory:0} | {filled:0} "
                + $"| {spread.TotalSeconds:0.0} | {Each("hub")} | {Each("c001")} | {Each("c002")} |"));

            long Each(string code) => (full[code] - empty[code]) / Publications;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Bytes of each database.</summary>
    private static Dictionary<string, long> Sizes(string data) => Directory.GetFiles(data, "*.db")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => new FileInfo(file).Length);

    private static string WriteDirectory(string data, int clusters)
    {
        var keys = Directory.CreateDirectory(Path.Combine(data, "keys")).FullName;
        var directory = new FederationDirectory
        {
            Hub = new DirectoryEntry
            {
                Code = FederationDirectory.HubCode,
                Name = "Interclustering",
                Keys = [KeyOf(FederationDirectory.HubCode)],
            },
            Clusters = [.. Enumerable.Range(1, clusters).Select(number => string.Create(CultureInfo.InvariantCulture, $"c{number:000}"))
                .Select(code => new Cluster
                {
                    Code = code,
                    Name = $"Cluster {code}",
                    Region = "Île-de-France",
                    Insee = "11",
                    Colour = new Colour("#205080", "#80b0e0"),
                    Keys = [KeyOf(code)],
                })],
        };
        var path = Path.Combine(data, "directory.json");
        File.WriteAllText(path, JsonSerializer.Serialize(directory, ContractJson.Options));
        return path;

        PublicKey KeyOf(string code)
        {
            using var key = SigningKey.OpenOrCreate(Path.Combine(keys, $"{code}.pem"));
            return key.Public;
        }
    }

    private static async Task ImportAsync(ServerProcess server)
    {
        var text = string.Join(' ', Enumerable.Repeat("Une matinée sur les entrepôts et le fret.", 12));
        var events = Enumerable.Range(1, Publications).Select(number => (JsonNode)new JsonObject
        {
            ["uid"] = $"sizing-{number}",
            ["title"] = new JsonObject { ["fr"] = $"Rencontre {number}" },
            ["description"] = new JsonObject { ["fr"] = text },
            ["timezone"] = "Europe/Paris",
            ["timings"] = new JsonArray(new JsonObject { ["begin"] = "2036-12-02T09:00:00+01:00", ["end"] = "2036-12-02T12:00:00+01:00" }),
            ["attendanceMode"] = 1,
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonObject { ["events"] = new JsonArray([.. events]) }.ToJsonString());
        var (exit, output) = await server.RunAsync("import", "--cluster", "c001", file);
        File.Delete(file);
        if (exit != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
