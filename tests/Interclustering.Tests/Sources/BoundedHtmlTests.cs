using Interclustering.Testing;
using System.Text;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Tests.Sources;

/// <summary>HTML of other sites is read in steps that grow with its length, whatever it is made of.</summary>
public sealed class BoundedHtmlTests
{
    [Fact]
    public void A_page_that_is_nested_without_end_is_read_as_far_as_a_depth()
    {
        var page = new BoundedHtml(string.Concat(Enumerable.Repeat("<div>", 40_000)));
        Assert.Equal(BoundedHtml.MostDepth * 2, page.Read().Count());
        Assert.True(page.IsCut);
        Assert.Equal(BoundedHtml.MostDepth + 1, page.Elements);
    }

    [Fact]
    public void A_page_of_too_many_elements_is_read_as_far_as_a_number()
    {
        var page = new BoundedHtml(string.Concat(Enumerable.Repeat("<br>", 100_000)));
        Assert.Equal(BoundedHtml.MostElements * 2, page.Read().Count());
        Assert.True(page.IsCut);
    }

    [Fact]
    public void Paragraphs_and_cells_without_an_end_do_not_nest()
    {
        var page = new BoundedHtml("<table>" + string.Concat(Enumerable.Repeat("<tr><td>a<td>b", 500)) + "</table>"
            + string.Concat(Enumerable.Repeat("<p>x<ul><li>y<li>z</ul>", 500)));
        Assert.Equal(1 + (3 * 500) + (4 * 500), page.Read().Count(part => part.Kind == HtmlPartKind.Start));
        Assert.False(page.IsCut);
    }

    [Theory]
    [InlineData("<div><p>Venez<p>nombreux", "Venez\n\nnombreux")]
    [InlineData("<ul><li>un<li>deux</ul><ol><li>trois</li></ol>", "- un\n- deux\n\n1. trois")]
    [InlineData("<b>gras <i>et penché</b></i>", "**gras *et penché***")]
    [InlineData("<a href='https://a.example/x y'>là</a><a href='javascript:1'>non</a>", "[là](https://a.example/x%20y)non")]
    [InlineData("<strong> </strong>rien<script>alert('x')</script><style>p{}</style>", "rien")]
    [InlineData("Fish &amp; chips &lt;b&gt;", "Fish & chips \\<b>")]
    [InlineData("<textarea><b>pas gras</b></textarea>", "\\<b>pas gras\\</b>")]
    [InlineData("</div></p>fin", "fin")]
    public void Descriptions_become_markdown(string html, string markdown) => Assert.Equal(markdown, CleanText.Markdown(html));

    [Fact]
    public void A_source_that_is_only_nested_says_so()
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 40_000)));
        var read = ImportReader.Read(page, "https://a.example/", Fixture.Today);
        Assert.Contains(read.Rejected, problem => problem.Reason.Contains("trop imbriquée", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"events\":[", "{},", "]}")]
    [InlineData("BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "END:VCALENDAR\r\n")]
    public void A_source_of_any_number_of_items_is_read_as_far_as_five_thousand(string before, string item, string after)
    {
        var read = ImportReader.Read(Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(item, 20_000))
            .TrimEnd(',') + after), null, Fixture.Today);
        Assert.InRange(read.Rejected.Count, 1, 5_001);
        Assert.Contains("5000", read.Incomplete!, StringComparison.Ordinal);
    }
}
