using System.Diagnostics;
using System.Text.Json;
using Interclustering.Benchmarks.Figures;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Hub.ReadModel;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Benchmarks.Growth;

/// <summary>What the steps between a row and the snapshot cost on one core, each publication a text of its own.</summary>
internal static class ItemCosts
{
    private const int Rounds = 5, Items = 1000;

    public static void Run(FilledSite site)
    {
        var directory = site.Services.GetRequiredService<FederationDirectory>();
        var rows = Enumerable.Range(0, Items).Select(number => Archive.RowOf((number * 10) + 1, Items, site.Today)).ToList();
        var items = rows.ConvertAll(row => Catalogue.Read(row.Kind, row.Data!)!);
        var published = rows.Zip(items, (row, item) => Shown(row, item, site, directory)).ToList();
        Console.WriteLine($"\nSteps of one event from its row to the snapshot, {rows.Average(row => row.Data!.Length):0} characters, "
            + $"one core, {Rounds} rounds of {Items}, median");
        Measure("look for empty entries (NullEntries.Check)", rows, row => NullEntries.Check(row.Data!));
        Measure("read (JsonSerializer)", rows, row => JsonSerializer.Deserialize<Event>(row.Data!, ContractJson.Options));
        Measure("make the public view (AsShown)", items, item => Published.AsShown(item, site.Today));
        Measure("make the item (Published)", [.. rows.Zip(items)], pair => Shown(pair.First, pair.Second, site, directory));
        Measure("find when it takes place (Occurrences.Of)", published, item => _ = Occurrences.Of(item, site.Today).ToList());
        foreach (var probe in site.Services.GetServices<RenderProbe>())
        {
            Measure($"probe: {probe.Name}", published, item => probe.Try(item, [.. Occurrences.Of(item, site.Today)]));
        }

        Measure("admit (Catalogue.Admit)", published, item => site.Catalogue.Admit(item, site.Today));
    }

    private static Published Shown(PublicationRow row, PublishedItem item, FilledSite site, FederationDirectory directory)
    {
        var owner = directory.Find(row.Cluster)!;
        return new Published(row.Subject, row.Kind, owner, Published.AsShown(item, site.Today), 1, row.PublishedAt, row.RevisedAt, 1)
        {
            Regions = Published.RegionsOf(item, owner, directory),
        };
    }

    private static void Measure<T>(string name, List<T> items, Action<T> step)
    {
        var series = new Series(name, "µs");
        items.ForEach(step);
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            items.ForEach(step);
            series.Add(watch.Elapsed.TotalMicroseconds / items.Count);
        }

        series.Print();
    }
}
