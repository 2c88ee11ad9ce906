using System.Diagnostics;
using System.Text.RegularExpressions;
using Interclustering.Server.Configuration;
using Interclustering.Testing;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Interclustering.Tests.Infra;

/// <summary>infra/node: one cluster's node alone, from what <c>cluster add</c> hands over.</summary>
public sealed partial class NodeAlone : IDisposable
{
    private static readonly string Text = File.ReadAllText(Repository.PathTo("infra", "node", "compose.yaml"));
    private readonly string folder = Directory.CreateTempSubdirectory("ic-node-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_server_takes_what_the_file_and_the_hand_over_set()
    {
        // As Compose reads an empty .env.
        var empty = EnvironmentOfNode().ToDictionary(pair => pair.Key, pair => (string?)Variable().Replace(pair.Value ?? "", ""));
        empty["Interclustering:Directory"] = Path.Combine(AppContext.BaseDirectory, "directory.json");
        var read = SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Interclustering:Roles"] = "bsc",
            ["Interclustering:Bus:Transport"] = "rabbitmq",
            ["Interclustering:Bus:Host"] = "broker.example",
            ["Interclustering:Bus:Password"] = "p",
        }).AddInMemoryCollection(empty).Build());
        Assert.Equal((true, 5671, null, "/backups"), (read.Bus.Tls, read.Bus.Port, read.Smtp, read.Backup.Folder));
        Assert.Equal(DatabaseProvider.Sqlite, read.Provider);
    }

    [Fact]
    public void Every_variable_is_in_the_example_and_every_mounted_file_is_there()
    {
        var example = File.ReadAllLines(Repository.PathTo("infra", "node", ".env.example"))
            .Where(line => line.Contains('=', StringComparison.Ordinal)).ToList();
        Assert.Equal(Variable().Matches(Text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
            example.Select(line => line.TrimEnd('=')).Order(StringComparer.Ordinal));
        Assert.All(Mount().Matches(Text).Select(match => match.Groups[1].Value).Where(path => path != "hand-over"),
            path => Assert.True(File.Exists(Repository.PathTo("infra", "node", path)), path));
    }

    [Fact]
    public async Task A_key_is_taken_over_once_and_the_directory_each_time()
    {
        var (from, data) = (Directory.CreateDirectory(Path.Combine(folder, "from")).FullName, Path.Combine(folder, "data"));
        Directory.CreateDirectory(data);
        Assert.Contains("no hand-over/directory.json", (await PrepareAsync(from, data)).Output, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(from, "keys"));
        (string, string)[] files = [("directory.json", "{}"), ("settings.env", "A=b"), ("keys/bsc.pem", "first"), ("broker-ca.pem", "c")];
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(from, name), text);
        }

        Assert.Equal((0, ""), await PrepareAsync(from, data));
        await File.WriteAllTextAsync(Path.Combine(from, "keys/bsc.pem"), "second");
        await File.WriteAllTextAsync(Path.Combine(from, "directory.json"), "{ }");
        Assert.Equal((0, ""), await PrepareAsync(from, data));
        Assert.Equal(("first", "{ }", "c"), (await File.ReadAllTextAsync(Path.Combine(data, "keys/bsc.pem")),
            await File.ReadAllTextAsync(Path.Combine(data, "directory.json")),
            await File.ReadAllTextAsync(Path.Combine(data, "certificates/broker-ca.pem"))));
    }

    /// <summary>What the node's container has in its environment.</summary>
    private static Dictionary<string, string?> EnvironmentOfNode()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        var node = (YamlMappingNode)((YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["services"])["node"];
        return ((YamlMappingNode)node["environment"])
            .Select(pair => (Key: ((YamlScalarNode)pair.Key).Value!, ((YamlScalarNode)pair.Value).Value))
            .Where(pair => pair.Key.StartsWith("Interclustering__", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value);
    }

    private static async Task<(int Exit, string Output)> PrepareAsync(string from, string data)
    {
        var start = new ProcessStartInfo("/bin/sh", [Repository.PathTo("infra", "node", "prepare.sh")]) { RedirectStandardOutput = true };
        (start.Environment["HAND_OVER"], start.Environment["DATA"], start.Environment["BACKUPS"]) = (from, data, data);
        start.Environment["OWNER"] = Environment.UserName;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"\$\{([A-Z_]+):[?+-][^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"- \./([^:]+):")]
    private static partial Regex Mount();
}
