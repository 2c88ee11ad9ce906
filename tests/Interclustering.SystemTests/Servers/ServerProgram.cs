using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Interclustering.SystemTests.Servers;

/// <summary>Starts Debian's server programs, as the user that their package made where this runs as root.</summary>
internal static class ServerProgram
{
    public static Process Start(string user, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        var process = Process.Start(InfoOf(user, program, arguments, environment)) ?? throw new InvalidOperationException($"{program} did not start.");
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo InfoOf(string user, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var asUser = Environment.UserName == "root";
        start.FileName = asUser ? "/usr/bin/setpriv" : program;
        if (asUser)
        {
            foreach (var argument in (string[])[$"--reuid={user}", $"--regid={user}", "--clear-groups", "--", program])
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static async Task RunAsync(string user, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        using var process = Start(user, program, arguments, environment, log);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(deadline.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{Tail(log)}");
        }
    }

    /// <summary>What a program prints.</summary>
    public static async Task<string> ReadAsync(string user, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var process = Process.Start(InfoOf(user, program, arguments, environment)) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await errors}");
    }

    public static string Tail(string log) => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(40)) : "(no log)";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A folder under the temporary folder that belongs to <paramref name="user"/>.</summary>
    public static async Task<string> CreateFolderAsync(string name, string user)
    {
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        if (Environment.UserName == "root")
        {
            using var chown = Process.Start("/bin/chown", ["-R", user, folder]);
            await chown.WaitForExitAsync();
        }

        return folder;
    }
}
