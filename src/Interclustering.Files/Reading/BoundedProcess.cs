using System.Diagnostics;
using System.Text;

namespace Interclustering.Files.Reading;

/// <summary>
/// Reads what strangers made in a process of its own, with limits of time, memory and length: what exhausts it ends with it, and takes
/// nothing of ours
/// along.
/// </summary>
/// <param name="program">What to start.</param>
/// <param name="limit">How long one may take.</param>
public sealed class BoundedProcess(Func<ProcessStartInfo> program, TimeSpan limit)
{
    private const string MostMemory = "0x18000000";

    // What the runtime needs to start and to find its temporary folder. Passwords and connection strings are settings of ours only.
    private static readonly string[] Inherited =
        ["PATH", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP",
            "TMP", "SystemRoot"];

    /// <summary>Letters of what it prints.</summary>
    private const int MostOutput = 64 * 1024 * 1024;

    /// <param name="arguments">Added to those of the program.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it printed; null when it did not come to an end as it should.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = program();
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory;
        // A dump of its crash is of no use here.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
            var output = ReadAsync(process.StandardOutput, deadline.Token);
            await WriteAsync(process.StandardInput.BaseStream, input, deadline.Token);
            var text = await output;
            await errors;
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? text : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task WriteAsync(Stream to, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await using (to)
            {
                await to.WriteAsync(input, cancellation);
            }
        }
        catch (IOException)
        {
            // It has ended before it had read everything: its exit code tells.
        }
    }

    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[65_536];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            if (text.Length + count > MostOutput)
            {
                throw new OperationCanceledException("It prints without an end.");
            }

            text.Append(buffer, 0, count);
        }

        return text.ToString();
    }
}
