using System.Diagnostics;

namespace Interclustering.IntegrationTests.Calendars;

/// <summary>An empty khal of its own, which reads calendars that are handed to it.</summary>
internal sealed class Khal : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-khal-").FullName;

    private string Configuration => Path.Combine(folder, "config");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Takes a calendar in; what has an id that it knows is replaced.</summary>
    public async Task ImportAsync(string calendar)
    {
        if (!File.Exists(Configuration))
        {
            Directory.CreateDirectory(Path.Combine(folder, "agenda"));
            await File.WriteAllTextAsync(Configuration, $"""
                [calendars]
                [[agenda]]
                path = {folder}/agenda
                [locale]
                local_timezone = Europe/Paris
                default_timezone = Europe/Paris
                timeformat = %H:%M
                dateformat = %Y-%m-%d
                longdateformat = %Y-%m-%d
                datetimeformat = %Y-%m-%d %H:%M
                longdatetimeformat = %Y-%m-%d %H:%M
                [sqlite]
                path = {folder}/khal.db
                """);
        }

        var file = Path.Combine(folder, "agenda.ics");
        await File.WriteAllTextAsync(file, calendar);
        await RunAsync("/usr/bin/khal", ["-c", Configuration, "import", "--batch", "-a", "agenda", file]);
    }

    /// <param name="format">Of khal, for each entry.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    public Task<List<string>> ListAsync(string format, string from, string to) =>
        RunAsync("/usr/bin/khal", ["-c", Configuration, "list", "--day-format", "", "--format", format, from, to]);

    /// <summary>The lines that another program prints.</summary>
    public static async Task<List<string>> RunAsync(string program, IReadOnlyList<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
