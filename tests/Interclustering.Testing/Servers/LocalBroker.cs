using System.Diagnostics;
using System.Globalization;
using Interclustering.Federation.Bus;

namespace Interclustering.Testing.Servers;

/// <summary>
/// A RabbitMQ of a Debian package with its own ports, data folder, node name and cookie, and the very definitions of infra/rabbitmq.
/// </summary>
public sealed class LocalBroker : IBroker
{
    private const string Bin = "/usr/lib/rabbitmq/bin";
    public const string Password = "for-this-test-run-only";
    internal static readonly string[] Participants = ["hub", "euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"];
    private readonly Dictionary<string, string> environment = [];
    private string folder = "";
    private Process? server;

    /// <summary>The folder of the Debian whose package it is; empty for this machine's own.</summary>
    public string Root { get; init; } = "";

    public int Port { get; } = ServerProgram.FreePort();

    /// <summary>Lines for rabbitmq.conf besides the deployment's.</summary>
    public string MoreConfiguration { get; init; } = "";

    /// <summary>The first of the cluster that it joins; null for a broker of its own.</summary>
    public LocalBroker? Joins { get; init; }

    /// <summary>Its name inside a cluster.</summary>
    public string Name => $"interclustering{Port}@localhost";

    private ServerAccount Account => new("rabbitmq", Root);

    private string Log => Path.Combine(Path.GetTempPath(), $"interclustering-rabbitmq-{Port}.log");

    /// <summary>How a participant signs in.</summary>
    public BusSettings SettingsOf(string code) => new() { Host = "127.0.0.1", Port = Port, Username = code, Password = Password };

    public async ValueTask InitializeAsync()
    {
        folder = await ServerProgram.CreateFolderAsync("interclustering-rabbitmq-", Account);
        var configuration = await File.ReadAllTextAsync(PathOf("rabbitmq.conf"));
        await File.WriteAllTextAsync(
            $"{folder}/rabbitmq.conf", configuration + $"\nlisteners.tcp.default = 127.0.0.1:{Port}\n{MoreConfiguration}\n");
        await File.WriteAllTextAsync($"{folder}/enabled_plugins", "[].");
        foreach (var (name, value) in Settings())
        {
            environment[name] = value;
        }

        if (Joins is null)
        {
            await StartAsync();
            await SetUpAsync();
            return;
        }

        // Brokers of a cluster know each other by one cookie.
        await ServerProgram.RunAsync(
            Account, "/bin/cp", ["--preserve", $"{Joins.folder}/.erlang.cookie", $"{folder}/.erlang.cookie"], environment, Log);
        await StartAsync();
        await ControlAsync("stop_app");
        await ControlAsync("reset");
        await ControlAsync("join_cluster", Joins.Name);
        await ControlAsync("start_app");
        await ControlAsync("await_startup", "--timeout", "60");
    }

    /// <summary>Runs the deployment's script: users, rights, queues and bindings are there again, whatever was deleted.</summary>
    public async Task SetUpAsync()
    {
        File.Copy(PathOf("set-up.sh"), $"{folder}/set-up.sh", overwrite: true);
        File.Copy(PathOf("definitions.json"), $"{folder}/definitions.json", overwrite: true);
        var variables =
            new Dictionary<string, string>(Scripts()) { ["DEFINITIONS"] = $"{folder}/definitions.json", ["SECRETS"] = folder };
        foreach (var code in Participants)
        {
            await File.WriteAllTextAsync($"{folder}/broker-password-{code}", Password);
        }

        await ServerProgram.RunAsync(Account, "/bin/sh", [$"{folder}/set-up.sh"], variables, Log);
    }

    public async Task StartAsync()
    {
        server = ServerProgram.Start(Account, $"{Bin}/rabbitmq-server", [], environment, Log);
        await UntilStartedAsync();
    }

    /// <summary>Ends the broker at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        server!.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        File.Delete($"{folder}/pid");
    }

    /// <summary>Runs rabbitmqctl against this broker.</summary>
    public Task ControlAsync(params string[] arguments) =>
        ServerProgram.RunAsync(Account, $"{Bin}/rabbitmqctl", arguments, environment, Log);

    /// <summary>Brings rights, queues and bindings back that were deleted. Users are not among them.</summary>
    public Task ImportDefinitionsAsync() => ControlAsync("import_definitions", $"{folder}/definitions.json");

    public async Task<Version> VersionAsync() =>
        Version.Parse((await ServerProgram.ReadAsync(Account, $"{Bin}/rabbitmqctl", ["version", "--quiet"], environment)).Trim());

    /// <summary>Messages in a queue: those that are ready, or with "messages" also unacknowledged ones.</summary>
    public async Task<int> CountAsync(string queue, string which = "messages_ready")
    {
        var lines = await ServerProgram.ReadAsync(
            Account, $"{Bin}/rabbitmqctl", ["list_queues", "--quiet", "--no-table-headers", "-p", "interclustering", "name", which],
                environment);
        return lines.Split('\n').Select(line => line.Split('\t')).Where(fields => fields[0] == queue)
            .Select(fields => int.Parse(fields[1], CultureInfo.InvariantCulture)).SingleOrDefault();
    }

    /// <summary>Which of the cluster leads a queue, and which of its members are there.</summary>
    public async Task<(string Leader, int Online)> QuorumAsync(string queue)
    {
        var lines = await ServerProgram.ReadAsync(
            Account, $"{Bin}/rabbitmqctl",
            ["list_queues", "--quiet", "--no-table-headers", "-p", "interclustering", "name", "leader", "online"], environment);
        var fields = lines.Split('\n').Select(line => line.Split('\t')).Single(each => each[0] == queue);
        return (fields[1], fields[2].Split(',').Length);
    }

    /// <summary>Makes each queue have a copy here.</summary>
    public Task GrowAsync() => ServerProgram.RunAsync(
        Account, $"{Bin}/rabbitmq-queues", ["grow", Name, "all", "--vhost-pattern", "interclustering"], environment, Log);

    /// <summary>Queues and their readers, as the broker tells them.</summary>
    public async Task<string> StateAsync() => string.Join('\n', await Task.WhenAll(
        ServerProgram.ReadAsync(
            Account, $"{Bin}/rabbitmqctl",
            ["list_queues", "--quiet", "-p", "interclustering", "name", "messages_ready", "messages_unacknowledged", "consumers", "state"],
                environment),
        ServerProgram.ReadAsync(
            Account, $"{Bin}/rabbitmqctl",
            ["list_consumers", "--quiet", "-p", "interclustering", "queue_name", "channel_pid", "active", "activity_status",
                "prefetch_count"], environment)));

    /// <summary>Runs the deployment's script that tells the rights of the running broker; the path of what it wrote.</summary>
    public async Task<string> ExportRightsAsync()
    {
        var (script, exported) = ($"{folder}/export-rights.sh", $"{folder}/rights.json");
        File.Copy(PathOf("export-rights.sh"), script, overwrite: true);
        await ServerProgram.RunAsync(Account, "/bin/sh", [script, exported], Scripts(), Log);
        return exported;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await KillAsync();
            if (Joins is not null)
            {
                Directory.Delete(folder, recursive: true);
                File.Delete(Log);
                return;
            }

            // The port mapper that the broker started has a life of its own. It refuses to end until it knows that the broker is gone.
            string[] mapper = ["-port", environment["ERL_EPMD_PORT"]];
            var known = "";
            await Until.TrueAsync(
                async () => !(known = await ServerProgram.ReadAsync(Account, "/usr/bin/epmd", [.. mapper, "-names"], environment))
                    .Contains("\nname ", StringComparison.Ordinal),
                () => Task.FromResult($"the port mapper knows no broker any more: {known}"));
            await ServerProgram.RunAsync(Account, "/usr/bin/epmd", [.. mapper, "-kill"], environment, Log);
        }

        Directory.Delete(folder, recursive: true);
        File.Delete(Log);
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, "infra", "rabbitmq", file);

    /// <summary>What the deployment's scripts find around them.</summary>
    private Dictionary<string, string> Scripts() => new(environment)
    {
        ["BROKER_NODE"] = environment["RABBITMQ_NODENAME"],
        ["PATH"] = $"{Bin}:/usr/bin:/bin",
    };

    private Dictionary<string, string> Settings()
    {
        var control = ServerProgram.FreePort().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_NODE_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = control,
            // A port mapper of our own: it ends with the broker, and no other is touched.
            ["ERL_EPMD_PORT"] = Joins?.environment["ERL_EPMD_PORT"] ?? ServerProgram.FreePort().ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_MNESIA_BASE"] = $"{folder}/mnesia",
            ["RABBITMQ_LOG_BASE"] = $"{folder}/log",
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = $"{folder}/pid",
            ["RABBITMQ_CONFIG_FILE"] = $"{folder}/rabbitmq.conf",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{folder}/enabled_plugins",
            ["RABBITMQ_CONF_ENV_FILE"] = $"{folder}/none",
        };
    }

    private async Task UntilStartedAsync()
    {
        try
        {
            await ControlAsync("wait", $"{folder}/pid", "--timeout", "80");
            await ControlAsync("await_startup", "--timeout", "60");
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"RabbitMQ did not start:\n{ServerProgram.Tail(Log)}", exception);
        }
    }
}
