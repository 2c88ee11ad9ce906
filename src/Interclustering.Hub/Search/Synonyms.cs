using System.Text;

namespace Interclustering.Hub.Search;

/// <summary>Words that clusters use for the same thing, from <c>synonyms.txt</c>.</summary>
public static class Synonyms
{
    private static readonly ILookup<string, (IReadOnlyList<Word> Words, IReadOnlyList<string> Group)> ByFirstStem = Read()
        .SelectMany(group => group.Select(phrase => (Words: FrenchWords.Of(phrase), Group: group)))
        .Where(entry => entry.Words.Count > 0).ToLookup(entry => entry.Words[0].Stem);

    /// <summary>What else the words from one place on may be called: the longest known phrases there, or none.</summary>
    /// <returns>How many words it takes, and every way to say it.</returns>
    public static (int Length, IReadOnlyList<string> Phrases) At(IReadOnlyList<Word> words, int place)
    {
        ArgumentNullException.ThrowIfNull(words);
        var known = ByFirstStem[words[place].Stem].Where(entry => Fits(entry.Words, words, place)).ToList();
        var length = known.Count == 0 ? 0 : known.Max(entry => entry.Words.Count);
        return (length, [.. known.Where(entry => entry.Words.Count == length).SelectMany(entry => entry.Group).Distinct()]);
    }

    private static bool Fits(IReadOnlyList<Word> phrase, IReadOnlyList<Word> words, int place) =>
        phrase.Count <= words.Count - place && phrase.Index().All(pair => words[place + pair.Index].Stem == pair.Item.Stem);

    private static IReadOnlyList<IReadOnlyList<string>> Read()
    {
        using var stream = typeof(Synonyms).Assembly.GetManifestResourceStream("synonyms.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }
}
