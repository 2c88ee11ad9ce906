using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// HTML of other sites as tags and text, without a tree: building one costs the square of its depth, and 195 KiB of <c>&lt;div&gt;</c>
/// took 25 s. What
/// has too many elements, or is nested too deep, is read as far as that.
/// </summary>
internal sealed class BoundedHtml(string html)
{
    public const int MostElements = 50_000, MostDepth = 256;

    private static readonly HashSet<string> Void =
        ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
            "source", "track", "wbr"];

    /// <summary>Elements that end a paragraph left open.</summary>
    private static readonly HashSet<string> Blocks = [
        "address", "article", "aside", "blockquote", "center", "details", "dir", "div", "dl", "fieldset", "figure", "footer", "form",
            "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main",
        "menu", "nav", "ol", "p", "pre", "section", "table", "ul",
    ];

    /// <summary>Elements that end their own kind, and what such an end does not reach beyond.</summary>
    private static readonly Dictionary<string, string[]> EndsItself = new()
    {
        ["li"] = ["ul", "ol"],
        ["dt"] = ["dl"],
        ["dd"] = ["dl"],
        ["tr"] = ["table"],
        ["td"] = ["tr", "table"],
        ["th"] = ["tr", "table"],
        ["option"] = ["select"],
        ["a"] = ["td", "th"],
    };

    private readonly List<string> open = [];

    /// <summary>Elements that were read: the whole work.</summary>
    public int Elements { get; private set; }

    /// <summary>The rest was left.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Tags in order. Every end has its start: what is missing is put there, what is too many is left out.</summary>
    public IEnumerable<HtmlPart> Read()
    {
        var tokenizer = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.Resolver);
        while (!IsCut && tokenizer.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            switch (token)
            {
                case { Type: HtmlTokenType.Character }:
                    yield return new HtmlPart(HtmlPartKind.Text, token.Data, []);
                    break;
                case HtmlTagToken { Type: HtmlTokenType.StartTag } tag:
                    foreach (var ended in EndedBy(tag.Name))
                    {
                        yield return ended;
                    }

                    if (++Elements > MostElements || open.Count >= MostDepth)
                    {
                        IsCut = true;
                        break;
                    }

                    yield return new HtmlPart(HtmlPartKind.Start, tag.Name, tag.Attributes);
                    if (Void.Contains(tag.Name))
                    {
                        yield return new HtmlPart(HtmlPartKind.End, tag.Name, []);
                        break;
                    }

                    open.Add(tag.Name);
                    tokenizer.State = tag.Name switch
                    {
                        "script" => HtmlParseMode.Script,
                        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
                        "textarea" or "title" => HtmlParseMode.RCData,
                        "plaintext" => HtmlParseMode.Plaintext,
                        _ => HtmlParseMode.PCData,
                    };
                    break;
                case HtmlTagToken { Type: HtmlTokenType.EndTag } tag when open.LastIndexOf(tag.Name) is >= 0 and var at:
                    foreach (var ended in EndTo(at))
                    {
                        yield return ended;
                    }

                    break;
            }
        }

        foreach (var ended in EndTo(0))
        {
            yield return ended;
        }
    }

    private IEnumerable<HtmlPart> EndedBy(string name)
    {
        var at = EndsItself.TryGetValue(name, out var within) ? Reach(name, within) : -1;
        at = at < 0 && Blocks.Contains(name) ? Reach("p", ["td", "th", "li", "table", "button"]) : at;
        return at < 0 ? [] : EndTo(at);
    }

    private int Reach(string name, string[] within)
    {
        var at = open.LastIndexOf(name);
        return at >= 0 && !open.Skip(at + 1).Any(within.Contains) ? at : -1;
    }

    private IEnumerable<HtmlPart> EndTo(int at)
    {
        while (open.Count > at)
        {
            var name = open[^1];
            open.RemoveAt(open.Count - 1);
            yield return new HtmlPart(HtmlPartKind.End, name, []);
        }
    }
}

internal enum HtmlPartKind
{
    Text,
    Start,
    End,
}

/// <summary>A tag or a text.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">The element's name in lower case, or the text with its entities resolved.</param>
/// <param name="Attributes">Of a start.</param>
internal sealed record HtmlPart(HtmlPartKind Kind, string Value, IReadOnlyList<HtmlAttributeToken> Attributes)
{
    public string? Attribute(string name) =>
        Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value).FirstOrDefault();
}
