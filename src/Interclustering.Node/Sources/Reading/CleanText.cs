using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Makes others' text fit the limits of the contracts: no control characters, no half of a surrogate pair, not too long.</summary>
internal static partial class CleanText
{
    private const int TitleLimit = 200;
    private const int SummaryLimit = 500;
    private const int TextLimit = 60_000;
    private const int FieldLimit = 300;

    public static string? Title(string? text) => OneLine(text, TitleLimit);

    public static string? Summary(string? text) => OneLine(text, SummaryLimit);

    public static string? Field(string? text) => OneLine(text, FieldLimit);

    /// <summary>A line of a format that knows no HTML: what looks like a tag is what was typed.</summary>
    public static string? PlainTitle(string? text) => Line(text is null ? null : WebUtility.HtmlDecode(text), TitleLimit);

    /// <inheritdoc cref="PlainTitle"/>
    public static string? PlainField(string? text) => Line(text is null ? null : WebUtility.HtmlDecode(text), FieldLimit);

    /// <summary>Markdown of a text of a format that knows no HTML; many write it there all the same, with its lines and lists.</summary>
    public static string? PlainMarkdown(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return PlainText.LooksLikeHtml(text) ? Markdown(text) : Bounded(PlainText.ToMarkdown(Printable(text, keepLines: true)));
    }

    /// <summary>Markdown: line ends are kept, HTML is turned into Markdown.</summary>
    public static string? Markdown(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var markdown = Tag().IsMatch(text) || Entity().IsMatch(text) ? HtmlText.ToMarkdown(text) : text;
        return Bounded(Printable(markdown, keepLines: true));
    }

    /// <summary>Only http and https addresses are links.</summary>
    public static string? Address(string? text)
    {
        var trimmed = Field(text);
        return trimmed is not null && text!.Trim().Length <= FieldLimit && Uri.TryCreate(trimmed, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0
            ? trimmed
            : null;
    }

    /// <summary>A coordinate within its limit, as invariant text.</summary>
    public static string? Coordinate(string? text, double limit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= limit
            ? Math.Round(degrees, 6).ToString("0.######", CultureInfo.InvariantCulture)
            : null;

    public static string? Country(string? text) =>
        text is { Length: 2 } && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : null;

    private static string? Bounded(string markdown)
    {
        var clean = BlankLines().Replace(markdown, "\n\n").Trim();
        return clean.Length == 0 ? null : Cut(clean, TextLimit);
    }

    private static string? OneLine(string? text, int limit) => string.IsNullOrWhiteSpace(text)
        ? null : Line(Tag().IsMatch(text) || Entity().IsMatch(text) ? HtmlText.ToPlain(text) : text, limit);

    private static string? Line(string? text, int limit)
    {
        var line = text is null ? "" : Spaces().Replace(Printable(text, keepLines: false), " ").Trim();
        return line.Length == 0 ? null : Cut(line, limit);
    }

    private static string Printable(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\u2028' or '\u2029')
            {
                clean.Append(keepLines ? '\n' : ' ');
            }
            else if (rune.Value is '\n' or '\t' or '\r')
            {
                clean.Append(keepLines && rune.Value == '\n' ? '\n' : rune.Value == '\r' && keepLines ? "" : " ");
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.PrivateUse))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        return $"{text[..end].TrimEnd()}…";
    }

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")]
    private static partial Regex Entity();

    [GeneratedRegex(@" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n[ \t]*\n\s*\n")]
    private static partial Regex BlankLines();
}
