using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// What authentic segments add to a position in a journal: the entries that continue it, a new epoch that replaces its end, or the reason
/// to stop. It decides and changes nothing. A reader that has stopped looks further along its chain, since the new epoch that lets it go on
/// may begin beyond its position; what it sees there counts only if that epoch comes.
/// </summary>
/// <param name="position">Where the reader stands.</param>
/// <param name="stopped">Why it stopped earlier, null when it follows. Only a new epoch goes on from there.</param>
/// <param name="hashAt">The hash that the reader keeps at a sequence up to its position.</param>
/// <param name="hasLeft">Whether the reader has followed this epoch before the current one.</param>
internal sealed class ChainFollower(
    JournalEnd position, string? stopped, Func<long, Task<string?>> hashAt, Func<string, Task<bool>> hasLeft)
{
    private readonly List<JournalEntry> seen = [];
    private JournalEnd end = position;
    private (int Count, JournalEnd End) beforeStop = (0, position);

    /// <summary>The entries to keep and apply, in order.</summary>
    public IReadOnlyList<JournalEntry> Fresh => Stopped is null ? seen : seen[..beforeStop.Count];

    public JournalEnd Position => Stopped is null ? end : beforeStop.End;

    public string? Stopped { get; private set; } = stopped;

    /// <summary>What the reader keeps beyond this sequence no longer counts; null when all of it does.</summary>
    public long? Rewound { get; private set; }

    /// <summary>How many segments belong to an epoch that was left: a sender repeats the past.</summary>
    public int OfLeftEpochs { get; private set; }

    public async Task TakeAsync(JournalSegment segment)
    {
        if (end.Epoch.Length == 0 || Storable.Key(segment.Epoch) == end.Epoch || await OpenAsync(segment))
        {
            await ContinueAsync(segment);
        }
    }

    private async Task ContinueAsync(JournalSegment segment)
    {
        // The chain makes the last entry speak for all before it.
        if (segment.Sequence <= end.Sequence)
        {
            StopIf(await KeptAsync(segment.Sequence) != segment.Hash, $"fork at {segment.Sequence}");
            return;
        }

        foreach (var entry in segment.Entries.Where(entry => entry.Sequence > end.Sequence))
        {
            if (entry.Previous != end.Hash)
            {
                // Further ahead it is a gap: what lies between may still come.
                StopIf(entry.Sequence == end.Sequence + 1, $"fork at {end.Sequence}");
                return;
            }

            seen.Add(entry);
            end = new JournalEnd(Storable.Key(entry.Epoch), entry.Sequence, entry.Hash);
        }
    }

    private void StopIf(bool condition, string reason)
    {
        if (condition && Stopped is null)
        {
            beforeStop = (seen.Count, end);
            Stopped = reason;
        }
    }

    /// <summary>
    /// Whether the segment opens a new epoch, in place of the end of the current one. A reader that lacks the entry where the new epoch
    /// begins, and whose own epoch was left, keeps another past: it drops all of it and reads from the beginning.
    /// </summary>
    private async Task<bool> OpenAsync(JournalSegment segment)
    {
        var first = segment.Entries[0];
        if (EntryChain.OpeningOf(first) is { Replaces: var replaced } opening && first.Sequence == replaced.Sequence + 1
            && first.Previous == replaced.Hash)
        {
            var wasLeft = opening.Leaves?.Any(left => Storable.Key(left) == end.Epoch) == true;
            if ((wasLeft || Storable.Key(replaced.Epoch) == end.Epoch) && replaced.Sequence <= end.Sequence
                && await KeptAsync(replaced.Sequence) == replaced.Hash)
            {
                if (replaced.Sequence < end.Sequence)
                {
                    GoBack(replaced.Sequence);
                }

                end = replaced with { Epoch = Storable.Key(segment.Epoch) };
                Stopped = null;
                return true;
            }

            if (wasLeft)
            {
                GoBack(0);
                end = new JournalEnd("", 0, EntryChain.Origin);
                Stopped = null;
                return false;
            }
        }

        if (await hasLeft(Storable.Key(segment.Epoch)))
        {
            OfLeftEpochs++;
        }
        else
        {
            StopIf(first.Sequence == 1, "this journal has begun anew");
        }

        return false;
    }

    private void GoBack(long sequence)
    {
        Rewound = Math.Min(Rewound ?? long.MaxValue, sequence);
        seen.RemoveAll(entry => entry.Sequence > sequence);
    }

    private async Task<string?> KeptAsync(long sequence) => sequence == 0
        ? EntryChain.Origin
        : seen.Find(entry => entry.Sequence == sequence)?.Hash ?? await hashAt(sequence);
}
