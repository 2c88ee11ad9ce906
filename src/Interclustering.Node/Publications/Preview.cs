using Ganss.Xss;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace Interclustering.Node.Publications;

internal static class Preview
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static MarkupString Of(string text) => (MarkupString)new HtmlSanitizer().Sanitize(Markdown.ToHtml(text, Pipeline));
}
