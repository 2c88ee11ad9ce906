namespace Interclustering.Node.Letters.Formats;

/// <summary>What a letter says, in French as its readers are, before it is HTML, Markdown or plain text.</summary>
/// <param name="Title">One line.</param>
/// <param name="Introduction">CommonMark; empty without one.</param>
/// <param name="Sender">Name of the cluster.</param>
/// <param name="Agenda">Address of the national agenda.</param>
/// <param name="Sections">In order; none is empty.</param>
internal sealed record LetterText(
    string Title, string Introduction, string Sender, string Agenda, IReadOnlyList<LetterSection> Sections)
{
    /// <summary>
    /// Bytes in UTF-8. Gmail hides the end of a longer mail; 102 kB is what senders observe, and is documented nowhere.
    /// </summary>
    public const int MostBytes = 100_000;

    /// <summary>Stands before the address of the national agenda.</summary>
    public static string Footer => T["Toutes les dates, tenues à jour :"];
}

/// <summary>Items under one heading.</summary>
/// <param name="Heading">Null for a letter of one section.</param>
/// <param name="Items">At least one.</param>
internal sealed record LetterSection(string? Heading, IReadOnlyList<LetterEntry> Items);
