using System.Diagnostics;
using System.Globalization;
using Interclustering.Benchmarks.Figures;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Growth;

/// <summary>
/// What the national site costs over the number of publications that it shows: start, memory, pages, one publication more.
/// </summary>
internal static class SiteGrowth
{
    private const int Smallest = 1_000, Rounds = 5, Requests = 100, Publishes = 40;

    /// <summary>Above it only a second start of a build is measured.</summary>
    private const int MostTried = 100_000;
    private const double Gibibyte = 1L << 30, ForMillion = 14;
    private static readonly string[] Paths = ["/agenda", "/agenda?theme=logistique-urbaine", "/agenda/MONTH", "/agenda/carte"];

    public static async Task RunAsync(CancellationToken stop)
    {
        var most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte >= ForMillion ? 1_000_000 : 300_000;
        await using var postgres = new LocalPostgres();
        await postgres.InitializeAsync();
        var measured = new List<Size>();
        try
        {
            foreach (var count in (int[])[Smallest, MostTried, most])
            {
                measured.Add(await StartAsync(postgres, count, stop));
            }

            // All sizes in turn in each round: what else the machine does falls on all of them.
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var size in measured)
                {
                    await MeasureAsync(size, counts: round > 0, stop);
                }
            }
        }
        finally
        {
            foreach (var size in measured)
            {
                await size.Site.DisposeAsync();
            }
        }

        Console.WriteLine($"\nThe national site over its publications: {Rounds} interleaved rounds of {Requests} pages that no cache has "
            + $"and {Publishes} publications, median");
        foreach (var size in measured)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {size.Count:#,0} publications"));
            size.Print();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $" as multiples of {measured[0].Count:#,0}"));
        foreach (var size in measured.Skip(1))
        {
            size.PrintRatios(measured[0]);
        }

        if (Environment.GetEnvironmentVariable("INTERCLUSTERING_PLOTS") is { Length: > 0 } folder)
        {
            await DrawAsync(Path.Combine(folder, "growth.svg"), measured, stop);
        }
    }

    private static Task DrawAsync(string path, IReadOnlyList<Size> measured, CancellationToken stop)
    {
        PlotLine Line(string name, Func<Size, double> value) => new(name, [.. measured.Select(size => ((double)size.Count, value(size)))]);
        return Plot.WriteAsync(path, "Latency and rate of the national site over the number of its publications",
        [
            new("Latency in ms over publications, p50",
            [
                Line("agenda, an address that no cache has", size => size.Pages[0].Half.Median),
                Line("one publication, committed to visible", size => size.Publish.Median),
                Line("first agenda after a publication", size => size.After.Median),
            ]),
            new("Rate per second of processor time",
            [
                Line("agenda pages, the client's time included", size => 1000 / size.Pages[0].Processor.Median),
                Line("publications made visible, the commit's included", size => 1000 / size.PublishProcessor.Median),
            ]),
        ], stop);
    }

    private static async Task<Size> StartAsync(LocalPostgres postgres, int count, CancellationToken stop)
    {
        var site = await FilledSite.CreateAsync(postgres, count, stop);
        var size = new Size(count, site);
        var used = Environment.CpuUsage.TotalTime;
        if (count <= MostTried)
        {
            size.First.Add((await site.StartAsync(stop)).TotalSeconds);
            size.FirstProcessor.Add((Environment.CpuUsage.TotalTime - used).TotalSeconds);
            await site.StopAsync();
        }

        await site.AdmitAllAsync(stop);
        var before = Live();
        used = Environment.CpuUsage.TotalTime;
        size.Start.Add((await site.StartAsync(stop)).TotalSeconds);
        size.StartProcessor.Add((Environment.CpuUsage.TotalTime - used).TotalSeconds);
        size.Memory.Add((Live() - before) / (double)count / 1024);
        if (count == Smallest)
        {
            ItemCosts.Run(site);
        }

        return size;
    }

    private static async Task MeasureAsync(Size size, bool counts, CancellationToken stop)
    {
        foreach (var page in size.Pages)
        {
            await PagesAsync(size.Site, page, counts, stop);
        }

        var waits = new List<double>();
        var used = Environment.CpuUsage.TotalTime;
        for (var number = 0; number < Publishes; number++)
        {
            waits.Add((await size.Site.PublishAsync(size.Count, stop)).TotalMilliseconds);
        }

        used = Environment.CpuUsage.TotalTime - used;
        // The first page after a publication pays for what is worked out once for each snapshot.
        var after = new List<double>();
        for (var number = 0; number < Publishes; number++)
        {
            await size.Site.PublishAsync(size.Count, stop);
            var start = Stopwatch.GetTimestamp();
            await size.Site.Http.GetByteArrayAsync("/agenda", stop);
            after.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        if (counts)
        {
            size.Publish.Add(Statistics.Percentile(waits, 50));
            size.PublishNearly.Add(Statistics.Percentile(waits, 99));
            size.PublishProcessor.Add(used.TotalMilliseconds / Publishes);
            size.After.Add(Statistics.Percentile(after, 50));
        }
    }

    /// <summary>Addresses that no cache has: a parameter that no page knows is answered, and not kept.</summary>
    private static async Task PagesAsync(FilledSite site, PageFigures page, bool counts, CancellationToken stop)
    {
        var path = page.Path.Replace("MONTH", site.Today.AddMonths(2).ToString("yyyy-MM", CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        path += path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var waits = new List<double>();
        var used = Environment.CpuUsage.TotalTime;
        for (var number = 0; number < Requests; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await site.Http.GetByteArrayAsync($"{path}unseen={number}", stop);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        if (counts)
        {
            page.Processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds / Requests);
            page.Half.Add(Statistics.Percentile(waits, 50));
        }
    }

    private static long Live()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed record PageFigures(string Path)
    {
        public Series Processor { get; } = new($"{Path}, processor time with the client's", "ms");

        public Series Half { get; } = new($"{Path}, p50", "ms");
    }

    private sealed class Size(int count, FilledSite site)
    {
        public int Count => count;

        public FilledSite Site => site;

        public Series First { get; } = new("first start of this build to first page", "s");

        public Series FirstProcessor { get; } = new("first start of this build, processor time", "s");

        public Series Start { get; } = new("start to first page", "s");

        public Series StartProcessor { get; } = new("start to first page, processor time", "s");

        public Series Memory { get; } = new("live memory for each publication", "KiB");

        public IReadOnlyList<PageFigures> Pages { get; } = [.. Paths.Select(path => new PageFigures(path))];

        public Series Publish { get; } = new("one publication, committed to visible, p50", "ms");

        public Series PublishNearly { get; } = new("one publication, committed to visible, p99", "ms");

        public Series PublishProcessor { get; } = new("one publication, processor time, the commit's included", "ms");

        public Series After { get; } = new("first page after a publication, p50", "ms");

        private IEnumerable<Series> All =>
        [
            .. count <= MostTried ? (Series[])[First, FirstProcessor] : [], Start, StartProcessor, Memory,
            .. Pages.SelectMany(page => (Series[])[page.Processor, page.Half]), Publish, PublishNearly, PublishProcessor, After,
        ];

        public void Print()
        {
            foreach (var series in All)
            {
                series.Print();
            }
        }

        public void PrintRatios(Size first)
        {
            var named = string.Create(CultureInfo.InvariantCulture, $"{count:#,0}");
            foreach (var (page, of) in Pages.Zip(first.Pages))
            {
                var goal = page.Path.Contains("MONTH", StringComparison.Ordinal) ? "shows all of its month" : "goal 1.2";
                page.Processor.PrintRatio($"{named}: {page.Path}, processor time", of.Processor, goal);
                page.Half.PrintRatio($"{named}: {page.Path}, p50", of.Half, goal);
            }

            Publish.PrintRatio($"{named}: one publication, p50", first.Publish, "goal 1.5");
            PublishProcessor.PrintRatio($"{named}: one publication, processor time", first.PublishProcessor, "goal 1.5");
            After.PrintRatio($"{named}: first page after a publication", first.After, "goal 1.2");
        }
    }
}
