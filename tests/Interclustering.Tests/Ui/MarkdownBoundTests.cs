using System.Text;
using CsCheck;
using Interclustering.Ui.Markdown;

namespace Interclustering.Tests.Ui;

/// <summary>Markdown of others never throws, and never becomes more than a page can carry.</summary>
public sealed class MarkdownBoundTests
{
    private const int LongestText = 60_000;

    /// <summary>What opens, closes, or means something to a parser of Markdown.</summary>
    private static readonly string[] Marks =
    [
        "[", "]", "(", ")", "![", "](", "[a](b \"", "*", "**", "_", "`", "```\n", "~~~\n", "<", ">", "<!--", "<![CDATA[", "<http://a", "&",
            "&amp;", "\\", "|", "|-",
        "> ", "- ", "1. ", "# ", "+ ", "    ", "\t", "\n", "\n\n", "\r\n", "=\n", "***\n", "[a]: b\n", "[a]", "www.a.a/", "http://",
            "a@a.a ", "a", "é", "\ud800", "\0", "\u2028", "a\u0301",
    ];

    private static readonly Gen<string> Mark = Gen.Int[0, Marks.Length - 1].Select(index => Marks[index]);

    private static readonly Gen<string> Hostile = Gen.Select(Mark.Array[1, 6], Gen.Int[1, LongestText], Mark.Array[0, 40])
        .Select((unit, length, tail) => Repeat(string.Concat(unit), length) + string.Concat(tail));

    [Fact]
    public void No_text_throws_or_gives_out_more_than_the_bound() =>
        Gen.OneOf(Hostile, Gen.String[0, 2_000], Mark.Array[0, 2_000].Select(string.Concat)).Sample(Bounded, iter: 300);

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*a **a ")]
    [InlineData("a**b*c")]
    [InlineData("[a][b")]
    [InlineData("[](")]
    [InlineData("<![CDATA[")]
    public void What_nests_deep_is_shown_as_plain_text(string mark)
    {
        foreach (var count in (int[])[140, LongestText / mark.Length])
        {
            var text = "Visite du quai\n\n" + Repeat(mark, count * mark.Length);
            Bounded(text);
            Assert.StartsWith("<p>Visite du quai</p>", MarkdownText.ToHtml(text).Value, StringComparison.Ordinal);
            Assert.StartsWith("Visite du quai", MarkdownText.ToPlain(text), StringComparison.Ordinal);
        }

        Assert.Contains("sans mise en forme", MarkdownText.ToHtml(Repeat(mark, LongestText)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_named_ten_thousand_times_is_not_written_ten_thousand_times()
    {
        var text = $"[a]: https://a.example/{new string('b', 30_000)}\n\n{Repeat("[a]\n\n", 30_000)}";
        Bounded(text);
        Assert.Contains("sans mise en forme", MarkdownText.ToHtml(text).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- [a]\n")]
    [InlineData("> [a]\n")]
    [InlineData("|[a]|\n|-|\n|[a]|\n\n")]
    public void A_text_beyond_the_bound_changes_nothing_for_the_texts_after_it(string line)
    {
        var endless = $"[a]: https://a.example/{new string('b', 30_000)}\n\n{Repeat(line, 4_000)}";
        for (var count = 0; count < 20; count++)
        {
            Assert.Contains("sans mise en forme", MarkdownText.ToHtml($"{endless}\n\n{count} {line}").Value, StringComparison.Ordinal);
            MarkdownText.ToPlain(endless + count);
            Assert.Equal($"<p>quai <strong>{count}</strong> {line.Length}</p>\n",
                MarkdownText.ToHtml($"quai **{count}** {line.Length}").Value);
            Assert.Equal($"quai {count} &", MarkdownText.ToPlain($"quai **{count}** &amp;"));
        }
    }

    [Fact]
    public void A_table_whose_rows_are_as_wide_as_its_head_is_not_filled_up() =>
        Bounded($"{Repeat("|a", 2_000)}\n{Repeat("|-", 2_000)}\n{Repeat("|\n", 50_000)}");

    [Fact]
    public void A_text_that_people_write_is_rendered_at_full_length()
    {
        var part = "## Étape\n\nUn **quai** et une *grue*, voir [le site](https://a.example/?a=1&b=2) (page 3) :\n\n- un\n- deux\n  - "
            + "trois\n\n> cité\n\n|a|b|\n|-|-|\n|1|2|\n\n-----------------------------------------------------------\n\n";
        var html = MarkdownText.ToHtml(Repeat(part, LongestText)).Value;
        Assert.DoesNotContain("sans mise en forme", html, StringComparison.Ordinal);
        Assert.Contains("<td>2</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_longer_than_any_door_takes_is_cut_after_a_word()
    {
        var plain = MarkdownText.ToPlain(Repeat("quai ", 190_000));
        Assert.EndsWith("quai …", plain, StringComparison.Ordinal);
        Assert.InRange(plain.Length, 30_000, LongestText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("quai")]
    public void A_text_of_which_little_can_be_shown_is_cut_as_well(string shown)
    {
        var text = $"{shown}{new string('\0', LongestText)}{Repeat("![", LongestText)}";
        Bounded(text);
        Assert.Equal($"{shown} …", MarkdownText.ToPlain(text));
    }

    [Fact]
    public void A_text_is_rendered_once_and_kept()
    {
        var text = $"Un **quai** {Guid.NewGuid()}";
        Assert.Same(MarkdownText.ToHtml(text).Value, MarkdownText.ToHtml(new string(text)).Value);
        Assert.Same(MarkdownText.ToPlain(text), MarkdownText.ToPlain(new string(text)));
    }

    private static void Bounded(string text)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(MarkdownText.ToHtml(text).Value), 0, MarkdownText.MostBytes + 500);
        Assert.InRange(Encoding.UTF8.GetByteCount(MarkdownText.ToPlain(text)), 0, MarkdownText.MostBytes);
        Assert.InRange(MarkdownText.ToPlainText(text, 300).Length, 0, 301);
    }

    private static string Repeat(string part, int length) => string.Concat(Enumerable.Repeat(part, length / part.Length));
}
