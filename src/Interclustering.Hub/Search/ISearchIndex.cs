using Interclustering.Hub.Search.Attachments;

namespace Interclustering.Hub.Search;

/// <summary>Up to where the index has followed the hub's journal.</summary>
/// <param name="Epoch">The life of the journal; empty when nothing is indexed.</param>
/// <param name="Position">In it.</param>
/// <param name="Changes">Rises with everything that changes what is found, texts of attachments included.</param>
public sealed record SearchHead(string Epoch, long Position, long Changes)
{
    /// <summary>Nothing is indexed.</summary>
    public static SearchHead None { get; } = new("", 0, 0);
}

/// <summary>A publication in which a term is found.</summary>
/// <param name="Id">Of the publication.</param>
/// <param name="Score">Higher is nearer; a rare term in a short text weighs more, the title more than the rest. Comparable within one index
/// only.</param>
/// <param name="Exact">How many of the terms stand there as they were typed, or in its French; the others by a synonym.</param>
public sealed record SearchMatch(string Id, double Score, int Exact);

/// <summary>A word that stands somewhere in the index.</summary>
/// <param name="Folded">Without accents.</param>
/// <param name="Shown">As it is written.</param>
/// <param name="Uses">In how many publications.</param>
public sealed record KnownWord(string Folded, string Shown, int Uses);

/// <summary>The full-text index, in the hub's database: PostgreSQL's, or SQLite's FTS5. Derived: it can be dropped at any time.</summary>
public interface ISearchIndex
{
    /// <summary>Makes its tables, or makes them anew when they are of another version.</summary>
    Task<SearchHead> OpenAsync(CancellationToken cancellation);

    /// <summary>Forgets everything.</summary>
    Task ClearAsync(CancellationToken cancellation);

    /// <summary>In one transaction: what changed, what is gone, and up to where in the hub's journal that is.</summary>
    Task<SearchHead> ApplyAsync(IReadOnlyList<SearchDocument> changed, IReadOnlyList<string> gone, string epoch, long position,
        CancellationToken cancellation);

    /// <summary>Where a term is found, the nearest first.</summary>
    Task<IReadOnlyList<SearchMatch>> MatchAsync(SearchTerm term, CancellationToken cancellation);

    /// <summary>Where all of the terms are found, the nearest first. Scores of several terms compare with each other only. Where they stand
    /// as one phrase, that counts as one more that is <see cref="SearchMatch.Exact"/>.</summary>
    Task<IReadOnlyList<SearchMatch>> MatchAllAsync(SearchQuery query, CancellationToken cancellation);

    /// <summary>Words that may be meant by one that is nowhere: those that look like it, and those that begin with it.</summary>
    Task<IReadOnlyList<KnownWord>> WordsLikeAsync(string folded, CancellationToken cancellation);

    /// <summary>What some files say, by SHA-256; those that were not read yet are missing.</summary>
    Task<IReadOnlyDictionary<string, AttachmentText>> TextsAsync(IReadOnlyList<string> sha256, CancellationToken cancellation);

    /// <summary>Every file that was read, by SHA-256, with its <see cref="AttachmentText.Note"/>.</summary>
    Task<IReadOnlyDictionary<string, string?>> NotesAsync(CancellationToken cancellation);

    /// <summary>Keeps what a file says.</summary>
    Task KeepTextAsync(string sha256, AttachmentText content, CancellationToken cancellation);

    /// <summary>Forgets the texts of files that are no longer named.</summary>
    Task ForgetTextsAsync(IReadOnlyList<string> sha256, CancellationToken cancellation);

    /// <summary>The text of the attachments of some publications, by id.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<FileText>>> FilesOfAsync(IReadOnlyList<string> ids, CancellationToken cancellation);
}
