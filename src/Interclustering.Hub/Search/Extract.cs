namespace Interclustering.Hub.Search;

/// <summary>A stretch of text, marked when it is what was looked for.</summary>
public sealed record Piece(string Text, bool IsMarked);

/// <summary>The part of a text that says most of what was looked for.</summary>
/// <param name="Pieces">In order.</param>
/// <param name="At">Where in the text what was looked for begins.</param>
public sealed record Excerpt(IReadOnlyList<Piece> Pieces, int At);

/// <summary>Shows where the terms are in a text.</summary>
public static class Extract
{
    private const int Length = 220;

    /// <summary>The whole text with what was looked for marked.</summary>
    public static IReadOnlyList<Piece> Mark(string text, IReadOnlyList<SearchTerm> terms) => Cut(text, 0, text.Length, Hits(text, terms));

    /// <summary>The part of a text with most of the terms in it; null when none is.</summary>
    public static Excerpt? Of(string text, IReadOnlyList<SearchTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hits = Hits(text, terms);
        if (hits.Count == 0)
        {
            return null;
        }

        var first = hits.MaxBy(start => hits.Where(hit => hit.Start >= start.Start && hit.End <= start.Start + Length)
            .Select(hit => hit.Term).Distinct().Count())!;
        // A little of what stands before, from the beginning of a word.
        var from = Math.Max(0, first.Start - (Length / 4));
        from = from == 0 ? 0 : text.LastIndexOf(' ', from) + 1;
        var to = Math.Min(text.Length, from + Length);
        to = to == text.Length || text.IndexOf(' ', to) is var space && space < 0 ? text.Length : space;
        return new Excerpt(
            [.. from > 0 ? [new Piece("… ", false)] : Array.Empty<Piece>(), .. Cut(text, from, Math.Min(to, from + (2 * Length)), hits),
                .. to < text.Length ? [new Piece(" …", false)] : Array.Empty<Piece>()], first.Start);
    }

    private static IReadOnlyList<(int Start, int End, int Term)> Hits(string text, IReadOnlyList<SearchTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var words = FrenchWords.Of(text);
        var hits = new List<(int, int, int)>();
        for (var place = 0; place < words.Count;)
        {
            var found = terms.Index().SelectMany(term => term.Item.Stems.Select(stems => (Term: term.Index, Stems: stems)))
                .Where(each => each.Stems.Count <= words.Count - place && each.Stems.Index()
                    .All(stem => words[place + stem.Index].Stem == stem.Item))
                .Select(each => (each.Term, each.Stems.Count)).DefaultIfEmpty((Term: -1, Count: 1)).MaxBy(each => each.Count);
            if (found.Term >= 0)
            {
                hits.Add((words[place].Start, words[place + found.Count - 1].End, found.Term));
            }

            place += found.Count;
        }

        return hits;
    }

    private static List<Piece> Cut(string text, int from, int to, IReadOnlyList<(int Start, int End, int Term)> hits)
    {
        var pieces = new List<Piece>();
        var at = from;
        foreach (var hit in hits.Where(hit => hit.Start >= from && hit.End <= to))
        {
            if (hit.Start > at)
            {
                pieces.Add(new Piece(text[at..hit.Start], false));
            }

            pieces.Add(new Piece(text[hit.Start..hit.End], true));
            at = hit.End;
        }

        if (at < to)
        {
            pieces.Add(new Piece(text[at..to], false));
        }

        return pieces;
    }
}
