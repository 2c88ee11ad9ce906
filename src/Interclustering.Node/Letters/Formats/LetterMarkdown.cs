namespace Interclustering.Node.Letters.Formats;

/// <summary>A letter as CommonMark, without HTML.</summary>
internal static class LetterMarkdown
{
    public static string Of(LetterText letter) => string.Join("\n\n", ((IEnumerable<string>)
    [
        $"# {RichText.Escaped(letter.Title)}", RichText.Markdown(letter.Introduction),
        .. letter.Sections.SelectMany(section => section.Items.Select(item => OfItem(item, section.Heading is null ? "##" : "###"))
            .Prepend(section.Heading is { } heading ? $"## {RichText.Escaped(heading)}" : "")),
        "---", $"{RichText.Escaped(LetterText.Footer)} <{letter.Agenda}>",
    ]).Where(block => block.Length > 0)) + "\n";

    private static string OfItem(LetterEntry item, string level)
    {
        var title = RichText.Escaped(item.Title);
        var mark = item.Mark is { } words ? $"**{RichText.Escaped(words)}** – " : "";
        var facts = item.Facts.Select(fact => $"**{RichText.Escaped(fact)}**").Append(RichText.Escaped(item.Who));
        return string.Join("\n\n", ((string?[])
        [
            $"{level} {mark}{(item.Link is { } page ? $"[{title}]({page})" : title)}",
            string.Join("\\\n", facts),
            item.Summary is { } summary ? RichText.Escaped(summary) : null,
            item is { Link: { } link, Call: { } call } ? $"[{RichText.Escaped(call)}]({link})" : null,
        ]).OfType<string>());
    }
}
