using Interclustering.Ui.Markdown;

namespace Interclustering.Tests.Ui;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("![x](https://tracker.example/pixel.png)")]
    [InlineData("[x](https://a.example \"onmouseover=alert(1)\")")]
    [InlineData("<a href=\"https://a.example\" style=\"position:fixed\">x</a>")]
    [InlineData("```\n</code><script>alert(1)</script>\n```")]
    public void Nothing_that_runs_or_loads_comes_out(string markdown)
    {
        var html = MarkdownText.ToHtml(markdown).Value;
        // Typed tags are there as text; what counts is what stands in a real one.
        Assert.DoesNotMatch("(?i)<(script|img|iframe)|<[^>]*(javascript:|data:|style=|\\son[a-z]+=)", html);
    }

    [Fact]
    public void Simple_markdown_becomes_html() => Assert.Equal(
        "<h2>Pourquoi</h2>\n<ul>\n<li><strong>gras</strong> et <a href=\"https://a.example/\" rel=\"nofollow "
            + "noopener\">lien</a></li>\n</ul>\n",
        MarkdownText.ToHtml("## Pourquoi\n\n- **gras** et [lien](https://a.example/)").Value);

    [Theory]
    [InlineData("[x](n)")]
    [InlineData("[x](/agenda)")]
    [InlineData("[x](../agenda#y)")]
    [InlineData("[x](//a.example)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x]\n\n[x]: n")]
    public void A_link_without_a_site_leads_nowhere(string markdown) =>
        Assert.Equal("<p><a>x</a></p>\n", MarkdownText.ToHtml(markdown).Value);
}
