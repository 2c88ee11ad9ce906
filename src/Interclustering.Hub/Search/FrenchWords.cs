using System.Text.RegularExpressions;
using Interclustering.Ui.Words;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;
using Snowball = Lucene.Net.Tartarus.Snowball.Ext;

namespace Interclustering.Hub.Search;

/// <summary>A word of a text.</summary>
/// <param name="Shown">In lower case as it is written, without <c>l’</c> or <c>d’</c>.</param>
/// <param name="Folded">Without accents.</param>
/// <param name="Stem">What its forms have in common, by the Snowball stemmer for French.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record Word(string Shown, string Folded, string Stem, int Start, int End);

/// <summary>
/// Cuts French text into words as PostgreSQL's french configuration does behind unaccent: stop words left out, stems without accents.
/// A few expressions of a stop word and a word are one word: « en ligne » is no line.
/// </summary>
public static partial class FrenchWords
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    // Its tables are made by reflection, and it keeps the word that it works on: one for each thread.
    private static readonly ThreadLocal<Snowball.FrenchStemmer> Stemmer = new(() => new Snowball.FrenchStemmer());

    public static IReadOnlyList<Word> Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var words = new List<Word>();
        var expressions = new Queue<Match>(Expression().Matches(text));
        var ended = 0;
        foreach (var (shown, start, end) in Tokens(text))
        {
            if (start < ended)
            {
                continue;
            }

            if (expressions.TryPeek(out var expression) && expression.Index == start)
            {
                ended = start + expressions.Dequeue().Length;
                words.Add(WordOf(Letters(expression.Value.ToLowerInvariant()), start, ended));
            }
            else if ((shown.Length > 1 || char.IsDigit(shown[0])) && !FrenchAnalyzer.DefaultStopSet.Contains(shown))
            {
                words.Add(WordOf(shown, start, end));
            }
        }

        return words;
    }

    /// <summary>The text as a database should read it that cuts it itself: expressions in one word, and « CO₂ » as « CO2 ».</summary>
    public static string Joined(string text) => Expression().Replace(Levelled(text), match => Letters(match.Value));

    /// <summary>Every word, stop words included, in lower case.</summary>
    internal static List<(string Shown, int Start, int End)> Tokens(string text)
    {
        var tokens = new List<(string, int, int)>();
        using var reader = new StringReader(Levelled(text));
        using var stream = new ElisionFilter(
            new LowerCaseFilter(Version, new StandardTokenizer(Version, reader)), FrenchAnalyzer.DEFAULT_ARTICLES);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offset = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            if (term.Length > 0)
            {
                tokens.Add((term.ToString(), offset.StartOffset, offset.EndOffset));
            }
        }

        return tokens;
    }

    private static Word WordOf(string shown, int start, int end)
    {
        var folded = FoldedText.Of(shown);
        var stemmer = Stemmer.Value!;
        stemmer.SetCurrent(folded);
        stemmer.Stem();
        return new Word(shown, folded, stemmer.Current, start, end);
    }

    /// <summary>Digits that stand higher or lower are digits. As long as it was.</summary>
    private static string Levelled(string text) => !text.Any(letter => Digit(letter) != letter) ? text
        : string.Concat(text.Select(Digit));

    private static char Digit(char letter) => letter switch
    {
        >= '\u2080' and <= '\u2089' => (char)(letter - '\u2080' + '0'),
        >= '\u2074' and <= '\u2079' => (char)(letter - '\u2070' + '0'),
        '\u00b9' => '1',
        '\u00b2' => '2',
        '\u00b3' => '3',
        _ => letter,
    };

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    // Without its stop word each of them would find another thing: a railway line, a distance, a market place, a web site.
    [GeneratedRegex(@"\b(?:en\s+ligne|[àa]\s+distance|sur\s+(?:place|site))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
