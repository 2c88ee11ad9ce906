using System.Text.RegularExpressions;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>One thing that is looked for.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Alternatives">Any of them will do; each is a phrase of one or more words in this order.</param>
public sealed record SearchTerm(string Text, IReadOnlyList<string> Alternatives)
{
    /// <summary>The stems of each alternative: how it is recognised in a text.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Stems { get; } =
        [.. Alternatives.Select(phrase => (IReadOnlyList<string>)[.. FrenchWords.Of(phrase).Select(word => word.Stem)])
            .Where(stems => stems.Count > 0)];
}

/// <summary>The query as typed, cut into terms: a quotation is one, so is what has synonyms, so is every other word.</summary>
public sealed partial record SearchQuery(string Text, IReadOnlyList<SearchTerm> Terms)
{
    private const int MostTerms = 10;

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
        var words = FrenchWords.Of(rest);
        for (var place = 0; place < words.Count;)
        {
            var (length, phrases) = Synonyms.At(words, place);
            terms.Add(length == 0
                ? new SearchTerm(words[place].Shown, [words[place].Shown])
                : new SearchTerm(rest[words[place].Start..words[place + length - 1].End], phrases));
            place += Math.Max(1, length);
        }

        return new SearchQuery(text.Trim(), [.. terms.Where(term => term.Stems.Count > 0).DistinctBy(term => term.Text).Take(MostTerms)]);
    }

    [GeneratedRegex("[\"«“]([^\"»”]+)[\"»”]")]
    private static partial Regex Quotation();
}
