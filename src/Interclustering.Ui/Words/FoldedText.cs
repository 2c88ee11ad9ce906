using System.Globalization;
using System.Text;

namespace Interclustering.Ui.Words;

/// <summary>Folding of words for matching and for addresses.</summary>
public static class FoldedText
{
    private const int SlugLength = 80;

    /// <summary>Lower case without accents; œ and æ in two letters.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormD).EnumerateRunes().Where(rune =>
            Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark))
        {
            folded.Append(rune.Value switch { 'œ' or 'Œ' => "oe", 'æ' or 'Æ' => "ae", '’' => "'", _ => Rune.ToLowerInvariant(rune).ToString() });
        }

        return folded.ToString();
    }

    /// <summary>Half of a surrogate pair can't be normalised.</summary>
    private static string Whole(string text) =>
        text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;

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
}
