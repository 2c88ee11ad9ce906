using System.Globalization;
using System.Text;

namespace Interclustering.Node.Letters.Formats;

/// <summary>Texts of others that stand beside each other in a letter: none reaches into the next one.</summary>
internal static class SafeText
{
    /// <summary>One line of plain text, with a blank for each control character, and as <see cref="Unturned"/>.</summary>
    public static string OneLine(string text) => string.Concat(Unturned(text).EnumerateRunes().Select(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? " " : rune.ToString())).Trim();

    /// <summary>Without the marks that turn the direction of the text around them (Unicode UAX #9, §2).</summary>
    public static string Unturned(string text) => string.Concat(text.EnumerateRunes().Where(rune =>
        rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C))
        .Select(rune => rune.ToString()));
}
