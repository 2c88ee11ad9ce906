using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Ui.Markdown;

namespace Interclustering.Node.Letters.Formats;

/// <summary>
/// An introduction in the three formats. All are written anew from what <see cref="MarkdownText"/> has cleaned, element by element: what
/// is not known here leaves its words and nothing else.
/// </summary>
internal static partial class RichText
{
    /// <summary>Of each element that may stand in a mail, what it looks like; the first level of headings is the letter's title.</summary>
    private static readonly Dictionary<string, (string Name, string Look)> Elements = new()
    {
        ["p"] = ("p", InInk(MailStyle.Paragraph)),
        ["h1"] = ("h2", InInk(MailStyle.Heading)),
        ["h2"] = ("h2", InInk(MailStyle.Heading)),
        ["h3"] = ("h3", InInk(MailStyle.Title)),
        ["h4"] = ("h3", InInk(MailStyle.Title)),
        ["h5"] = ("h3", InInk(MailStyle.Title)),
        ["h6"] = ("h3", InInk(MailStyle.Title)),
        ["ul"] = ("ul", InInk(MailStyle.List)),
        ["ol"] = ("ol", InInk(MailStyle.List)),
        ["li"] = ("li", $" style=\"{MailStyle.ListItem}\""),
        ["strong"] = ("strong", ""),
        ["em"] = ("em", ""),
        ["blockquote"] = ("blockquote", $" style=\"{MailStyle.Quotation}\""),
    };

    public static string Html(string markdown)
    {
        var html = new StringBuilder();
        foreach (var node in NodesOf(markdown))
        {
            WriteHtml(node, html);
        }

        return html.ToString();
    }

    public static string Markdown(string markdown) => Lines(markdown, isMarkdown: true);

    /// <summary>Links keep their addresses, in brackets.</summary>
    public static string Plain(string markdown) => Lines(markdown, isMarkdown: false);

    /// <summary>A text that means nothing but itself in CommonMark.</summary>
    public static string Escaped(string text) => Marks().Replace(text, @"\$0");

    private static string InInk(string style) => $" class=\"ink\" style=\"{style}\"";

    private static INodeList NodesOf(string markdown)
    {
        var parser = new HtmlParser();
        var document = parser.ParseDocument("");
        return parser.ParseFragment(MarkdownText.ToHtml(markdown).Value, document.Body!);
    }

    private static void WriteHtml(INode node, StringBuilder html)
    {
        if (node is IText text)
        {
            html.Append(MailStyle.Encoded(SafeText.Clean(text.Data)));
        }
        else if (node is IElement { LocalName: "br" })
        {
            html.Append("<br>");
        }
        else if (node is IElement { LocalName: "a" } link && link.GetAttribute("href") is { } address)
        {
            Inside(link, "a", $" href=\"{MailStyle.Encoded(address)}\" class=\"link\" style=\"{MailStyle.Link}\"", html);
        }
        else if (node is IElement element && Elements.TryGetValue(element.LocalName, out var known))
        {
            Inside(element, known.Name, known.Look, html);
        }
        else
        {
            foreach (var child in node.ChildNodes)
            {
                WriteHtml(child, html);
            }
        }
    }

    private static void Inside(IElement element, string name, string attributes, StringBuilder html)
    {
        html.Append('<').Append(name).Append(attributes).Append('>');
        foreach (var child in element.ChildNodes)
        {
            WriteHtml(child, html);
        }

        html.Append("</").Append(name).Append('>');
    }

    private static string Lines(string markdown, bool isMarkdown) =>
        string.Join("\n\n", NodesOf(markdown).Select(node => BlockOf(node, isMarkdown)).Where(block => block.Length > 0));

    private static string BlockOf(INode node, bool isMarkdown) => node is not IElement element ? InlineOf(node, isMarkdown).Trim()
        : element.LocalName switch
        {
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => (isMarkdown ? "## " : "") + Inlines(element, isMarkdown).Replace('\n', ' '),
            "ul" or "ol" => string.Join('\n', element.Children.Select((item, index) => ItemOf(element.LocalName, item, index, isMarkdown))),
            "blockquote" => string.Join('\n', Blocks(element, isMarkdown).Split('\n').Select(line => $"> {line}".TrimEnd())),
            "hr" => isMarkdown ? "---" : "",
            "table" => string.Join('\n', element.QuerySelectorAll("tr").Select(row =>
                string.Join(" — ", row.Children.Select(cell => Inlines(cell, isMarkdown))))),
            _ => Inlines(element, isMarkdown),
        };

    private static string ItemOf(string list, IElement item, int index, bool isMarkdown)
    {
        var mark = list == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "- ";
        var hasBlocks = item.Children.Any(child => child.LocalName is "p" or "ul" or "ol" or "blockquote");
        return mark + (hasBlocks ? Blocks(item, isMarkdown) : Inlines(item, isMarkdown))
            .Replace("\n", "\n" + new string(' ', mark.Length), StringComparison.Ordinal);
    }

    private static string Blocks(IElement element, bool isMarkdown) =>
        string.Join('\n', element.ChildNodes.Select(node => BlockOf(node, isMarkdown)).Where(block => block.Length > 0));

    private static string Inlines(IElement element, bool isMarkdown) =>
        string.Concat(element.ChildNodes.Select(node => InlineOf(node, isMarkdown))).Trim();

    private static string InlineOf(INode node, bool isMarkdown) => node switch
    {
        IText text => isMarkdown ? Escaped(SafeText.Clean(text.Data)) : SafeText.Clean(text.Data),
        IElement { LocalName: "br" } => isMarkdown ? "\\\n" : "\n",
        IElement { LocalName: "a" } link when link.GetAttribute("href") is { } address => LinkOf(link, address, isMarkdown),
        IElement { LocalName: "strong" } strong when isMarkdown => $"**{Inlines(strong, isMarkdown)}**",
        IElement { LocalName: "em" } em when isMarkdown => $"*{Inlines(em, isMarkdown)}*",
        IElement element => Inlines(element, isMarkdown),
        _ => "",
    };

    private static string LinkOf(IElement link, string address, bool isMarkdown)
    {
        var words = Inlines(link, isMarkdown);
        // A blank or a bracket would end the address of a link in CommonMark.
        var target = address.Replace(" ", "%20", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal)
            .Replace(")", "%29", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal);
        return isMarkdown ? $"[{words}]({target})" : words == address ? address : $"{words} ({address})";
    }

    [GeneratedRegex(@"[\\`*_\[\]<>#|!~&]|^[-+](?=\s)|^\d+(?=[.)]\s)", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
