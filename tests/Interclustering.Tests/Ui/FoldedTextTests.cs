using Interclustering.Ui.Words;

namespace Interclustering.Tests.Ui;

/// <summary>Folding takes any text; a text is cut between letters.</summary>
public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Été", "ete")]
    [InlineData("\ufffeÉté\ufffe", "ete")]
    [InlineData("\uffffa", "\uffffa")]
    [InlineData("Œuvre d’Ælis", "oeuvre d'aelis")]
    [InlineData("", "")]
    public void Any_text_is_folded(string text, string folded) => Assert.Equal(folded, FoldedText.Of(text));

    [Fact]
    public void Every_character_is_folded()
    {
        // Halves of surrogate pairs too.
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var folded = FoldedText.Of($"a{(char)unit}b");
            Assert.True(folded.StartsWith('a') && folded.EndsWith('b'), $"U+{unit:X4}: {folded}");
        }
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("a😀b", 3, "a😀")]
    public void A_beginning_has_no_half_of_a_letter(string text, int most, string beginning) =>
        Assert.Equal(beginning, FoldedText.Beginning(text, most));
}
