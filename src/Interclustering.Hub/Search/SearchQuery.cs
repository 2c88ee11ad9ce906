using System.Text.RegularExpressions;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>One thing that is looked for.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Alternatives">Any of them will do; each is a phrase of one or more words in this order.</param>
public sealed record SearchTerm(string Text, IReadOnlyList<string> Alternatives)
{
    /// <summary>The alternatives that say what was typed: the words themselves, and their French. They stand above synonyms.</summary>
    public IReadOnlyList<string> Exact { get; init; } = [Text];

    /// <summary>The words of a typed phrase by themselves: what has only one of them stands last.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The stems of each alternative: how it is recognised in a text.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Stems { get; } = StemsOf(Alternatives);

    /// <summary>Those of <see cref="Exact"/>; empty where there is nothing else to find.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExactStems =>
        StemsOf(Exact) is { Count: > 0 } exact && exact.Count < Stems.Count ? exact : [];

    private static IReadOnlyList<IReadOnlyList<string>> StemsOf(IEnumerable<string> phrases) =>
        [.. phrases.Select(phrase => (IReadOnlyList<string>)[.. FrenchWords.Of(phrase).Select(word => word.Stem)])
            .Where(stems => stems.Count > 0).DistinctBy(stems => string.Join(' ', stems))];
}

/// <summary>The query as typed, cut into terms: a quotation is one, so is what has synonyms, so is every other word.</summary>
public sealed partial record SearchQuery(string Text, IReadOnlyList<SearchTerm> Terms)
{
    private const int MostTerms = 10;

    /// <summary>How a question begins: words that say nothing of what is looked for.</summary>
    private static readonly HashSet<string> Asking =
    [
        "comment", "pourquoi", "quand", "combien", "quel", "quelle", "quels", "quelles", "faire", "faut", "peut", "peux", "doit", "est-ce",
        "cherche", "chercher", "trouver", "connaître", "savoir",
    ];

    /// <summary>Several terms as they stand beside each other in the query; null when there is only one.</summary>
    public string? Phrase => Terms.Count < 2 ? null : string.Join(' ', Terms.Select(term => term.Exact[0]));

    /// <summary>The stems of <see cref="Phrase"/> as the only phrase; empty when there is none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PhraseStems =>
        Phrase is null ? [] : [[.. FrenchWords.Of(Phrase).Select(word => word.Stem)]];

    /// <summary>In the language of the page: on English ones, English words of the trade find their French.</summary>
    public static SearchQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = SearchText.Cut(text);
        var terms = new List<SearchTerm>();
        var rest = Quotation().Replace(text, quoted =>
        {
            terms.Add(new SearchTerm(quoted.Groups[1].Value.Trim(), [quoted.Groups[1].Value]));
            return " ";
        });
        terms.AddRange(Language.IsEnglish ? InEnglish(rest) : InFrench(rest));
        return new SearchQuery(text.Trim(), [.. terms.Where(term => term.Stems.Count > 0).DistinctBy(term => term.Text).Take(MostTerms)]);
    }

    private static IEnumerable<SearchTerm> InFrench(string text)
    {
        var words = FrenchWords.Of(text);
        for (var place = 0; place < words.Count;)
        {
            var (length, phrases) = Synonyms.At(words, place);
            var typed = words.Skip(place).Take(Math.Max(1, length)).ToList();
            if (length > 0)
            {
                yield return new SearchTerm(text[typed[0].Start..typed[^1].End], phrases)
                {
                    Words = length == 1 ? [] : [.. typed.Select(word => word.Shown)],
                };
            }
            else if (!Asking.Contains(typed[0].Shown))
            {
                yield return new SearchTerm(typed[0].Shown, [typed[0].Shown]);
            }

            place += typed.Count;
        }
    }

    private static IEnumerable<SearchTerm> InEnglish(string text)
    {
        var words = FrenchWords.Tokens(text);
        var shown = words.ConvertAll(word => word.Shown);
        // What is not known in English is taken as French, whole: its phrases may have synonyms.
        var from = 0;
        for (var place = 0; place < words.Count;)
        {
            var (length, french) = EnglishWords.At(shown, place);
            if (length == 0 && !EnglishWords.IsStopWord(shown[place]))
            {
                place++;
                continue;
            }

            foreach (var term in InFrench(text[from..words[place].Start]))
            {
                yield return term;
            }

            place += Math.Max(1, length);
            from = words[place - 1].End;
            if (length > 0)
            {
                var typed = text[words[place - length].Start..from];
                // « on site » without its stop word is any site.
                IReadOnlyList<string> exact = FrenchWords.Of(typed).Count == length ? [typed, .. french] : french;
                yield return new SearchTerm(typed, [.. exact, .. french.SelectMany(OthersFor)]) { Exact = exact };
            }
        }

        foreach (var term in InFrench(text[from..]))
        {
            yield return term;
        }
    }

    /// <summary>Its synonyms, where all of it is one term.</summary>
    private static IReadOnlyList<string> OthersFor(string french) => InFrench(french).ToList() is [var only] ? only.Alternatives : [];

    [GeneratedRegex("[\"«“]([^\"»”]+)[\"»”]")]
    private static partial Regex Quotation();
}
