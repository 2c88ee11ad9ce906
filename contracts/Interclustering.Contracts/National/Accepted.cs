namespace Interclustering.Contracts;

/// <summary>
/// In the hub's journal: an origin's entry, whole, applied and visible on the national site since this entry's <c>time</c>.
/// </summary>
public sealed record Accepted : Publication
{
    public required JournalEntry Origin { get; init; }
}

/// <summary>In the hub's journal: an authentic entry that was passed without being applied.</summary>
public sealed record Quarantined : Publication
{
    public required JournalEntry Origin { get; init; }

    /// <summary>foreign, unreadable, invalid, or future (a later version of a known kind).</summary>
    public required string Reason { get; init; }

    /// <summary>What exactly, in English, for operators; never the content itself, which an erasure must reach.</summary>
    public required string Detail { get; init; }
}
