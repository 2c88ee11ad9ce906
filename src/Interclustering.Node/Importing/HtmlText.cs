using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Interclustering.Node.Importing;

/// <summary>Turns HTML of other sites into Markdown or plain text; scripts, styles and unknown markup leave nothing but their words.</summary>
internal static partial class HtmlText
{
    private const int DepthLimit = 64;
    private const int LengthLimit = 200_000;

    public static string ToPlain(string html) => Body(html).TextContent;

    public static string ToMarkdown(string html)
    {
        var markdown = new StringBuilder(html.Length);
        WriteChildren(Body(html), markdown, 0);
        return Trailing().Replace(markdown.ToString(), "\n").Trim();
    }

    private static IElement Body(string html)
    {
        var document = new HtmlParser().ParseDocument(html.Length > LengthLimit ? html[..LengthLimit] : html);
        foreach (var silent in document.QuerySelectorAll("script, style, noscript, template, iframe, svg").ToList())
        {
            silent.Remove();
        }

        return document.Body ?? document.DocumentElement;
    }

    private static void WriteChildren(INode parent, StringBuilder markdown, int depth)
    {
        // Deeper nesting is never prose, and would exhaust the stack.
        if (depth > DepthLimit)
        {
            return;
        }

        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                markdown.Append(Special().Replace(White().Replace(text.Data, " "), @"\$0"));
            }
            else if (node is IElement element)
            {
                WriteElement(element, markdown, depth + 1);
            }
        }
    }

    private static void WriteElement(IElement element, StringBuilder markdown, int depth)
    {
        var (before, after) = element.LocalName switch
        {
            "br" => ("\n", ""),
            "hr" => ("\n\n---\n\n", ""),
            "p" or "div" or "section" or "article" or "table" or "ul" or "ol" => ("\n\n", "\n\n"),
            "tr" => ("\n", ""),
            "td" or "th" => ("", " "),
            "h1" or "h2" => ("\n\n## ", "\n\n"),
            "h3" or "h4" or "h5" or "h6" => ("\n\n### ", "\n\n"),
            "blockquote" => ("\n\n> ", "\n\n"),
            "li" => (element.ParentElement?.LocalName == "ol" ? "\n1. " : "\n- ", ""),
            "strong" or "b" => Around(element, "**"),
            "em" or "i" => Around(element, "*"),
            "a" when CleanText.Address(element.GetAttribute("href")) is { } address && HasWords(element) =>
                ("[", $"]({address.Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)})"),
            _ => ("", ""),
        };
        markdown.Append(before);
        WriteChildren(element, markdown, depth);
        markdown.Append(after);
    }

    private static (string Before, string After) Around(IElement element, string mark) => HasWords(element) ? (mark, mark) : ("", "");

    private static bool HasWords(IElement element) => !string.IsNullOrWhiteSpace(element.TextContent);

    // Not \s: no-break spaces are the author's typography.
    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex White();

    [GeneratedRegex(@"[\\`*_\[\]<]")]
    private static partial Regex Special();

    [GeneratedRegex(@"[ \t]*\n[ \t]*")]
    private static partial Regex Trailing();
}
