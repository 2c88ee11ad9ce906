using System.Diagnostics;
using Interclustering.Benchmarks.Figures;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Benchmarks.Federation;

/// <summary>
/// What the steps that touch every entry cost on one core, without bus and database: where the time of the federation may go.
/// </summary>
internal static class EntryCosts
{
    private const int Rounds = 5;

    public static void Run(string kind, IReadOnlyList<JournalRow> rows)
    {
        var texts = rows.Take(1000).Select(row => row.Text).ToList();
        var entries = texts.ConvertAll(EntryChain.Read);
        Console.WriteLine($"\nSteps of one entry of kind {kind}, {texts.Average(text => text.Length):0} characters, one core, {Rounds} "
            + $"rounds of {texts.Count}, median");
        Measure("read its text (EntryChain.Read)", texts, text => EntryChain.Read(text));
        Measure("check hash and digest (EntryChain.IsIntact)", entries, entry => EntryChain.IsIntact(entry));
        Measure("hash alone (EntryChain.HashOf)", entries, entry => EntryChain.HashOf(entry));
        Measure("digest alone (EntryChain.Digest)", entries, entry => EntryChain.Digest(entry.Type, entry.Data!.Value));
        Measure("write its text (EntryChain.TextOf)", entries, entry => EntryChain.TextOf(entry));
        Measure("check its envelope (EntryCheck.Of)", entries, entry => EntryCheck.Of(entry));
        Measure("check its content (ContentCheck.Of)", entries, entry => ContentCheck.Of(Kinds.KindOf(entry.Type), entry.Data!.Value));
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
