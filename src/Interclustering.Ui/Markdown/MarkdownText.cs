using System.Net;
using System.Text;
using Ganss.Xss;
using Interclustering.Ui.Words;
using Markdig;
using Markdig.Renderers;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Caching.Memory;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Markdown;

/// <summary>
/// Renders Markdown of others: HTML in it is shown as text, and what Markdig makes is sanitised once more. It never throws, and what comes
/// out is bounded: a text that nests too deep, costs too much or gives out too much is shown as plain text, with a word that says so. Each
/// text is rendered once and kept.
/// </summary>
public static class MarkdownText
{
    /// <summary>UTF-8 bytes that one text may become.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>Characters of a text that is shown as it is, because it could not be rendered within the bounds.</summary>
    private const int MostAsIs = 40_000;

    /// <summary>A text without spaces is cut where its room ends.</summary>
    private const int LongestWord = 100;

    /// <summary>Characters, kept texts and what became of them together.</summary>
    private const int MostKept = 32 * 1024 * 1024;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePipeTables().Build();
    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();
    private static readonly MemoryCache Kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public static MarkupString ToHtml(string? markdown)
    {
        var (html, isAsIs) = Keep(markdown, "html", RenderHtml);
        // The word is in the reader's language: it is not kept with the text.
        var remark = T["Ce texte est montré sans mise en forme, et peut-être pas en entier : il est trop long ou trop compliqué."];
        return new MarkupString(isAsIs ? $"{html}<p>{WebUtility.HtmlEncode(remark)}</p>\n" : html);
    }

    /// <summary>The words without their marks, for readers that know no markup.</summary>
    public static string ToPlain(string? markdown) => Keep(markdown, "plain", RenderPlain).Text;

    /// <summary>The words alone, in one line, cut after a word; for what shows no more than a few sentences.</summary>
    public static string ToPlainText(string? markdown, int most)
    {
        var text = string.Join(' ', ToPlain(markdown).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : text[..Math.Max(text.LastIndexOf(' ', most - 1), 1)] + "…";
    }

    private static Rendered Keep(string? markdown, string form, Func<string, Rendered> render)
    {
        if (string.IsNullOrWhiteSpace(markdown))
        {
            return new Rendered("", IsAsIs: false);
        }

        var key = (form, markdown);
        if (Kept.TryGetValue(key, out Rendered? known))
        {
            return known!;
        }

        var rendered = render(markdown);
        return Kept.Set(key, rendered, new MemoryCacheEntryOptions { Size = markdown.Length + rendered.Text.Length });
    }

    private static Rendered RenderHtml(string markdown)
    {
        if (Within(markdown, writer => new HtmlRenderer(writer)) is { } made
            && Sanitizer.Sanitize(made) is var html && Encoding.UTF8.GetByteCount(html) <= MostBytes)
        {
            return new Rendered(html, IsAsIs: false);
        }

        var paragraphs = AsIs(markdown).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return new Rendered(string.Concat(paragraphs.Select(text => $"<p>{WebUtility.HtmlEncode(text)}</p>\n")), IsAsIs: true);
    }

    private static Rendered RenderPlain(string markdown) =>
        Within(markdown, writer => new HtmlRenderer(writer)
        {
            EnableHtmlForBlock = false,
            EnableHtmlForInline = false,
            EnableHtmlEscape = false,
        }) is { } made
            ? new Rendered(made.Trim(), IsAsIs: false)
            : new Rendered(AsIs(markdown), IsAsIs: true);

    /// <summary>
    /// What was written; null when it costs more than <see cref="MarkdownCost"/> allows, gives out too much, or can't be rendered at all.
    /// </summary>
    private static string? Within(string markdown, Func<BoundedWriter, HtmlRenderer> open)
    {
        if (!MarkdownCost.IsBearable(markdown))
        {
            return null;
        }

        using var writer = new BoundedWriter(MostBytes);
        try
        {
            // A renderer of its own: Markdig's kept ones stay inside the list in which an exception ended them, for every text after it.
            var renderer = open(writer);
            Pipeline.Setup(renderer);
            renderer.Render(Markdig.Markdown.Parse(markdown, Pipeline));
            return writer.ToString();
        }
        catch (Exception)
        {
            // Nested deeper than Markdig goes, more than may be written, or a fault of the parser: a foreign text must not break our page.
            return null;
        }
    }

    /// <summary>The text itself, cut after a word, without control characters and with at most one empty line between two others.</summary>
    private static string AsIs(string markdown)
    {
        var text = FoldedText.Beginning(markdown, MostAsIs);
        var lines = string.Concat(text.ReplaceLineEndings("\n").Where(letter => letter == '\n' || !char.IsControl(letter)))
            .Split('\n', StringSplitOptions.TrimEntries);
        var kept = string.Join('\n', lines.Where((line, index) => line.Length > 0 || (index > 0 && lines[index - 1].Length > 0))).Trim();
        if (markdown.Length <= MostAsIs)
        {
            return kept;
        }

        var end = kept.LastIndexOf(' ');
        return (end > Math.Max(0, kept.Length - LongestWord) ? kept[..end] : kept) + " …";
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote",
                    "hr", "table",
                "thead", "tbody", "tr", "th", "td",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "rel" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        sanitizer.PostProcessNode += (_, processed) =>
        {
            if (processed.Node is AngleSharp.Html.Dom.IHtmlAnchorElement anchor)
            {
                if (!Uri.TryCreate(anchor.GetAttribute("href"), UriKind.Absolute, out var address)
                    || !sanitizer.AllowedSchemes.Contains(address.Scheme))
                {
                    // A text is read on many sites, in feeds and mails: what is relative leads to none of its own pages there.
                    anchor.RemoveAttribute("href");
                    return;
                }

                anchor.SetAttribute("rel", "nofollow noopener");
            }
        };
        return sanitizer;
    }

    /// <param name="Text">HTML or plain text.</param>
    /// <param name="IsAsIs">It is what was typed, not what it means.</param>
    private sealed record Rendered(string Text, bool IsAsIs);
}
