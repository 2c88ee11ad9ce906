using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search.Attachments;
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

    /// <param name="item">As the site shows it.</param>
    /// <param name="files">Texts of its attachments.</param>
    /// <param name="directory">Names the clusters that organise it with its owner.</param>
    public static SearchDocument Of(Published item, IReadOnlyList<FileText> files, FederationDirectory? directory = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        IEnumerable<string?> organisers = [item.Owner.Name, item.Owner.Code,
            .. item.Item.CoOrganisers.SelectMany(code => (string?[])[directory?.Find(code)?.Name, code])];
        if (item.ForMembers)
        {
            // Title and cluster find it; its days do by their filter. Nothing else may.
            return new SearchDocument(item.Id, Clean(item.Title), Joined(organisers), "", []);
        }

        var (happening, place) = (item.Item as Event, (item.Item as Event)?.Place);
        IEnumerable<string?> subject =
        [
            item.Item.Summary, Vocabulary.Label(item.Kind), .. organisers, .. item.Item.Themes.Select(Vocabulary.Label),
                .. item.Item.Audiences.Select(Vocabulary.Label),
            happening?.Format is { } format ? Vocabulary.Label(format) : null,
            happening is null ? null : Vocabulary.Label(happening.Attendance),
            happening is Webinar { ReplayUrl: not null } ? Vocabulary.Label(Criterion.Replay) : null,
            place?.Name, place?.City, .. item.Regions.Select(Regions.NameOf), .. MonthsOf(happening),
        ];
        return new SearchDocument(item.Id, Clean(item.Title), Joined(subject),
            Clean(MarkdownText.ToPlain(item.Item.Text)), files);
    }

    /// <summary>« janvier 2027 » for each month of its dates.</summary>
    private static IEnumerable<string> MonthsOf(Event? happening) => (happening?.Sessions ?? []).Select(session => session.Start)
        .Where(start => start.Length >= 7).Select(start => start[..7]).Distinct()
        .Select(month => DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var first) ? first.ToString("MMMM yyyy", Language.French) : null).OfType<string>();

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

    private static string Joined(IEnumerable<string?> parts) => Clean(string.Join(" · ", parts.OfType<string>().Distinct()));

    /// <summary>PostgreSQL refuses U+0000, and the other control characters are not for readers. Pages stay apart.</summary>
    private static string Clean(string text) => string.Concat(text.Select(letter =>
        char.IsControl(letter) && letter != AttachmentText.PageBreak ? ' ' : letter));
}
