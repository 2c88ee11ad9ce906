namespace Interclustering.Contracts;

/// <summary>
/// A letter that a cluster has sent to its members, as what stood in it: for counting how often publications are taken up by others. It
/// names no member and no text. For the teams of all clusters only: nothing public shows it.
/// </summary>
public sealed record LetterIssue : Publication
{
    /// <summary>How many items it names at most.</summary>
    public const int MostItems = 200;

    /// <summary>The day on which it was sent, in Paris, e.g. <c>2026-12-10</c>.</summary>
    public required string SentOn { get; init; }

    /// <summary>Ids of the publications in it, in order; of any cluster.</summary>
    public required IReadOnlyList<string> Items { get; init; }
}
