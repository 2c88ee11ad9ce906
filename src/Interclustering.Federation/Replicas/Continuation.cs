using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// What authentic segments add to a position in a journal: the entries that continue it, a new epoch that replaces its end, or the reason
/// to stop. It decides and changes nothing.
/// </summary>
/// <param name="position">Where the reader stands.</param>
/// <param name="stopped">Why it stopped earlier, null when it follows. Only a new epoch goes on from there.</param>
/// <param name="hashAt">The hash that the reader keeps at a sequence up to its position.</param>
/// <param name="hasLeft">Whether the reader has followed this epoch before the current one.</param>
internal sealed class Continuation(
    JournalEnd position, string? stopped, Func<long, Task<string?>> hashAt, Func<string, Task<bool>> hasLeft)
{
    private readonly List<JournalEntry> fresh = [];

    /// <summary>The entries to keep and apply, in order.</summary>
    public IReadOnlyList<JournalEntry> Fresh => fresh;

    public JournalEnd Position { get; private set; } = position;

    public string? Stopped { get; private set; } = stopped;

    /// <summary>What the reader keeps beyond this sequence no longer counts; null when all of it does.</summary>
    public long? Rewound { get; private set; }

    /// <summary>Segments of an epoch that was left: somebody sends the past again.</summary>
    public int OfLeftEpochs { get; private set; }

    public async Task TakeAsync(JournalSegment segment)
    {
        if (Position.Epoch.Length > 0 && segment.Epoch != Position.Epoch && !await OpenAsync(segment))
        {
            return;
        }

        if (Stopped is null)
        {
            await ContinueAsync(segment);
        }
    }

    private async Task ContinueAsync(JournalSegment segment)
    {
        // The chain makes the last entry speak for all before it.
        if (Guards.Deduplication && segment.Sequence <= Position.Sequence)
        {
            Stopped = await KeptAsync(segment.Sequence) == segment.Hash ? null : $"fork at {segment.Sequence}";
            return;
        }

        foreach (var entry in segment.Entries.Where(entry => !Guards.Deduplication || entry.Sequence > Position.Sequence))
        {
            if (Guards.Chain && entry.Previous != Position.Hash)
            {
                // Further ahead it is a gap: what lies between may still come.
                Stopped = entry.Sequence == Position.Sequence + 1 ? $"fork at {Position.Sequence}" : null;
                return;
            }

            fresh.Add(entry);
            Position = new JournalEnd(entry.Epoch, entry.Sequence, entry.Hash);
        }
    }

    /// <summary>Whether the segment opens a new epoch, in place of the end of the current one, which the reader must have.</summary>
    private async Task<bool> OpenAsync(JournalSegment segment)
    {
        var first = segment.Entries[0];
        if (ReplacedBy(first) is { } replaced && replaced.Epoch == Position.Epoch && first.Sequence == replaced.Sequence + 1
            && first.Previous == replaced.Hash && replaced.Sequence <= Position.Sequence && await KeptAsync(replaced.Sequence) == replaced.Hash)
        {
            if (replaced.Sequence < Position.Sequence)
            {
                Rewound = Math.Min(Rewound ?? long.MaxValue, replaced.Sequence);
                fresh.RemoveAll(entry => entry.Sequence > replaced.Sequence);
            }

            Position = replaced with { Epoch = segment.Epoch };
            Stopped = null;
            return true;
        }

        if (await hasLeft(segment.Epoch))
        {
            OfLeftEpochs++;
        }
        else if (first.Sequence == 1)
        {
            Stopped ??= "this journal has begun anew";
        }

        return false;
    }

    private static JournalEnd? ReplacedBy(JournalEntry entry)
    {
        try
        {
            return Kinds.KindOf(entry.Type) == Kinds.JournalOpened ? entry.Data?.Deserialize<JournalOpened>(ContractJson.Options)?.Replaces : null;
        }
        catch (JsonException)
        {
            // Signed by its owner, and unreadable: it opens nothing.
            return null;
        }
    }

    private async Task<string?> KeptAsync(long sequence) => sequence == 0
        ? EntryChain.Origin
        : fresh.Find(entry => entry.Sequence == sequence)?.Hash ?? await hashAt(sequence);
}
