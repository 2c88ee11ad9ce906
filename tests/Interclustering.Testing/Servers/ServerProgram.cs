using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Interclustering.Testing.Servers;

/// <summary>Who runs a server program, and of which Debian.</summary>
/// <param name="User">The user that the program's package made.</param>
/// <param name="Root">The folder of another Debian; empty for this machine's own.</param>
internal sealed record ServerAccount(string User, string Root = "")
{
    /// <summary>What chown knows it by: a user of another Debian has a number here, and no name or another's.</summary>
    public string Owner => Root.Length == 0
        ? User
        : File.ReadLines($"{Root}/etc/passwd").Select(line => line.Split(':')).First(line => line[0] == User)[2];
}

/// <summary>Starts Debian's server programs, as the user that their package made where this runs as root.</summary>
internal static class ServerProgram
{
    // In another Debian a program sees this machine's processes, devices and temporary files, and nothing else of it.
    // Mounts go with the process.
    private const string Enter = """
        set -e
        for folder in /proc /dev "${TMPDIR:-/tmp}"; do
          mkdir -p "$0$folder"
          mount --rbind "$folder" "$0$folder"
        done
        exec /usr/sbin/chroot "$0" "$@"
        """;

    public static Process Start(
        ServerAccount account, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        var process = Process.Start(InfoOf(account, program, arguments, environment))
            ?? throw new InvalidOperationException($"{program} did not start.");
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo InfoOf(
        ServerAccount account, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        string[] entering = account.Root.Length == 0
            ? []
            : ["/usr/bin/unshare", "--mount", "--propagation", "private", "--", "/bin/sh", "-c", Enter, account.Root];
        string[] becoming = Environment.UserName == "root"
            ? ["/usr/bin/setpriv", $"--reuid={account.User}", $"--regid={account.User}", "--clear-groups", "--"] : [];
        string[] command = [.. entering, .. becoming, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static async Task RunAsync(
        ServerAccount account, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        using var process = Start(account, program, arguments, environment, log);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(deadline.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{Tail(log)}");
        }
    }

    /// <summary>What a program prints.</summary>
    public static async Task<string> ReadAsync(
        ServerAccount account, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var process = Process.Start(InfoOf(account, program, arguments, environment))
            ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await errors}");
    }

    public static string Tail(string log) => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(40)) : "(no log)";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A folder under the temporary folder that belongs to <paramref name="account"/>.</summary>
    public static async Task<string> CreateFolderAsync(string name, ServerAccount account)
    {
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        if (Environment.UserName == "root")
        {
            using var chown = Process.Start("/bin/chown", ["-R", account.Owner, folder]);
            await chown.WaitForExitAsync();
        }

        return folder;
    }
}
