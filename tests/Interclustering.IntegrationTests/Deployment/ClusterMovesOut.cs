using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Node;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>One process without federation; then a cluster leaves it with its journal, as docs/operations.md has it.</summary>
public sealed class ClusterMovesOut(LocalBroker broker) : IClassFixture<LocalBroker>, IDisposable
{
    private const string Journal = "ic\\.journal";
    private readonly string folder = Directory.CreateTempSubdirectory("ic-moves-").FullName;

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

        // The process that stays has one user with the rights of all that it hosts.
        await broker.ControlAsync("add_user", "rest", LocalBroker.Password);
        await broker.ControlAsync("set_permissions", "-p", "interclustering", "rest", @"^ic\.cmd\.(hub|tenlog)$",
            $@"^({Journal}|ic\.cmd\.(hub|tenlog))$", @"^ic\.cmd\.(hub|tenlog)$");
        await broker.ControlAsync("set_topic_permissions", "-p", "interclustering", "rest", "ic.journal",
            @"^(hub\.[a-z0-9]+|tenlog\.hub)$", @"^([a-z0-9]+\.hub|hub\.tenlog)$");
        settings["Interclustering__Roles"] = "hub,tenlog";
        Connect(settings, "rest");
        var moved = Settings("bsc");
        Connect(moved, "bsc");
        moved["Interclustering__Directory"] = settings["Interclustering__Directory"];
        moved["Interclustering__Addresses__hub"] = one.Http.BaseAddress!.ToString();
        await using var node = new ServerProcess(moved);
        var (restored, told) = await node.RunAsync("restore", archive);
        Assert.True(restored == 0, told);
        Assert.Equal(["bsc.pem"], Directory.GetFiles(Path.Combine(node.Data, "keys")).Select(path => Path.GetFileName(path)));
        var before = await JournalAsync(node);
        await one.StartAsync();
        await node.StartAsync();

        // What is published next is the next of the same journal.
        await PublishAsync(node, "bsc", one, "Après le départ");
        var after = await JournalAsync(node);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(before[^1] + 1, after[before.Count]);
        settings["Interclustering__Addresses__bsc"] = node.Http.BaseAddress!.ToString();
        var (exit, output) = await one.RunAsync("verify", "--wait", "60");
        Assert.True(exit == 0, output);
    }

    private static Dictionary<string, string> Settings(string roles) => new()
    {
        ["Interclustering__Roles"] = roles,
        ["Interclustering__Demonstration"] = "false",
    };

    private void Connect(Dictionary<string, string> settings, string user)
    {
        settings["Interclustering__Bus__Transport"] = "rabbitmq";
        settings["Interclustering__Bus__Host"] = "127.0.0.1";
        settings["Interclustering__Bus__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture);
        settings["Interclustering__Bus__Username"] = user;
        settings["Interclustering__Bus__Password"] = LocalBroker.Password;
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
