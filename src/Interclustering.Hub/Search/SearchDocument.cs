using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Markdown;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>The text of an attachment.</summary>
/// <param name="Name">As its cluster named it.</param>
/// <param name="Text">Plain.</param>
public sealed record FileText(string Name, string Text);

/// <summary>What the index keeps of a publication: its public part, in plain text, the weightiest first.</summary>
/// <param name="Id">Of the publication.</param>
/// <param name="Title">Weighs most.</param>
/// <param name="Subject">Summary, and in words: kind, cluster, themes, audiences, place.</param>
/// <param name="Text">The text.</param>
/// <param name="Files">Inside its attachments.</param>
public sealed record SearchDocument(string Id, string Title, string Subject, string Text, IReadOnlyList<FileText> Files)
{
    /// <summary>Characters of all attachments together: PostgreSQL's vector holds 1 MiB.</summary>
    private const int MostOfFiles = 300_000;

    private const char BetweenFiles = '\u001e', AfterName = '\u001f';

    /// <summary><see cref="Files"/> as one column; the separators are no words.</summary>
    public string FilesText
    {
        get
        {
            var whole = string.Join(BetweenFiles, Files.Select(file => Clean(file.Name) + AfterName + Clean(file.Text)));
            return FoldedText.Beginning(whole, MostOfFiles);
        }
    }

    public static SearchDocument Of(Published item, IReadOnlyList<FileText> files)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.ForMembers)
        {
            // Title and cluster find it; its days do by their filter. Nothing else may.
            return new SearchDocument(item.Id, Clean(item.Title), item.Owner.Name, "", []);
        }

        var place = (item.Item as Event)?.Place;
        IEnumerable<string?> subject =
        [
            item.Item.Summary, Vocabulary.Label(item.Kind), item.Owner.Name, .. item.Item.Themes.Select(Vocabulary.Label),
                .. item.Item.Audiences.Select(Vocabulary.Label),
            item.Item is Event { Format: { } format }
                ? Vocabulary.Label(format) : null, place?.Name, place?.City, .. item.Regions.Select(Regions.NameOf),
        ];
        return new SearchDocument(item.Id, Clean(item.Title), Clean(string.Join(" · ", subject.OfType<string>())),
            Clean(MarkdownText.ToPlain(item.Item.Text)), files);
    }

    /// <inheritdoc cref="FilesText"/>
    public static IReadOnlyList<FileText> SplitFiles(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return [.. column.Split(BetweenFiles, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(AfterName, 2))
            .Select(pair => new FileText(pair[0], pair[^1]))];
    }

    /// <summary>Every different word with the form in which it is shown first.</summary>
    public IReadOnlyDictionary<string, string> Words() => new[] { Title, Subject, Text, FilesText }.SelectMany(FrenchWords.Of)
        .Where(word => word.Folded.Length is >= 4 and <= 40 && word.Folded.All(char.IsLetter)).GroupBy(word => word.Folded)
            .ToDictionary(group => group.Key, group => group.First().Shown);

    /// <summary>PostgreSQL refuses U+0000, and the other control characters are not for readers.</summary>
    private static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
