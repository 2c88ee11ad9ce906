using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>What may be meant while the reader types: themes, clusters, and titles whose words begin like that.</summary>
internal static class Suggestions
{
    private const int Most = 8, Fewest = 2;
    private const int MostWords = 8;

    public static IReadOnlyList<string> Of(string typed, Snapshot snapshot, FederationDirectory directory)
    {
        var words = FoldedText.WordsOf(typed).Distinct().Take(MostWords).ToList();
        if (words.Sum(word => word.Length) < Fewest)
        {
            return [];
        }

        return
        [
            .. KnownThemes.All.Select(Vocabulary.Label).Concat(directory.Clusters.Select(cluster => cluster.Name))
                .Select(text => (Text: text, Words: FoldedText.WordsOf(text)))
                .Concat(snapshot.Items.Values.OrderByDescending(item => item.RevisedAt).Select(item =>
                    (Text: item.Title, Words: item.TitleWords)))
                .Where(known => words.TrueForAll(word => known.Words.Any(each => each.StartsWith(word, StringComparison.Ordinal))))
                .Select(known => known.Text).Distinct().Take(Most),
        ];
    }
}
