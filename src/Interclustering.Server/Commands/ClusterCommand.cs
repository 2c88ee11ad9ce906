using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Server.Configuration;
using Interclustering.Ui.Words;

namespace Interclustering.Server.Commands;

/// <summary><c>cluster add</c>: one more cluster in the federation directory, with what its operator is handed over.</summary>
internal static class ClusterCommand
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private static readonly JsonSerializerOptions Readable =
        new(ContractJson.Indented) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Marks on light and on dark paper, beside those of the built-in directory.</summary>
    private static readonly Colour[] Colours =
    [
        new("#0b5c6b", "#6cc5d3"), new("#7a3b2e", "#d99a8b"), new("#4b6b1f", "#a9c97a"), new("#8a2f7c", "#d98bcd"),
        new("#3d4f9f", "#9aa9e6"), new("#6b5a12", "#cdb95f"),
    ];

    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var code = new Argument<string>("code") { Description = "2 to 24 of a-z and 0-9, beginning with a letter: paca" };
        var name = new Option<string>("--name") { Description = "As people read it", Required = true };
        var region = new Option<string>("--region") { Description = "INSEE code of its region: 93", Required = true };
        var address = new Option<string?>("--address") { Description = "Where its workspace will be reached, https" };
        var broker = new Option<string?>("--broker")
        {
            Description = "Where the cluster reaches the broker, by TLS: broker.example, or broker.example:5671; else as this server does",
        };
        var folder = new Option<string>("--hand-over")
        {
            Description = "New folder for what the cluster's operator is given: its key, the directory, its settings",
            Required = true,
        };
        var add = new Command("add", "Add a cluster to the federation directory, with a key and a broker password of its own")
            { code, name, region, address, broker, folder };
        add.SetAction((parsed, cancellation) => AddAsync(configure(parsed), new Newcomer(
            parsed.GetRequiredValue(code), parsed.GetRequiredValue(name), parsed.GetRequiredValue(region), parsed.GetValue(address),
            parsed.GetValue(broker)), parsed.GetRequiredValue(folder), parsed.InvocationConfiguration, cancellation));
        return new Command("cluster", "Clusters of the federation directory") { add };
    }

    private static async Task<int> AddAsync(IConfiguration configuration, Newcomer newcomer, string folder,
        InvocationConfiguration console, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(configuration);
        if (Refuse(configuration["Interclustering:Directory"], settings, newcomer, folder) is { } refusal)
        {
            await console.Error.WriteLineAsync(refusal);
            return 2;
        }

        var path = configuration["Interclustering:Directory"]!;
        try
        {
            // Before anything is made: a folder that is mounted read-only is found here.
            await File.WriteAllTextAsync(path + ".new", "", cancellation);
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"{exception.Message} Run it where the directory's file and {folder} may be written.");
            return 2;
        }

        using var key = new KeyFiles(Path.Combine(folder, "keys"), newcomer.Code).Open([]);
        var text = JsonNode.Parse(await File.ReadAllTextAsync(path, cancellation))!;
        var used = settings.Directory.Clusters.Select(cluster => cluster.Colour.Light).ToHashSet();
        text["clusters"]!.AsArray().Add(JsonSerializer.SerializeToNode(new Cluster
        {
            Code = newcomer.Code,
            Name = newcomer.Name,
            Region = Regions.NameOf(newcomer.Region),
            Insee = newcomer.Region,
            Colour = Colours.FirstOrDefault(colour => !used.Contains(colour.Light)) ?? Colours[0],
            Address = newcomer.Address,
            Keys = [key.Public],
        }, ContractJson.Options));
        await File.WriteAllTextAsync(Path.Combine(folder, "directory.json"), text.ToJsonString(Readable) + "\n", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.env"), SettingsOf(settings, newcomer), cancellation);
        // Whole or not at all: the servers that watch it may read it at any moment.
        await File.WriteAllTextAsync(path + ".new", text.ToJsonString(Readable) + "\n", cancellation);
        if (!OperatingSystem.IsWindows())
        {
            // The servers read it as other users: it holds public keys only.
            File.SetUnixFileMode(path + ".new", File.GetUnixFileMode(path));
        }

        File.Move(path + ".new", path, overwrite: true);
        await console.Output.WriteLineAsync(Steps(newcomer.Code, path, folder));
        return 0;
    }

    private static string? Refuse(string? path, ServerSettings settings, Newcomer newcomer, string folder) =>
        path is null ? "Interclustering:Directory names no file: the built-in directory can't be added to."
        : settings.Directory.Find(newcomer.Code) is not null || newcomer.Code == FederationDirectory.HubCode
            ? $"\"{newcomer.Code}\" is in the directory already."
        : !DirectoryFile.IsCode(newcomer.Code) ? $"\"{newcomer.Code}\" is not 2 to 24 of a-z and 0-9, beginning with a letter."
        : !Regions.Codes.Contains(newcomer.Region)
            ? $"--region holds {newcomer.Region}. Allowed: {string.Join(", ", Regions.All.Select(each => $"{each.Code} {each.Name}"))}."
        : newcomer.Address is { } address && !Uri.TryCreate(address, UriKind.Absolute, out _)
            ? $"--address holds {address}. Allowed: an address such as https://espace.example."
        : newcomer is { Broker: not null, BrokerAddress: null }
            ? $"--broker holds {newcomer.Broker}. Allowed: a host name or address, with a port or without, such as broker.example."
        : Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            ? $"--hand-over holds {folder}. Allowed: a folder that is empty or not there yet."
        : null;

    private static string SettingsOf(ServerSettings settings, Newcomer newcomer) =>
        $"""
        # What this node needs besides its database: docs/operations.md has the rest.
        Interclustering__Roles={newcomer.Code}
        Interclustering__Directory=/federation/directory.json
        Interclustering__Data=/data
        Interclustering__Demonstration=false
        Interclustering__Bus__Transport=rabbitmq
        Interclustering__Bus__Host={newcomer.BrokerAddress?.Host ?? settings.Bus.Host}
        Interclustering__Bus__Port={PortOf(settings, newcomer)}
        Interclustering__Bus__Tls={(newcomer.Broker is not null || settings.Bus.Tls ? "true" : "false")}
        Interclustering__Bus__Username={newcomer.Code}
        Interclustering__Bus__Password={RandomNumberGenerator.GetString(Letters, 40)}

        """;

    private static int? PortOf(ServerSettings settings, Newcomer newcomer) =>
        newcomer.BrokerAddress is not { } uri ? settings.Bus.Port : uri.Port > 0 ? uri.Port : 5671;

    private static string Steps(string code, string path, string folder) =>
        $"""
        {code} stands in {path}. The servers that have this file take it up by themselves; give it to the others.
        1. At the broker, with the password of {folder}/settings.env:
             rabbitmqctl add_user {code} PASSWORD
             infra definitions | rabbitmqctl import_definitions
        2. Hand {folder} over, by a way that keeps secrets: the key that signs, the directory, the settings. Then delete it here.
        3. The cluster's operator starts the node with these settings, a database of its own, and this folder as data:
             staff add --cluster {code} --email ADDRESS
        """;

    // Its broker is a host, with a port or without; null where the cluster comes the way that this server comes.
    private sealed record Newcomer(string Code, string Name, string Region, string? Address, string? Broker)
    {
        public Uri? BrokerAddress =>
            Broker is not null && Uri.TryCreate($"amqps://{Broker}", UriKind.Absolute, out var uri)
            && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "" or "/", Fragment: "" } ? uri : null;
    }
}
