namespace Interclustering.Contracts;

/// <summary>
/// The first entry of a new epoch, after a journal was restored from a backup, was written by two processes, or lost a key. It continues
/// sequence and chain from the end that it names; what lay beyond that end in the old epoch no longer counts.
/// </summary>
public sealed record JournalOpened : Publication
{
    /// <summary>
    /// Where the old epoch ends: this entry's <c>sequence</c> is one more, and its <c>previous</c> is this hash. Its epoch is that of the
    /// entry there.
    /// </summary>
    public required JournalEnd Replaces { get; init; }

    /// <summary>
    /// Further epochs of which nothing counts any more; absent when there are none. A reader that follows one of them goes back, too.
    /// </summary>
    public IReadOnlyList<string>? Leaves { get; init; }

    /// <summary>recovered, or revoked.</summary>
    public required string Reason { get; init; }
}

/// <summary>An end of a journal.</summary>
/// <param name="Epoch">See <see cref="JournalEntry.Epoch"/>.</param>
/// <param name="Sequence">See <see cref="JournalEntry.Sequence"/>; 0 for the beginning.</param>
/// <param name="Hash">See <see cref="JournalEntry.Hash"/>; 64 zeros at 0.</param>
public sealed record JournalEnd(string Epoch, long Sequence, string Hash);
