using System.Diagnostics;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Hub.Search;

/// <summary>Reads PDFs in a process of their own, with limits of time and memory.</summary>
/// <param name="program">What to start; the path of the file is added, and it prints a <see cref="PdfContent"/> as JSON.</param>
/// <param name="limit">How long one may take.</param>
public sealed class PdfProcess(Func<ProcessStartInfo> program, TimeSpan limit)
{
    private const string MostMemory = "0x18000000";

    // What the runtime needs to start and to find its temporary folder. Passwords and connection strings are settings of ours only.
    private static readonly string[] Inherited =
        ["PATH", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

    public async Task<PdfContent> ReadAsync(string path, CancellationToken cancellation)
    {
        var start = program();
        start.ArgumentList.Add(path);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory;
        // What it says when it dies is of no use to anybody here.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await errors;
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 && JsonSerializer.Deserialize<PdfContent>(output, ContractJson.Options) is { } content ? content : new PdfContent("", PdfContent.Heavy);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PdfContent("", PdfContent.Heavy);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
