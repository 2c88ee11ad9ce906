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
/// </summary>
public static class FrenchWords
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
        var stemmer = Stemmer.Value!;
        using var reader = new StringReader(text);
        using var stream = new ElisionFilter(
            new LowerCaseFilter(Version, new StandardTokenizer(Version, reader)), FrenchAnalyzer.DEFAULT_ARTICLES);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offset = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            var shown = term.ToString();
            if (shown.Length < 2 && !char.IsDigit(shown[0]) || FrenchAnalyzer.DefaultStopSet.Contains(shown))
            {
                continue;
            }

            var folded = FoldedText.Of(shown);
            stemmer.SetCurrent(folded);
            stemmer.Stem();
            words.Add(new Word(shown, folded, stemmer.Current, offset.StartOffset, offset.EndOffset));
        }

        return words;
    }
}
