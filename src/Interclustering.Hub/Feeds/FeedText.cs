using System.Text;
using System.Xml;
using Interclustering.Contracts;
using Interclustering.Ui.Markdown;

namespace Interclustering.Hub.Feeds;

/// <summary>Texts of others as calendars and XML can carry them.</summary>
internal static class FeedText
{
    private const int Excerpt = 2000;

    /// <summary>Without the characters that XML 1.0 §2.2 and RFC 5545 §3.1 have no way to write.</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAnyInRange('\ud800', '\uffff') < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => rune.Value > 0xffff || XmlConvert.IsXmlChar((char)rune.Value)))
        {
            clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>The summary, or the beginning of the text, without markup.</summary>
    public static string? Plain(PublishedItem item)
    {
        var text = item.Summary ?? (item.Text is null ? null : MarkdownText.ToPlain(item.Text));
        if (text is null || text.Length <= Excerpt)
        {
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        var space = text.LastIndexOf(' ', Excerpt);
        var end = space > 0 ? space : char.IsHighSurrogate(text[Excerpt - 1]) ? Excerpt - 1 : Excerpt;
        return text[..end].TrimEnd() + "…";
    }

    /// <summary>An address with everything escaped that could end a line or an attribute.</summary>
    public static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? new Uri(address.AbsoluteUri) : null;
}
