using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>
/// Hub and node on one broker, whose directories do not agree, or of which one is missing: readiness says so on both sides.
/// </summary>
public sealed class StrangersOnTheBus(LocalBroker broker) : IClassFixture<LocalBroker>, IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-strangers-").FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_node_whose_signature_the_hub_refuses_is_not_ready_and_the_hub_names_it()
    {
        var (ofHub, ofNode) = (Settings("hub"), Settings("bsc"));
        await using var hub = new ServerProcess(ofHub);
        await using var node = new ServerProcess(ofNode);
        await using var stranger = new ServerProcess(new Dictionary<string, string>());
        var (hubEntry, nodeEntry) = (await EntryAsync(hub, "hub"), await EntryAsync(node, "bsc"));
        ofNode["Interclustering__Directory"] = Write("node.json", hubEntry, nodeEntry);
        ofHub["Interclustering__Directory"] = Write("hub.json", hubEntry, await EntryAsync(stranger, "bsc"));
        hub.Launch();
        node.Launch();

        var refused = await UntilToldAsync(hub, "refused");
        Assert.Contains("Messages of bsc are refused", refused, StringComparison.Ordinal);
        Assert.Contains("signature", refused, StringComparison.Ordinal);
        Assert.Contains("hub is heard of and has confirmed nothing", await UntilToldAsync(node, "unconfirmed"), StringComparison.Ordinal);
        using var ready = await node.Http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task A_peer_that_was_never_heard_of_is_told()
    {
        var settings = Settings("lsn");
        await using var node = new ServerProcess(settings);
        node.Launch();
        Assert.Contains("Nothing was ever heard of hub", await UntilToldAsync(node, "silence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_and_node_know_which_version_the_other_one_runs()
    {
        var (ofHub, ofNode) = (Settings("hub"), Settings("tenlog"));
        await using var hub = new ServerProcess(ofHub);
        await using var node = new ServerProcess(ofNode);
        ofHub["Interclustering__Directory"] = ofNode["Interclustering__Directory"] =
            Write("both.json", await EntryAsync(hub, "hub"), await EntryAsync(node, "tenlog"));
        var (_, printed) = await hub.RunAsync("--version");
        hub.Launch();
        node.Launch();

        foreach (var (server, participant, peer) in new[] { (hub, "hub", "tenlog"), (node, "tenlog", "hub") })
        {
            var seen = "";
            await Until.TrueAsync(
                async () => (seen = await ReadAsync(server)).Contains("\"software\"", StringComparison.Ordinal),
                () => Task.FromResult($"{participant} knows what {peer} runs: {seen}"));
            using var answer = JsonDocument.Parse(seen);
            var version = answer.RootElement.GetProperty("version").GetString()!;
            Assert.StartsWith(version, printed.Trim(), StringComparison.Ordinal);
            var told = Assert.Single(answer.RootElement.GetProperty("peers").EnumerateArray());
            Assert.Equal((participant, peer, $"Interclustering/{version}"), (told.GetProperty("participant").GetString(),
                told.GetProperty("peer").GetString(), told.GetProperty("software").GetString()));
        }
    }

    private Dictionary<string, string> Settings(string code) => new()
    {
        ["Interclustering__Roles"] = code,
        ["Interclustering__Bus__Transport"] = "rabbitmq",
        ["Interclustering__Bus__Host"] = "127.0.0.1",
        ["Interclustering__Bus__Port"] = $"{broker.Port}",
        ["Interclustering__Bus__Password"] = LocalBroker.Password,
        ["Interclustering__Demonstration"] = "false",
        ["Interclustering__Federation__Heartbeat"] = "00:00:00.5",
        ["Interclustering__Federation__MostSilence"] = "00:00:03",
    };

    private static async Task<JsonNode> EntryAsync(ServerProcess process, string code)
    {
        var (exit, output) = await process.RunAsync("keys", "create", "--cluster", code);
        Assert.True(exit == 0, output);
        return JsonNode.Parse(output)!;
    }

    private string Write(string name, JsonNode hub, JsonNode cluster)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(
            path, new JsonObject { ["hub"] = hub.DeepClone(), ["clusters"] = new JsonArray(cluster.DeepClone()) }.ToJsonString());
        return path;
    }

    private static async Task<string> UntilToldAsync(ServerProcess server, string kind)
    {
        var seen = "";
        await Until.TrueAsync(
            async () => (seen = await ReadAsync(server)).Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal),
            () => Task.FromResult($"{kind} is told: {seen}\n{ServerProgram.Tail(server.Log)}"));
        return seen;
    }

    private static async Task<string> ReadAsync(ServerProcess server)
    {
        try
        {
            using var answer = await server.Http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
