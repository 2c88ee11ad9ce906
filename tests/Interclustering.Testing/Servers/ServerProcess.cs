using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Interclustering.Contracts;
using Interclustering.Node.Demonstration;

namespace Interclustering.Testing.Servers;

/// <summary>The executable as a person starts it: hub and six nodes in one process of its own, with demonstration content.</summary>
public sealed partial class EmbeddedServer() : ServerProcess(new Dictionary<string, string>()), IAsyncLifetime
{
    /// <summary>Starts it, and waits until the site shows all of the demonstration but what is for staff: it is up before that.</summary>
    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        var directory = JsonSerializer.Deserialize<FederationDirectory>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "directory.json")), ContractJson.Options)!;
        var expected = DemonstrationContent.Create(DateOnly.FromDateTime(Paris.Now), directory).Values
            .Sum(items => items.Count(item => item.Publication is PublishedItem { Visibility: not Visibility.Staff }));
        var shown = 0;
        await Until.TrueAsync(
            async () => (shown = await ShownAsync()) >= expected, () => Task.FromResult($"{shown} of {expected} publications are shown"));
    }

    /// <summary>Events, webinars and sheets in the map of the site.</summary>
    private async Task<int> ShownAsync() => XDocument.Parse(await Http.GetStringAsync("/sitemap.xml")).Descendants()
        .Count(element => element.Name.LocalName == "loc" && ItemPath().IsMatch(new Uri(element.Value).AbsolutePath));

    [GeneratedRegex("^/(evenements|webinaires|ressources)/.")]
    private static partial Regex ItemPath();
}

/// <summary>The executable in a process of its own, with the settings given as environment variables.</summary>
/// <param name="environment">Settings.</param>
/// <param name="dataFolder">Where its data are kept, and stay when it is gone; a temporary folder when absent.</param>
public class ServerProcess(IReadOnlyDictionary<string, string> environment, string? dataFolder = null) : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("interclustering-server-").FullName;
    private readonly int port = ServerProgram.FreePort();
    private Process? process;

    public HttpClient Http { get; private set; } = new();

    public string Log => Path.Combine(data, "server.log");

    /// <summary>The server's own data folder.</summary>
    public string Data => dataFolder ?? Path.Combine(data, "data");

    /// <summary>Of the process that was launched.</summary>
    public int Id => process!.Id;

    public bool HasExited => process is null or { HasExited: true };

    /// <summary>Which build of the server the next start takes.</summary>
    public string Program { get; set; } = Built;

    /// <summary>The server of this build. A mutation run names one that was built with one check switched off.</summary>
    public static string Built => Environment.GetEnvironmentVariable("INTERCLUSTERING_SERVER")
        ?? Path.Combine(AppContext.BaseDirectory, "Interclustering.Server.dll");

    /// <summary>Ends the server at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until the server has ended by itself; its exit code.</summary>
    /// <exception cref="OperationCanceledException">It did not in time.</exception>
    public async Task<int> UntilEndedAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        await process!.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    /// <summary>Starts the server without waiting for it.</summary>
    public void Launch()
    {
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")),
        };
        process = Launch("serve", "--urls", Http.BaseAddress.ToString());
    }

    public async ValueTask StartAsync()
    {
        Launch();
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process!.HasExited || watch.Elapsed > TimeSpan.FromMinutes(4))
            {
                throw new InvalidOperationException($"The server is not ready:\n{ServerProgram.Tail(Log)}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Runs a verb beside the running server; its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = StartInfo(arguments);
        using var verb = Process.Start(start) ?? throw new InvalidOperationException("The verb did not start.");
        var output = verb.StandardOutput.ReadToEndAsync();
        var errors = verb.StandardError.ReadToEndAsync();
        await verb.WaitForExitAsync();
        return (verb.ExitCode, await output + await errors);
    }

    /// <summary>What it has printed so far.</summary>
    public async Task<string> LogAsync()
    {
        if (!File.Exists(Log))
        {
            return "";
        }

        await using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Asks the server to stop as an operator does, and gives its exit code.</summary>
    /// <exception cref="OperationCanceledException">It did not stop in time: what it promises.</exception>
    public Task<int> TerminateAsync(TimeSpan? within = null) => SignalAsync("-TERM", within);

    /// <summary>The same by Ctrl+C.</summary>
    public Task<int> InterruptAsync() => SignalAsync("-INT", within: null);

    private async Task<int> SignalAsync(string signal, TimeSpan? within)
    {
        using (var kill = Process.Start("/bin/kill", [signal, process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private Process Launch(params string[] arguments)
    {
        var launched = Process.Start(StartInfo(arguments)) ?? throw new InvalidOperationException("The server did not start.");
        var writer = TextWriter.Synchronized(new StreamWriter(Log, append: true) { AutoFlush = true });
        launched.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        launched.ErrorDataReceived += (_, line) => writer.WriteLine(line.Data);
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, .. arguments, "--data", Data])
        {
            start.ArgumentList.Add(argument);
        }

        // A server lives for seconds here: compiling again what is called often takes 8 of the 20 CPU seconds of its start.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        // One address asks for everything here, and polls.
        start.Environment["Interclustering__Pages__RequestsPerMinute"] = start.Environment["Interclustering__Api__RequestsPerMinute"] =
            "1000000000";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync("/healthz/ready");
            return response.IsSuccessStatusCode || IsUp(await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Whether only a journal has stopped, which a restored database begins with: the rest works, and recovery needs it.</summary>
    private static bool IsUp(string answer)
    {
        using var read = JsonDocument.Parse(answer);
        var blocked = read.RootElement.GetProperty("problems").EnumerateArray()
            .Where(problem => problem.GetProperty("severity").GetString() == "blocked").ToList();
        return blocked.Count > 0 && blocked.TrueForAll(problem => problem.GetProperty("kind").GetString() == "stopped");
    }
}
