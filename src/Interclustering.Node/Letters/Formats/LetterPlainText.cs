namespace Interclustering.Node.Letters.Formats;

/// <summary>A letter as plain text, for the part that mailing tools send beside the HTML.</summary>
internal static class LetterPlainText
{
    public static string Of(LetterText letter) => string.Join("\n\n", ((IEnumerable<string>)
    [
        letter.Title, RichText.Plain(letter.Introduction),
        .. letter.Sections.SelectMany(section => section.Items.Select(OfItem)
            .Prepend(section.Heading?.ToUpperInvariant() ?? "")),
        $"{LetterText.Footer} {letter.Agenda}",
    ]).Where(block => block.Length > 0)) + "\n";

    private static string OfItem(LetterEntry item) => string.Join('\n', ((IEnumerable<string?>)
    [
        item.Mark is { } mark ? $"{mark} – {item.Title}" : item.Title,
        .. item.Facts,
        item.Who,
        item.Summary,
        item is { Link: { } link, Call: { } call } ? T["{0} : {1}", call, link] : null,
    ]).OfType<string>());
}
