using Ganss.Xss;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace Interclustering.Ui.Markdown;

/// <summary>Renders Markdown of others: HTML in it is shown as text, and what Markdig makes is sanitised once more.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePipeTables().Build();
    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    public static MarkupString ToHtml(string? markdown) =>
        new(Sanitizer.Sanitize(Markdig.Markdown.ToHtml(markdown ?? "", Pipeline)));

    /// <summary>The words without their marks, for readers that know no markup.</summary>
    public static string ToPlain(string? markdown) => Markdig.Markdown.ToPlainText(markdown ?? "", Pipeline).Trim();

    /// <summary>The words alone, in one line, cut after a word; for what shows no more than a few sentences.</summary>
    public static string ToPlainText(string? markdown, int most)
    {
        var text = string.Join(' ', Markdig.Markdown.ToPlainText(markdown ?? "", Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : text[..Math.Max(text.LastIndexOf(' ', most - 1), 1)] + "…";
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "hr", "table",
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
                anchor.SetAttribute("rel", "nofollow noopener");
            }
        };
        return sanitizer;
    }
}
