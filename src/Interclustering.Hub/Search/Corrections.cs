using Interclustering.Ui.Words;

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
        var typed = Forms(folded);
        var near = known.Select(word => (Word: word, Distance: Forms(word.Folded).Zip(typed, (one, other) =>
                Math.Abs(one.Length - other.Length) > allowed ? int.MaxValue : EditDistance.Between(one, other)).Min()))
            .Where(pair => pair.Distance <= allowed)
            .OrderBy(pair => pair.Distance).ThenByDescending(pair => pair.Word.Uses)
                .ThenBy(pair => pair.Word.Folded, StringComparer.Ordinal).ToList();
        return near.Count > 0
            ? [.. near.Where(pair => pair.Distance == near[0].Distance).Take(Most).Select(pair => pair.Word)]
            : [.. known.Where(word => folded.Length >= 4 && word.Folded.StartsWith(folded, StringComparison.Ordinal))
                .OrderByDescending(word => word.Uses).Take(Most)];
    }

    /// <summary>A plural is no mistake; nor, in the second form, is an English end: « logistic », « electric ».</summary>
    private static string[] Forms(string folded)
    {
        var one = folded.TrimEnd('s', 'x');
        return [one, one.EndsWith("ique", StringComparison.Ordinal) ? one[..^3] + "c" : one];
    }
}
