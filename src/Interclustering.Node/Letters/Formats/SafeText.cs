using System.Globalization;
using System.Text;

namespace Interclustering.Node.Letters.Formats;

/// <summary>Texts of others that stand beside each other in a letter: none reaches into the next one.</summary>
internal static class SafeText
{
    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string OneLine(string text) => string.Concat(Clean(text).EnumerateRunes().Select(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? " " : rune.ToString())).Trim();

    /// <summary>
    /// Without control characters but line feeds and tabs, and without the marks that turn the direction of the text around them (Unicode
    /// UAX #9, §2).
    /// </summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => !Turns(rune)
        && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')).Select(rune => rune.ToString()));

    private static bool Turns(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C;
}
