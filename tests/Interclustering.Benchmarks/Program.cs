using System.Diagnostics;
using System.Globalization;
using Interclustering.Benchmarks;
using Interclustering.Benchmarks.Embedded;
using Interclustering.Benchmarks.Federation;
using Interclustering.Benchmarks.Figures;
using Interclustering.Benchmarks.Growth;
using Interclustering.Benchmarks.Reads;
using Interclustering.Benchmarks.Search;

if (args is [EmptyApplication.Verb, var url])
{
    await EmptyApplication.RunAsync(url);
    return 0;
}

string[] known = ["federation", "latency", "rebuild", "flood", "reads", "growth", "search", "embedded", "sizing"];
if (args.Except(known).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no measurement \"{unknown}\": {string.Join(", ", known)}; all without arguments.");
    return 2;
}

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var chosen = args.Length == 0 ? known : args;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // What was started here ends with us, in order.
    pressed.Cancel = true;
    stop.Cancel();
};

var watch = Stopwatch.StartNew();
await Machine.PrintAsync();
try
{
    if (chosen.Intersect(["federation", "latency", "rebuild", "flood"]).Any())
    {
        await using var servers = await LocalServers.StartAsync();
        if (chosen.Contains("federation"))
        {
            await new Throughput(servers).RunAsync(stop.Token);
        }

        if (chosen.Contains("latency"))
        {
            await new CommitToVisible(servers).RunAsync(stop.Token);
        }

        if (chosen.Contains("rebuild"))
        {
            await new Rebuild(servers).RunAsync(stop.Token);
        }

        if (chosen.Contains("flood"))
        {
            await new Flood(servers).RunAsync(stop.Token);
        }
    }

    if (chosen.Contains("reads"))
    {
        await SiteReads.RunAsync(stop.Token);
    }

    if (chosen.Contains("growth"))
    {
        await SiteGrowth.RunAsync(stop.Token);
    }

    if (chosen.Contains("search"))
    {
        await TwoCommonWords.RunAsync(stop.Token);
    }

    // Half an hour: only where it is asked for.
    if (args.Contains("embedded"))
    {
        await IdleServer.RunAsync(stop.Token);
    }

    if (args.Contains("sizing"))
    {
        await Sizing.RunAsync(stop.Token);
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

Console.WriteLine($"\nmeasured in {watch.Elapsed.TotalSeconds:0} s");
return 0;
