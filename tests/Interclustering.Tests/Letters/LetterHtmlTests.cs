using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Contracts;
using Interclustering.Node.Letters.Formats;
using Interclustering.Testing;
using Interclustering.Ui.Markdown;

namespace Interclustering.Tests.Letters;

/// <summary>
/// The HTML of a letter has nothing but what docs/letters.md lists, where each line says how mail programs show it; and texts of others
/// stay
/// texts.
/// </summary>
public sealed class LetterHtmlTests
{
    private const string Introduction =
        "# Titre\n\nBonjour **à tous**, *voici* [le programme](https://bsc.example/a?b=1&c=2).\n\n- un\n- deux\n\n1. un\n\n> cité\n\n"
        + "`code`\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nligne  \nsuivante";

    private static readonly IDocument Mail = Parse(LetterTexts.Write("La lettre de décembre", Introduction,
        LetterTexts.Entry(LetterTexts.Visit, withPicture: true),
            LetterTexts.Entry(LetterTexts.Visit with { Status = EventStatus.Cancelled })));

    [Fact]
    public void Elements_attributes_and_styles_are_those_that_the_documentation_lists()
    {
        var rows = File.ReadAllLines(Repository.PathTo("docs", "letters.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToLookup(cells => cells[2], cells => cells[1].Trim('`'));
        Assert.Equal(rows["element"].Order(), Mail.All.Select(element => element.LocalName).Distinct().Order());
        Assert.Equal(rows["attribute"].Order(), Mail.All.SelectMany(element => element.Attributes).Select(each => each.Name)
            .Distinct().Order());
        Assert.Equal(rows["property"].Order(), Properties().Select(property => property.Name).Distinct().Order());
    }

    [Fact]
    public void Lengths_are_pixels_or_percent_and_colours_hexadecimal_or_names()
    {
        Assert.All(Properties(), property => Assert.Matches(
            "^(\\d+(px|%)?( \\d+(px)?){0,3}|auto|bold|underline|white|#[0-9a-f]{6}|1px solid #[0-9a-f]{6}|Arial,Helvetica,sans-serif)$",
            property.Value));
        // Outlook for Windows knows padding in cells, and borders best there (caniemail: padding, border).
        Assert.All(Mail.All.Where(element => element.GetAttribute("style") is { } style
            && (style.Contains("padding:", StringComparison.Ordinal) || style.Contains("border-top", StringComparison.Ordinal))),
            element => Assert.True(element.LocalName is "td" || element is { LocalName: "body" } body && body.GetAttribute("style")!
                .Contains("padding:0", StringComparison.Ordinal), element.OuterHtml));
    }

    [Fact]
    public void It_says_its_language_and_its_colours_and_every_table_is_for_layout()
    {
        Assert.Equal("fr", Mail.DocumentElement.GetAttribute("lang"));
        Assert.Equal(["light dark", "light dark"],
            Mail.QuerySelectorAll("meta[name=color-scheme], meta[name=supported-color-schemes]")
                .Select(meta => meta.GetAttribute("content")));
        Assert.All(Mail.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.All(Mail.QuerySelectorAll("img"), image => Assert.NotEqual("", image.GetAttribute("alt")));
        Assert.Single(Mail.QuerySelectorAll("img"));
        Assert.Single(Mail.QuerySelectorAll("h1"));
    }

    [Fact]
    public void It_is_the_same_without_its_style_element_but_for_dark_colours()
    {
        Assert.StartsWith("@media (prefers-color-scheme:dark){", Mail.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.All(Mail.Body!.QuerySelectorAll("p, h1, h2, h3"), element => Assert.NotNull(element.GetAttribute("style")));
        // What has a colour of its own has one for the dark, too.
        Assert.All(Mail.Body!.QuerySelectorAll("*")
            .Where(element => element.GetAttribute("style")?.Contains("color", StringComparison.Ordinal)
            == true || element.GetAttribute("style")?.Contains("border-top", StringComparison.Ordinal) == true), element =>
                Assert.Contains(element.ClassName, (string[])["paper", "ink", "soft", "link", "mark", "line"]));
    }

    [Fact]
    public void Outlook_has_a_column_of_its_own()
    {
        var html = Html("");
        Assert.Equal(2, html.Split("<!--[if mso]>").Length - 1);
        Assert.Equal(2, html.Split("<![endif]-->").Length - 1);
    }

    [Fact]
    public void Links_are_absolute_and_lead_to_the_national_site_or_where_the_introduction_does()
    {
        Assert.Equal(["https://bsc.example/a?b=1&c=2", LetterTexts.Site + "/agenda", LetterTexts.Site + "/evenements/bsc-1"],
            Mail.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Accents_are_letters_so_that_a_letter_has_room()
    {
        Assert.Contains("électriques", Html(""), StringComparison.Ordinal);
        var output = LetterTexts.Write("Été", "");
        Assert.Equal(Encoding.UTF8.GetByteCount(output.Html), output.Bytes);
    }

    [Fact]
    public void Forty_items_with_summaries_fit_and_a_hundred_do_not()
    {
        var long500 = LetterTexts.Entry(LetterTexts.Visit with { Title = new string('é', 200), Summary = new string('é', 500) });
        Assert.False(LetterTexts.Write("Lettre", "", [.. Enumerable.Repeat(long500, 30)]).IsTooLong);
        Assert.True(LetterTexts.Write("Lettre", "", [.. Enumerable.Repeat(long500, 100)]).IsTooLong);
        Assert.Equal(100_000, LetterText.MostBytes);
    }

    [Fact]
    public void What_is_hostile_stays_text_in_title_items_and_introduction()
    {
        var item = LetterTexts.Visit with
        {
            Title = LetterTexts.Hostile,
            Summary = LetterTexts.Hostile,
            Place = new Place { Name = LetterTexts.Hostile },
            Image = new Picture("https://bsc.example/\"><script>x</script>.jpg", LetterTexts.Hostile),
        };
        var output = LetterTexts.Write(SafeText.OneLine(LetterTexts.Hostile), LetterTexts.Hostile,
            LetterTexts.Entry(item, withPicture: true));
        var mail = Parse(output);
        Assert.Empty(mail.QuerySelectorAll("script, iframe, form, object, link, base, svg"));
        Assert.All(mail.QuerySelectorAll("a"), link => Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(mail.QuerySelectorAll("img"), image =>
            Assert.StartsWith("https://", image.GetAttribute("src"), StringComparison.Ordinal));
        Assert.DoesNotContain(mail.All.SelectMany(element => element.Attributes), each =>
            each.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script>", mail.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.All((string[])[output.Html, mail.Body!.TextContent, output.Markdown, output.Plain], text =>
            Assert.DoesNotContain(text, letter => letter is '\u202e' or '\u2066' or '\u0007' or '\r'));
        Assert.DoesNotContain("&#x202E;", output.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_hostile_stays_text_in_Markdown_and_on_its_own_line_in_plain_text()
    {
        var entry = LetterTexts.Entry(LetterTexts.Visit with { Title = LetterTexts.Hostile });
        var output = LetterTexts.Write("Lettre", LetterTexts.Hostile, entry);
        var rendered = Parse(MarkdownText.ToHtml(output.Markdown).Value);
        Assert.Empty(rendered.QuerySelectorAll("script"));
        Assert.All(rendered.QuerySelectorAll("a"), link =>
            Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotContain(output.Markdown, "<script", StringComparison.Ordinal);
        Assert.Single(output.Plain.Split('\n'), line => line.StartsWith("<script>alert(1)</script> \"quotes'", StringComparison.Ordinal)
            && line.EndsWith("**gras**", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, string Value)> Properties() => Mail.All.Select(element => element.GetAttribute("style"))
        .OfType<string>().SelectMany(style => style.Split(';', StringSplitOptions.RemoveEmptyEntries)).Select(declaration =>
            declaration.Split(':', 2)).Select(parts => (parts[0], parts[1]));

    private static string Html(string introduction) => LetterTexts.Write("Lettre", introduction, LetterTexts.Entry(LetterTexts.Visit)).Html;

    private static IDocument Parse(LetterOutput output) => Parse(output.Html);

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
