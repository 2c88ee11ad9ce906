namespace Interclustering.Hub.Search;

/// <summary>What may have been meant by a typed word that is in no text.</summary>
public static class Corrections
{
    private const int Most = 3;

    /// <summary>
    /// The nearest words, by how many letters are wrong, missing, too many or swapped; then by how often they are used. Last, what begins
    /// like it.
    /// </summary>
    public static IReadOnlyList<KnownWord> Of(string folded, IReadOnlyList<KnownWord> known)
    {
        ArgumentNullException.ThrowIfNull(folded);
        ArgumentNullException.ThrowIfNull(known);
        var allowed = folded.Length < 4 ? 0 : folded.Length < 8 ? 1 : 2;
        var one = One(folded);
        var near = known.Select(word => (Word: word, One: One(word.Folded)))
            .Where(pair => Math.Abs(pair.One.Length - one.Length) <= allowed)
            .Select(pair => (pair.Word, Distance: Distance(pair.One, one))).Where(pair => pair.Distance <= allowed)
            .OrderBy(pair => pair.Distance).ThenByDescending(pair => pair.Word.Uses)
                .ThenBy(pair => pair.Word.Folded, StringComparer.Ordinal).ToList();
        return near.Count > 0
            ? [.. near.Where(pair => pair.Distance == near[0].Distance).Take(Most).Select(pair => pair.Word)]
            : [.. known.Where(word => folded.Length >= 4 && word.Folded.StartsWith(folded, StringComparison.Ordinal))
                .OrderByDescending(word => word.Uses).Take(Most)];
    }

    /// <summary>A plural is no mistake, nor is an English end: « logistic », « electric ».</summary>
    private static string One(string folded) =>
        folded.TrimEnd('s', 'x') is var one && one.EndsWith("ique", StringComparison.Ordinal) ? one[..^3] + "c" : one;

    /// <summary>Optimal string alignment: Damerau's and Levenshtein's distance, no part edited twice.</summary>
    public static int Distance(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var costs = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    costs[row, column] = row + column;
                    continue;
                }

                var wrong = one[row - 1] == other[column - 1] ? 0 : 1;
                costs[row, column] = Math.Min(
                    Math.Min(costs[row - 1, column] + 1, costs[row, column - 1] + 1), costs[row - 1, column - 1] + wrong);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                {
                    costs[row, column] = Math.Min(costs[row, column], costs[row - 2, column - 2] + 1);
                }
            }
        }

        return costs[one.Length, other.Length];
    }
}
