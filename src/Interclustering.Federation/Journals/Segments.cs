using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Journals;

/// <summary>
/// Cuts consecutive entries into signed segments, each of one epoch, of at most <see cref="EntryChain.MaxSegmentBytes"/>, and of no more
/// than a reader ingests in one turn.
/// </summary>
internal static class Segments
{
    /// <summary>Bytes of entries in one segment: room is left for the envelope, the signature, and the list of erased sequences.</summary>
    public const int Budget = EntryChain.MaxSegmentBytes - (8 * 1024);

    public static IEnumerable<JournalSegment> Cut(Participant participant, IReadOnlyList<JournalRow> rows)
    {
        var entries = new List<JournalEntry>();
        var bytes = 0;
        foreach (var row in rows)
        {
            var entry = EntryChain.Read(row.Text);
            var size = Encoding.UTF8.GetByteCount(row.Text);
            if (entries.Count > 0 && (bytes + size > Budget || entries.Count == FederationLimits.Turn || entry.Epoch != entries[0].Epoch))
            {
                yield return Sign(participant, entries);
                (entries, bytes) = ([], 0);
            }

            entries.Add(entry);
            bytes += size;
        }

        yield return Sign(participant, entries);
    }

    private static JournalSegment Sign(Participant participant, List<JournalEntry> entries) => participant.Key.Sign(new JournalSegment
    {
        Journal = participant.Code,
        Epoch = entries[^1].Epoch,
        Sequence = entries[^1].Sequence,
        Hash = entries[^1].Hash,
        Erased = [.. entries.Where(EntryChain.IsErased).Select(entry => entry.Sequence)],
        Keyid = "",
        Signature = "",
        Entries = entries,
    });
}
