using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation.Verification;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Npgsql;

namespace Interclustering.IntegrationTests.Participants;

/// <summary>
/// Hub and one node as processes, and a seventh cluster that operators have admitted: its account, queue, binding and rights are at the
/// broker, its key is in the directory. What takes part under its name is a program in Python.
/// </summary>
public sealed class HubNodeAndSeventh : IAsyncLifetime
{
    public const string Seventh = "novalog";
    private static readonly string[] Codes = ["hub", "bsc"];
    private readonly LocalPostgres postgres = new();
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-seventh-").FullName;
    private readonly Dictionary<string, ServerProcess> processes = [];
    private readonly Dictionary<string, string> databases = [];

    public LocalBroker Broker { get; } = new();

    public ServerProcess this[string code] => processes[code];

    /// <summary>A file of this run, by its name.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    public async ValueTask InitializeAsync()
    {
        await Broker.InitializeAsync();
        await postgres.InitializeAsync();
        await AdmitAsync();
        var environments = new Dictionary<string, Dictionary<string, string>>();
        foreach (var code in Codes)
        {
            environments[code] = await SettingsOfAsync(code);
            processes[code] = new ServerProcess(environments[code]);
        }

        await WriteDirectoryAsync();
        foreach (var code in Codes)
        {
            environments[code]["Interclustering__Directory"] = PathOf("directory.json");
            await processes[code].StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values)
        {
            await process.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes a key with the participant's own command; the entry for the directory that it prints.</summary>
    public async Task<JsonNode> CreateKeyAsync(string file)
    {
        await using var python = new PythonParticipant("participant.py", "--code", Seventh, "key", "--out", PathOf(file));
        var (exit, output, errors) = await python.EndAsync();
        Assert.True(exit == 0, errors);
        return JsonNode.Parse(output)!;
    }

    /// <summary>Starts the participant, with a key and a file for its journals.</summary>
    public PythonParticipant Join(string key, string journal) => new(
        "participant.py", "--code", Seventh, "run", "--host", "127.0.0.1", "--port", Text(Broker.Port), "--password", LocalBroker.Password,
        "--directory", PathOf("directory.json"), "--key", PathOf(key), "--journal", PathOf(journal));

    /// <summary>The publications that a participant's database holds as others told them: a node's own journal is left out.</summary>
    public async Task<IReadOnlyList<Held>> HeldAsync(string code)
    {
        await using var connection = new NpgsqlConnection(databases[code]);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT "Subject", "Kind", "Revision", "Data" FROM "Publications"
            WHERE "Journal" <> $1 OR $1 = 'hub' ORDER BY "Subject" COLLATE "C"
            """;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = code });
        await using var reader = await command.ExecuteReaderAsync();
        var held = new List<Held>();
        while (await reader.ReadAsync())
        {
            var data = reader.IsDBNull(3) ? null : reader.GetString(3);
            held.Add(new Held(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), data));
        }

        return held;
    }

    public async Task<ParticipantReport> ReportAsync(string code) =>
        await processes[code].Http.GetFromJsonAsync<ParticipantReport>($"/api/v1/federation/{code}")
            ?? throw new InvalidOperationException("A report is an object.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What operators import for one more cluster: each line of the deployment's definitions that is about another, with its name.
    /// </summary>
    private async Task AdmitAsync()
    {
        const string Pattern = "bsc";
        var definitions = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "rabbitmq", "definitions.json")))!;
        var addition = new JsonObject();
        foreach (var part in (string[])["permissions", "topic_permissions", "queues", "bindings"])
        {
            addition[part] = new JsonArray([.. definitions[part]!.AsArray().Select(line => line!.ToJsonString())
                .Where(line => line.Contains(Pattern, StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line.Replace(Pattern, Seventh, StringComparison.Ordinal)))]);
            Assert.Single(addition[part]!.AsArray());
        }

        var readable = await ServerProgram.CreateFolderAsync("interclustering-definitions-", new ServerAccount("rabbitmq"));
        var file = Path.Combine(readable, "definitions.json");
        await File.WriteAllTextAsync(file, addition.ToJsonString());
        await Broker.ControlAsync("add_user", Seventh, LocalBroker.Password);
        await Broker.ControlAsync("import_definitions", file);
        Directory.Delete(readable, recursive: true);
    }

    private async Task<Dictionary<string, string>> SettingsOfAsync(string code) => new()
    {
        ["Interclustering__Roles"] = code,
        ["Interclustering__Database__Provider"] = "postgres",
        [$"Interclustering__Database__{(code == "hub" ? "Hub" : $"Nodes__{code}")}"] = databases[code] =
            await postgres.CreateDatabaseAsync(),
        ["Interclustering__Bus__Transport"] = "rabbitmq",
        ["Interclustering__Bus__Host"] = "127.0.0.1",
        ["Interclustering__Bus__Port"] = Text(Broker.Port),
        ["Interclustering__Bus__Password"] = LocalBroker.Password,
        ["Interclustering__Demonstration"] = "false",
    };

    private async Task WriteDirectoryAsync()
    {
        var entries = new Dictionary<string, JsonNode>();
        foreach (var code in Codes)
        {
            var (exit, output) = await processes[code].RunAsync("keys", "create", "--cluster", code);
            Assert.True(exit == 0, output);
            entries[code] = JsonNode.Parse(output)!;
        }

        var directory = new JsonObject
        {
            ["hub"] = entries["hub"],
            ["clusters"] = new JsonArray(entries["bsc"], await CreateKeyAsync("novalog.pem")),
        };
        Assert.NotNull(directory.Deserialize<FederationDirectory>(ContractJson.Options));
        await File.WriteAllTextAsync(PathOf("directory.json"), directory.ToJsonString());
    }

    /// <summary>A publication in a database.</summary>
    public sealed record Held(string Subject, string Kind, long Revision, string? Data);
}
