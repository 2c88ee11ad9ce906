using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;

namespace Interclustering.Node.Letters.Pages;

/// <summary>A letter, or the correction that is ready, with what it says today.</summary>
/// <param name="Id">As it stands in the address.</param>
/// <param name="Title">Of the page.</param>
public sealed record ShownLetter(string Id, string Title)
{
    /// <summary>Null for a correction that is not sent yet.</summary>
    public Letter? Letter { get; init; }
    public IReadOnlyList<LetterItem> Items { get; init; } = [];

    /// <summary>Those of its items that are still published.</summary>
    public IReadOnlyList<Candidate> Contents { get; init; } = [];
    public IReadOnlyList<LetterCorrection> Corrections { get; init; } = [];

    /// <summary>Null for what has nothing to say, and for a correction that was sent.</summary>
    public LetterOutput? Output { get; init; }

    public int Count => Letter is null ? Corrections.Count : Contents.Count;
}
