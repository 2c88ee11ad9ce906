using System.Diagnostics;
using System.Text.Json.Nodes;
using Interclustering.Benchmarks.Figures;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Embedded;

/// <summary>
/// The server as a person tries it, hub and six nodes in one process with the launch profile's settings: from its start to the first page,
/// and what it uses when nothing happens. The start is measured at a first start, which makes the demonstration, and at the next one.
/// </summary>
internal static class IdleServer
{
    public const string FirstPage = "/agenda";
    private const string Event = "href=\"/evenements/";
    private const int Rounds = 3;

    /// <summary>Two minutes after the start nothing is compiled any more.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(120), Window = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(CancellationToken stop)
    {
        Console.WriteLine($"\nEmbedded: {Rounds} rounds; memory and processor time in {Window.TotalSeconds:0} s, from "
            + $"{Settling.TotalSeconds:0} s after the start");
        var (empty, first, next) = (new Measured("an empty web application"), new Measured("first start"), new Measured("next start"));
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureEmptyAsync(empty, stop);
            var data = Directory.CreateTempSubdirectory("interclustering-embedded-").FullName;
            try
            {
                await MeasureServerAsync(first, data, stop);
                await MeasureServerAsync(next, data, stop);
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
        }

        empty.Print();
        first.Print();
        next.Print();
        foreach (var figures in new[] { first, next })
        {
            figures.PrintGoals();
        }
    }

    private static async Task MeasureEmptyAsync(Measured figures, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        using var process = EmptyApplication.Start(out var address);
        using var http = new HttpClient { BaseAddress = address };
        try
        {
            await MeasureAsync(figures, process, http, watch, "empty", stop);
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task MeasureServerAsync(Measured figures, string data, CancellationToken stop)
    {
        await using var server = new ServerProcess(Profile(), data);
        var watch = Stopwatch.StartNew();
        server.Launch();
        using var process = Process.GetProcessById(server.Id);
        await MeasureAsync(figures, process, server.Http, watch, Event, stop);
        await server.TerminateAsync();
    }

    private static async Task MeasureAsync(
        Measured figures, Process process, HttpClient http, Stopwatch watch, string content, CancellationToken stop)
    {
        await UntilAsync(http, "", stop);
        figures.First.Add(watch.Elapsed.TotalSeconds);
        await UntilAsync(http, content, stop);
        figures.Content.Add(watch.Elapsed.TotalSeconds);
        figures.Starting.Add(Footprint.Of(process).Processor.TotalSeconds);
        await Task.Delay(Settling - watch.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero, stop);
        var (before, began) = (Footprint.Of(process), Stopwatch.GetTimestamp());
        await Task.Delay(Window, stop);
        var (after, seconds) = (Footprint.Of(process), Stopwatch.GetElapsedTime(began).TotalSeconds);
        figures.Idle.Add((after.Processor - before.Processor).TotalSeconds / seconds * 100);
        figures.Written.Add((after.Written - before.Written) / seconds / 1024);
        var (resident, proportional) = Footprint.Memory(process);
        figures.Resident.Add(resident);
        figures.Proportional.Add(proportional);
        Console.WriteLine($"  {figures.First.Name} {figures.First.Last:0.0} s, {figures.Idle.Last:0.00} % of a core, {resident:0} MB");
    }

    private static async Task UntilAsync(HttpClient http, string content, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(FirstPage, stop);
                var page = await answer.Content.ReadAsStringAsync(stop);
                if (answer.IsSuccessStatusCode && page.Contains(content, StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(20, stop);
        }
    }

    /// <summary>What <c>dotnet run</c> sets, and compiling as it does: servers of tests do without a second compilation.</summary>
    private static Dictionary<string, string> Profile()
    {
        var file = Repository.PathTo("src", "Interclustering.Server", "Properties", "launchSettings.json");
        var profile = JsonNode.Parse(File.ReadAllText(file))!["profiles"]!.AsObject().First().Value!["environmentVariables"]!.AsObject();
        return new Dictionary<string, string>(profile.Select(each => KeyValuePair.Create(each.Key, (string)each.Value!)))
        {
            ["DOTNET_TC_CallCounting"] = profile["DOTNET_TC_CallCounting"]?.ToString() ?? "1",
        };
    }

    private sealed class Measured(string name)
    {
        public Series First { get; } = new($"{name}: first page", "s");
        public Series Content { get; } = new($"{name}: first page with an event", "s");
        public Series Starting { get; } = new($"{name}: processor time until then", "s");
        public Series Idle { get; } = new($"{name}: processor time when idle", "% of a core");
        public Series Written { get; } = new($"{name}: written to disk when idle", "KiB/s");
        public Series Resident { get; } = new($"{name}: resident memory when idle", "MB");
        public Series Proportional { get; } = new($"{name}: proportional memory when idle", "MB");

        public void Print()
        {
            foreach (var series in new[] { First, Content, Starting, Idle, Written, Resident, Proportional })
            {
                series.Print();
            }
        }

        public void PrintGoals() => Console.WriteLine($"  {First.Name} {First.Median:0.0} s (goal 5), idle {Idle.Median:0.00} % of a core "
            + $"(goal 0.5), {Resident.Median:0} MB (goal 220)");
    }
}
