using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Server.BrokerPermissions;
using Interclustering.Server.Configuration;
using Interclustering.Ui.Words;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>cluster add</c>: one more cluster in the federation directory, with what its operator is handed over. <c>cluster leave</c> and
/// <c>cluster return</c>: one that takes part no more, and stays with what it has published; and one that comes back.
/// </summary>
internal static class ClusterCommand
{
    /// <summary>Of a broker that is reached by TLS.</summary>
    private const int EncryptedPort = 5671;

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
        return new Command("cluster", "Clusters of the federation directory")
        {
            add,
            Change(configure, "leave", "Let a cluster leave: what it has published stays, and nothing new of it counts", Leave),
            Change(configure, "return", "Take a cluster back that has left", Return),
        };
    }

    private static Command Change(Func<ParseResult, IConfiguration> configure, string name, string description,
        Func<Cluster, JsonObject, (string Said, bool IsDone)> change)
    {
        var code = new Argument<string>("code") { Description = "As in the directory" };
        var command = new Command(name, description) { code };
        command.SetAction((parsed, cancellation) => ChangeAsync(
            configure(parsed), parsed.GetRequiredValue(code), change, parsed.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> ChangeAsync(IConfiguration configuration, string code,
        Func<Cluster, JsonObject, (string Said, bool IsDone)> change, InvocationConfiguration console, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(configuration);
        if (configuration["Interclustering:Directory"] is not { } path)
        {
            await console.Error.WriteLineAsync("Interclustering:Directory names no file: the built-in directory can't be changed.");
            return 2;
        }

        if (settings.Directory.Find(code) is not { } cluster)
        {
            await console.Error.WriteLineAsync($"\"{code}\" is no cluster of {path}.");
            return 2;
        }

        var text = JsonNode.Parse(await File.ReadAllTextAsync(path, cancellation))!;
        var entry = text["clusters"]!.AsArray().Single(each => (string?)each!["code"] == code)!.AsObject();
        var (said, isDone) = change(cluster, entry);
        if (!isDone)
        {
            await console.Error.WriteLineAsync(said);
            return 2;
        }

        try
        {
            await WriteAsync(path, text, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"{exception.Message} Run it where the directory's file may be written.");
            return 2;
        }

        await console.Output.WriteLineAsync($"{said}\nThe servers that have {path} take it up by themselves; give it to the others.");
        return 0;
    }

    private static (string, bool) Leave(Cluster cluster, JsonObject entry)
    {
        if (cluster.Left is { } before)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"{cluster.Code} has left at {before.UtcDateTime:u} already."), false);
        }

        var now = TimeProvider.System.GetUtcNow();
        entry["left"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return (string.Create(CultureInfo.InvariantCulture,
            $"""
            {cluster.Code} has left at {now:u}. What it has published stays, and its keys go on verifying it. What it journals from now on
            is set aside.
            1. When /etat shows that all of it is there, at the broker:
                 rabbitmqctl delete_user {cluster.Code}
                 rabbitmqctl delete_queue --vhost {BrokerRights.VirtualHost} ic.cmd.{cluster.Code}
            2. Its operator makes a last backup, keeps it with the node's key, and stops the node: without them it can't come back, and
               no person can be erased from what it has published.
            3. To take it back: cluster return {cluster.Code}
            """), true);
    }

    private static (string, bool) Return(Cluster cluster, JsonObject entry) => cluster.Left is null
        ? ($"{cluster.Code} has not left.", false)
        : (entry.Remove("left") ? $"""
            {cluster.Code} takes part again.
            1. At the broker, with a new password that its node gets as Interclustering__Bus__Password:
                 rabbitmqctl add_user {cluster.Code} PASSWORD
                 {BrokerTopology.Print}
                 {BrokerTopology.Import}
            2. Its operator starts the node, from the last backup where it is gone. What it has journaled meanwhile is sent.
            3. At the hub, for what was set aside while it was away: hub reprocess
            """ : "", true);

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
        await WriteAsync(path, text, cancellation);
        await console.Output.WriteLineAsync(Steps(newcomer.Code, path, folder));
        return 0;
    }

    /// <summary>Whole or not at all: the servers that watch it may read it at any moment.</summary>
    private static async Task WriteAsync(string path, JsonNode directory, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(path + ".new", directory.ToJsonString(Readable) + "\n", cancellation);
        if (!OperatingSystem.IsWindows())
        {
            // The servers read it as other users: it holds public keys only.
            File.SetUnixFileMode(path + ".new", File.GetUnixFileMode(path));
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static string? Refuse(string? path, ServerSettings settings, Newcomer newcomer, string folder) =>
        path is null ? "Interclustering:Directory names no file: the built-in directory can't be added to."
        : settings.Directory.Find(newcomer.Code) is not null || newcomer.Code == FederationDirectory.HubCode
            ? $"\"{newcomer.Code}\" is in the directory already." + (settings.Directory.Find(newcomer.Code)?.Left is null ? ""
                : $" To take it back: cluster return {newcomer.Code}")
        : !DirectoryFile.IsCode(newcomer.Code) ? $"\"{newcomer.Code}\" is not 2 to 24 of a-z and 0-9, beginning with a letter."
        : !Regions.Codes.Contains(newcomer.Region)
            ? $"--region holds {newcomer.Region}. Allowed: {string.Join(", ", Regions.All.Select(each => $"{each.Code} {each.Name}"))}."
        : newcomer.Address is { } address && !Uri.TryCreate(address, UriKind.Absolute, out _)
            ? $"--address holds {address}. Allowed: an address such as https://espace.example."
        : newcomer.HasWrongBroker
            ? $"--broker holds {newcomer.Broker}. Allowed: a host name or address, or several separated by commas, "
                + "with a port or without, such as broker.example."
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
        Interclustering__Bus__Host={newcomer.Broker ?? settings.Bus.Host}
        Interclustering__Bus__Port={(newcomer.Broker is null ? settings.Bus.Port : EncryptedPort)}
        Interclustering__Bus__Tls={(newcomer.Broker is not null || settings.Bus.Tls ? "true" : "false")}
        Interclustering__Bus__Username={newcomer.Code}
        Interclustering__Bus__Password={RandomNumberGenerator.GetString(Letters, 40)}

        """;

    private static string Steps(string code, string path, string folder) =>
        $"""
        {code} stands in {path}. The servers that have this file take it up by themselves; give it to the others.
        1. At the broker, with the password of {folder}/settings.env:
             rabbitmqctl add_user {code} PASSWORD
             {BrokerTopology.Print}
             {BrokerTopology.Import}
        2. Hand {folder} over, by a way that keeps secrets: the key that signs, the directory, the settings. Then delete it here.
        3. The cluster's operator starts the node with these settings, a database of its own, and this folder as data:
             staff add --cluster {code} --email ADDRESS
        """;

    // Its broker is a host, with a port or without; null where the cluster comes the way that this server comes.
    private sealed record Newcomer(string Code, string Name, string Region, string? Address, string? Broker)
    {
        public bool HasWrongBroker => Broker?.Split(',', StringSplitOptions.TrimEntries)
            .Any(text => BrokerNode.Parse(text, EncryptedPort) is null) == true;
    }
}
