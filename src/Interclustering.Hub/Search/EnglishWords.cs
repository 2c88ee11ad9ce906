using System.Text;
using Interclustering.Ui.Words;
using Lucene.Net.Analysis.Core;
using Snowball = Lucene.Net.Tartarus.Snowball.Ext;

namespace Interclustering.Hub.Search;

/// <summary>
/// The trade's English words with what they are called in the clusters' French texts, from <c>english.txt</c>. They count on English pages
/// only: « location », « car » and « chat » are French words as well.
/// </summary>
public static class EnglishWords
{
    private static readonly ThreadLocal<Snowball.EnglishStemmer> Stemmer = new(() => new Snowball.EnglishStemmer());

    /// <summary>What a question is made of, beside what the analyser of English leaves out.</summary>
    private static readonly HashSet<string> StopWords =
    [
        .. StopAnalyzer.ENGLISH_STOP_WORDS_SET, "how", "what", "which", "about", "from", "our", "your", "do", "does", "can", "we", "you",
    ];

    private static readonly ILookup<string, (IReadOnlyList<string> Stems, IReadOnlyList<string> French)> ByFirstStem = Read()
        .ToLookup(entry => entry.Stems[0]);

    /// <summary>Every word of every phrase, as it may be meant by one that is mistyped.</summary>
    internal static IReadOnlyList<KnownWord> Known { get; } = [.. Lines().SelectMany(line => line.English)
        .SelectMany(phrase => FrenchWords.Tokens(phrase)).Select(token => token.Shown).Where(shown => !StopWords.Contains(shown)).Distinct()
        .Select(shown => new KnownWord(FoldedText.Of(shown), shown, 0))];

    public static bool IsStopWord(string shown) => StopWords.Contains(shown);

    /// <summary>The longest known phrase from one place on.</summary>
    /// <param name="words">Every word of a text in lower case, stop words included.</param>
    /// <param name="place">Where the phrase begins.</param>
    /// <returns>How many words it takes, 0 when none is known, and its French.</returns>
    public static (int Length, IReadOnlyList<string> French) At(IReadOnlyList<string> words, int place)
    {
        ArgumentNullException.ThrowIfNull(words);
        var known = ByFirstStem[StemOf(words[place])].Where(entry => entry.Stems.Count <= words.Count - place
            && entry.Stems.Index().All(stem => StemOf(words[place + stem.Index]) == stem.Item)).ToList();
        var length = known.Count == 0 ? 0 : known.Max(entry => entry.Stems.Count);
        return (length, [.. known.Where(entry => entry.Stems.Count == length).SelectMany(entry => entry.French).Distinct()]);
    }

    internal static string StemOf(string word)
    {
        var stemmer = Stemmer.Value!;
        stemmer.SetCurrent(FoldedText.Of(word));
        stemmer.Stem();
        return stemmer.Current;
    }

    private static IEnumerable<(IReadOnlyList<string> Stems, IReadOnlyList<string> French)> Read() => Lines().SelectMany(line =>
        line.English.Select(phrase => ((IReadOnlyList<string>)[.. FrenchWords.Tokens(phrase).Select(token => StemOf(token.Shown))],
            line.French)));

    private static IReadOnlyList<(IReadOnlyList<string> English, IReadOnlyList<string> French)> Lines()
    {
        using var stream = typeof(EnglishWords).Assembly.GetManifestResourceStream("english.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('=')).Select(sides => (Phrases(sides[0]), Phrases(sides[1])))];
    }

    private static IReadOnlyList<string> Phrases(string side) =>
        side.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
