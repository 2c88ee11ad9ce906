using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>What may be meant while somebody types: themes, clusters, and titles whose words begin like that.</summary>
internal static class Suggestions
{
    private const int Most = 8, Fewest = 2;
    private static readonly char[] Between = [' ', '\'', '-', ',', '.', ':', '«', '»', '(', ')', '\u00a0', '\u202f'];

    public static IReadOnlyList<string> Of(string typed, Snapshot snapshot, FederationDirectory directory)
    {
        var words = WordsOf(typed);
        if (words.Sum(word => word.Length) < Fewest)
        {
            return [];
        }

        return
        [
            .. Themes.All.Select(Vocabulary.Label).Concat(directory.Clusters.Select(cluster => cluster.Name))
                .Concat(snapshot.Items.Values.OrderByDescending(item => item.RevisedAt).Select(item => item.Title))
                .Where(text => WordsOf(text) is var known && words.All(word => known.Any(each => each.StartsWith(word, StringComparison.Ordinal))))
                .Distinct().Take(Most),
        ];
    }

    private static string[] WordsOf(string text) => FoldedText.Of(text).Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
