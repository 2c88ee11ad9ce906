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

    public async Task<PdfContent> ReadAsync(string path, CancellationToken cancellation)
    {
        var start = program();
        start.ArgumentList.Add(path);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
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
