using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Testing.Servers;

namespace Interclustering.Testing.Deployment;

/// <summary>Hub and two nodes as three processes.</summary>
public sealed class HubAndTwoNodes() : HubAndNodes("bsc", "tenlog");

/// <summary>Hub and two nodes, of which one has a copy of the directory of its own: it is told later.</summary>
public sealed class HubAndOneLeaving() : HubAndNodes("bsc", "tenlog")
{
    public const string Leaving = "tenlog";

    /// <summary>The copy.</summary>
    public string CopyPath => DirectoryPath + ".copy";

    protected override string DirectoryOf(string code) => code == Leaving ? CopyPath : DirectoryPath;
}

/// <summary>Hub and three nodes as four processes.</summary>
public sealed class HubAndThreeNodes() : HubAndNodes("pasca", "bsc", "tenlog");

/// <summary>Hub and nodes as processes of their own, on a real broker with the deployment's definitions and a real PostgreSQL.</summary>
public abstract class HubAndNodes(params string[] clusters) : IAsyncLifetime
{
    private readonly string[] codes = ["hub", .. clusters];
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-deployment-").FullName;
    private readonly Dictionary<string, ServerProcess> processes = [];
    private readonly Dictionary<string, Dictionary<string, string>> environments = [];

    public LocalBroker Broker { get; protected set; } = new();

    protected LocalPostgres Postgres { get; set; } = new();

    /// <summary>Where the participants find the bus.</summary>
    protected virtual string BrokerHost => "127.0.0.1";

    /// <summary>Which build of the server they begin with.</summary>
    protected virtual string Program => ServerProcess.Built;

    /// <summary>A new database; its connection string.</summary>
    protected virtual Task<string> DatabaseOfAsync(string code) => Postgres.CreateDatabaseAsync();

    protected virtual ValueTask StartBrokerAsync() => Broker.InitializeAsync();

    protected virtual ValueTask StopBrokerAsync() => Broker.DisposeAsync();

    /// <summary>The settings of a participant, for a second process of it.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(string code) => environments[code];

    /// <summary>The file of the federation directory, which all of them read.</summary>
    public string DirectoryPath => Path.Combine(folder, "directory.json");

    /// <summary>Of all participants, the hub first.</summary>
    public IReadOnlyList<string> Codes => codes;

    public ServerProcess this[string code] => processes[code];

    public virtual async ValueTask InitializeAsync()
    {
        await StartBrokerAsync();
        await Postgres.InitializeAsync();
        foreach (var code in codes)
        {
            var database = code == "hub" ? "Hub" : $"Nodes__{code}";
            var settings = environments[code] = new Dictionary<string, string>
            {
                ["Interclustering__Roles"] = code,
                ["Interclustering__Database__Provider"] = "postgres",
                [$"Interclustering__Database__{database}"] = await DatabaseOfAsync(code),
                ["Interclustering__Bus__Transport"] = "rabbitmq",
                ["Interclustering__Bus__Host"] = BrokerHost,
                ["Interclustering__Bus__Port"] = $"{Broker.Port}",
                ["Interclustering__Bus__Password"] = LocalBroker.Password,
                ["Interclustering__Demonstration"] = "false",
            };
            processes[code] = new ServerProcess(settings) { Program = Program };
        }

        await WriteDirectoryAsync();
        foreach (var code in codes)
        {
            await processes[code].StartAsync();
        }

        // What `verify` at the hub asks over HTTP.
        foreach (var code in codes)
        {
            environments["hub"][$"Interclustering__Addresses__{code}"] = processes[code].Http.BaseAddress!.ToString();
        }
    }

    /// <summary>Starts the node of a cluster that was added, with what its operator was handed over.</summary>
    /// <param name="code">Of the cluster.</param>
    /// <param name="handedOver">The folder.</param>
    /// <param name="settings">Of the folder.</param>
    public async Task<ServerProcess> JoinAsync(string code, string handedOver, IReadOnlyDictionary<string, string> settings)
    {
        var node = new ServerProcess(new Dictionary<string, string>(settings)
        {
            ["Interclustering__Data"] = handedOver,
            ["Interclustering__Directory"] = Path.Combine(handedOver, "directory.json"),
            ["Interclustering__Database__Provider"] = "postgres",
            [$"Interclustering__Database__Nodes__{code}"] = await Postgres.CreateDatabaseAsync(),
        }, handedOver);
        await node.StartAsync();
        return node;
    }

    /// <summary>
    /// A participant's machine is gone, with its database. The one in its place has the same settings, an empty data folder and an empty
    /// database.
    /// </summary>
    public async Task<ServerProcess> ReplaceAsync(string code)
    {
        await processes[code].KillAsync();
        await processes[code].DisposeAsync();
        var database = code == "hub" ? "Hub" : $"Nodes__{code}";
        environments[code][$"Interclustering__Database__{database}"] = await Postgres.CreateDatabaseAsync();
        processes[code] = new ServerProcess(environments[code]);
        return processes[code];
    }

    /// <summary>Starts what took a place, and tells the hub where it is.</summary>
    public async Task StartReplacedAsync(string code)
    {
        await processes[code].StartAsync();
        environments["hub"][$"Interclustering__Addresses__{code}"] = processes[code].Http.BaseAddress!.ToString();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var process in processes.Values)
        {
            await process.DisposeAsync();
        }

        await StopBrokerAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The directory as the one-shot service of the compose file makes it: from what `keys create` prints.</summary>
    private async Task WriteDirectoryAsync()
    {
        var path = DirectoryPath;
        var entries = new Dictionary<string, JsonNode>();
        foreach (var code in codes)
        {
            var (exit, output) = await processes[code].RunAsync("keys", "create", "--cluster", code);
            Assert.True(exit == 0, output);
            entries[code] = JsonNode.Parse(output)!;
        }

        var directory =
            new JsonObject { ["hub"] = entries["hub"], ["clusters"] = new JsonArray([.. clusters.Select(code => entries[code])]) };
        Assert.NotNull(directory.Deserialize<FederationDirectory>(ContractJson.Options));
        await File.WriteAllTextAsync(path, directory.ToJsonString());
        foreach (var (code, environment) in environments)
        {
            environment["Interclustering__Directory"] = DirectoryOf(code);
            if (DirectoryOf(code) != path)
            {
                File.Copy(path, DirectoryOf(code));
            }
        }
    }

    /// <summary>The file that a participant reads.</summary>
    protected virtual string DirectoryOf(string code) => DirectoryPath;
}
