using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Node;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>
/// One process without federation; then each of its participants goes on alone, with its journal, as docs/operations.md says.
/// </summary>
public sealed class ClusterMovesOut(LocalBroker broker) : IClassFixture<LocalBroker>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-moves-").FullName;

    private Dictionary<string, string> ofHub = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_cluster_leaves_one_process_and_its_journal_goes_on()
    {
        var archive = Path.Combine(folder, "all.tar.gz");
        var settings = Settings("hub,bsc,tenlog");
        await using var one = new ServerProcess(settings);
        settings["Interclustering__Directory"] = await WriteDirectoryAsync(one);
        await one.StartAsync();
        await PublishAsync(one, "bsc", one, "Avant le départ");
        await PublishAsync(one, "tenlog", one, "Chez tenlog");
        Assert.Equal(0, await one.TerminateAsync());
        var (saved, words) = await one.RunAsync("backup", archive);
        Assert.True(saved == 0, words);

        // On a broker each participant is a process with a user of its own: each that stays takes its part of the one archive.
        await using var hub = await RestoreAsync("hub", archive, settings);
        await using var tenlog = await RestoreAsync("tenlog", archive, settings);
        // The cluster that goes is handed an archive of its own: the first one has the keys of all.
        var own = Path.Combine(folder, "bsc.tar.gz");
        await using (var here = await RestoreAsync("bsc", archive, settings))
        {
            var (made, said) = await here.RunAsync("backup", own);
            Assert.True(made == 0, said);
        }

        await using var node = await RestoreAsync("bsc", own, settings);
        Assert.Equal(["bsc.pem"], Directory.GetFiles(Path.Combine(node.Data, "keys")).Select(path => Path.GetFileName(path)));
        var before = await JournalAsync(node);
        await hub.StartAsync();
        await tenlog.StartAsync();
        await node.StartAsync();

        // What is published next is the next of the same journal.
        await PublishAsync(node, "bsc", hub, "Après le départ");
        var after = await JournalAsync(node);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(before[^1] + 1, after[before.Count]);
        ofHub["Interclustering__Addresses__bsc"] = node.Http.BaseAddress!.ToString();
        ofHub["Interclustering__Addresses__tenlog"] = tenlog.Http.BaseAddress!.ToString();
        var (exit, output) = await hub.RunAsync("verify", "--wait", "60");
        Assert.True(exit == 0, output);
    }

    private static Dictionary<string, string> Settings(string roles) => new()
    {
        ["Interclustering__Roles"] = roles,
        ["Interclustering__Demonstration"] = "false",
    };

    private async Task<ServerProcess> RestoreAsync(string code, string archive, Dictionary<string, string> one)
    {
        var settings = new Dictionary<string, string>(one)
        {
            ["Interclustering__Roles"] = code,
            ["Interclustering__Bus__Transport"] = "rabbitmq",
            ["Interclustering__Bus__Host"] = "127.0.0.1",
            ["Interclustering__Bus__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["Interclustering__Bus__Password"] = LocalBroker.Password,
        };
        ofHub = code == "hub" ? settings : ofHub;
        var server = new ServerProcess(settings);
        var (exit, output) = await server.RunAsync("restore", archive);
        Assert.True(exit == 0, output);
        return server;
    }

    /// <summary>With the keys of all, before the first start: those who move out later are known then.</summary>
    private async Task<string> WriteDirectoryAsync(ServerProcess one)
    {
        var entries = new List<JsonNode>();
        foreach (var code in (string[])["hub", "bsc", "tenlog"])
        {
            var (exit, output) = await one.RunAsync("keys", "create", "--cluster", code);
            Assert.True(exit == 0, output);
            entries.Add(JsonNode.Parse(output)!);
        }

        var path = Path.Combine(folder, "directory.json");
        await File.WriteAllTextAsync(path,
            new JsonObject { ["hub"] = entries[0], ["clusters"] = new JsonArray(entries[1], entries[2]) }.ToJsonString(), Cancellation);
        return path;
    }

    private async Task PublishAsync(ServerProcess node, string code, ServerProcess hub, string title)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["events"] = new JsonArray(new JsonObject
            {
                ["uid"] = title,
                ["title"] = new JsonObject { ["fr"] = title },
                ["timezone"] = "Europe/Paris",
                ["timings"] = new JsonArray(
                    new JsonObject { ["begin"] = "2036-12-02T09:00:00+01:00", ["end"] = "2036-12-02T12:00:00+01:00" }),
                ["attendanceMode"] = 1,
            }),
        }.ToJsonString(), Cancellation);
        var (exit, output) = await node.RunAsync("import", "--cluster", code, file);
        Assert.True(exit == 0, output);
        var last = "";
        await Until.TrueAsync(
            async () => (last = await hub.Http.GetStringAsync($"/api/v1/publications?cluster={code}", Cancellation))
                .Contains(JsonEncodedText.Encode(title).ToString(), StringComparison.OrdinalIgnoreCase)
                || last.Contains(title, StringComparison.Ordinal),
            () => Task.FromResult($"the hub shows « {title} », not {last}"));
    }

    private static async Task<List<long>> JournalAsync(ServerProcess node)
    {
        await using var db = new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>()
            .UseSqlite($"Data Source={Path.Combine(node.Data, "bsc.db")};Mode=ReadOnly;Pooling=False").Options);
        return await db.Journal.OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync(Cancellation);
    }
}
