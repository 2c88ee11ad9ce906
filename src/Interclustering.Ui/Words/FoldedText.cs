using System.Globalization;
using System.Text;

namespace Interclustering.Ui.Words;

/// <summary>Folding of words for matching and for addresses.</summary>
public static class FoldedText
{
    private static readonly char[] Between = [' ', '\'', '-', ',', '.', ':', '«', '»', '(', ')', '\u00a0', '\u202f'];
    private const int SlugLength = 80;
    private const char Unnormalised = '\uFFFE';

    /// <summary>Lower case without accents; œ and æ in two letters.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                folded.Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(rune.Value switch
                {
                    'œ' or 'Œ' => "oe",
                    'æ' or 'Æ' => "ae",
                    '’' => "'",
                    _ => units[..Rune.ToLowerInvariant(rune).EncodeToUtf16(units)],
                });
            }
        }

        return folded.ToString();
    }

    /// <summary>Unicode's form D: letters and their accents apart. Never throws: half of a surrogate pair is replaced, and U+FFFE, which
    /// the library does not normalise either, is left out.</summary>
    public static string Decomposed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') || text.Contains(Unnormalised)
            ? string.Concat(text.EnumerateRunes().Where(rune => rune.Value != Unnormalised).Select(rune => rune.ToString()))
            : text;
        return whole.Normalize(NormalizationForm.FormD);
    }

    /// <summary>The beginning of a text, without half of a surrogate pair at its end: databases refuse that.</summary>
    /// <param name="text">Any.</param>
    /// <param name="most">How many UTF-16 units it may have, at least one.</param>
    public static string Beginning(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    /// <summary><c>livrer-la-ville-en-2030</c></summary>
    public static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in Of(title))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString();
        text = (text.Length > SlugLength ? text[..SlugLength] : text).Trim('-');
        return text.Length == 0 ? "publication" : text;
    }

    /// <summary>The words of a text, folded.</summary>
    public static IReadOnlyList<string> WordsOf(string text) => Of(text).Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
