namespace Interclustering.Ui.Words;

/// <summary>What was typed to search for, cut and folded once for every door: pages, API, suggestions, lists of a workspace.</summary>
public sealed record SearchText
{
    /// <summary>Characters that are looked at.</summary>
    public const int Longest = 200;

    /// <summary>Words that are looked for.</summary>
    public const int MostWords = 16;

    private SearchText(string text) => (Text, Words) = (text, WordsOf(text));

    /// <summary>As it was typed, at most <see cref="Longest"/> characters.</summary>
    public string Text { get; }

    /// <summary>Folded, each once.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Null when nothing was typed.</summary>
    public static SearchText? Of(string? typed) => Cut(typed) is { Length: > 0 } text ? new SearchText(text) : null;

    /// <summary>Without control characters; never half of a letter.</summary>
    public static string Cut(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return "";
        }

        var start = typed.AsSpan().TrimStart();
        var end = start.Length <= Longest ? start.Length : char.IsHighSurrogate(start[Longest - 1]) ? Longest - 1 : Longest;
        return string.Concat(start[..end].ToString().Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    /// <summary>Whether every word stands in a folded text.</summary>
    public bool IsIn(string folded) => Words.All(word => folded.Contains(word, StringComparison.Ordinal));

    private static List<string> WordsOf(string text) =>
        [.. FoldedText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)];
}
