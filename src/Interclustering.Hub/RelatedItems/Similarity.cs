namespace Interclustering.Hub.RelatedItems;

/// <summary>How alike texts are: the cosine of their words, each weighed by how rare it is among them (TF-IDF).</summary>
public static class Similarity
{
    private const int ShortestWord = 3;

    /// <summary>How often each word occurs in a folded text; a plural counts as its singular.</summary>
    public static IReadOnlyDictionary<string, int> Words(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var (index, start) = (0, 0); index <= folded.Length; index++)
        {
            if (index < folded.Length && char.IsLetterOrDigit(folded[index]))
            {
                continue;
            }

            if (index - start >= ShortestWord)
            {
                var word = folded[start..index];
                word = word.Length > ShortestWord && word[^1] is 's' or 'x' ? word[..^1] : word;
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }

            start = index + 1;
        }

        return counts;
    }

    /// <summary>From 0 (no word in common) to 1 (the same words), for each of the others.</summary>
    public static IReadOnlyList<double> Of(IReadOnlyDictionary<string, int> words, IReadOnlyList<IReadOnlyDictionary<string, int>> others)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(others);
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in others.Append(words).SelectMany(text => text.Keys))
        {
            texts[word] = texts.GetValueOrDefault(word) + 1;
        }

        // Never zero: of two texts alone, what both say still counts.
        double Weight(KeyValuePair<string, int> word) =>
            (1 + Math.Log(word.Value)) * Math.Log(1 + ((others.Count + 1.0) / texts[word.Key]));
        var weights = words.ToDictionary(word => word.Key, Weight, StringComparer.Ordinal);
        var length = Length(weights.Values);
        return [.. others.Select(other =>
        {
            var (product, squares) = (0.0, 0.0);
            foreach (var word in other)
            {
                var weight = Weight(word);
                squares += weight * weight;
                product += weights.TryGetValue(word.Key, out var own) ? own * weight : 0;
            }

            return product == 0 ? 0 : product / (length * Math.Sqrt(squares));
        })];
    }

    private static double Length(IEnumerable<double> weights) => Math.Sqrt(weights.Sum(weight => weight * weight));
}
