using System.Diagnostics;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Calendars;

/// <summary>npm's ical.js in a folder of its own: a reader of calendars that we did not write.</summary>
public sealed class IcalJs : IAsyncLifetime
{
    private const string Package = "ical.js@2.2.1", Script = "occurrences.mjs";
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-icaljs-").FullName;
    private string? missing;

    public async ValueTask InitializeAsync()
    {
        File.Copy(Repository.PathTo("tests", "Interclustering.IntegrationTests", "Calendars", Script), Path.Combine(folder, Script));
        try
        {
            var (exit, output) = await RunAsync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--silent", Package], "");
            missing = exit == 0 ? null : $"npm could not install {Package}: {output.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = "npm is not there: Debian's package npm, or Node's own, brings it";
        }
    }

    /// <summary>The occurrences in a calendar: day or local start, and title, in order. Without npm the test is skipped.</summary>
    public async Task<List<string>> ReadAsync(string calendar, string from, string to)
    {
        Assert.SkipWhen(missing is not null, missing ?? "");
        var (exit, output) = await RunAsync("node", [Script, from, to], calendar);
        Assert.True(exit == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<(int Exit, string Output)> RunAsync(string program, IEnumerable<string> arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? await output : await errors);
    }
}
