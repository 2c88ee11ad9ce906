using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// Whether a message is what it says it is: broker-validated sender, signature, chain, and digests together.
/// A binding proves nothing (CC and BCC headers bypass topic permissions before RabbitMQ 4.0.3).
/// </summary>
internal static class Authenticity
{
    /// <summary>Why a segment is refused; null when it is authentic.</summary>
    public static string? Refuse(JournalSegment segment, string? sender, FederationDirectory directory) =>
        Unless(() => RefuseSegment(segment, sender, directory));

    /// <summary>
    /// Why entries of one's own journal, given back by a reader, are refused. The owner's signature is over the end of what the reader has,
    /// not of what this message carries: whether the chain leads there is known once all is here, and a key that was revoked since counts
    /// only for telling what it signed.
    /// </summary>
    public static string? RefuseReturned(JournalSegment segment, FederationDirectory directory) => Unless(() =>
        segment.Entries.Count == 0 || segment.Entries.Any(entry => entry is null) ? "nothing is returned"
        : !Signatures.Verify(segment, [.. directory.KeysOf(segment.Journal).Select(key => key with { Through = null })])
            ? "the signature is not this journal's"
        : segment.Entries.All(entry => entry.Source == segment.Journal && EntryChain.IsIntact(entry)) ? null : "an entry is damaged");

    /// <summary>Why a control message is refused; null when it is authentic.</summary>
    public static string? Refuse(ControlMessage message, string? sender, FederationDirectory directory) =>
        sender is not null && sender != message.From ? "the broker knows the sender by another name"
        : Unless(() => Signatures.Verify(message, directory.KeysOf(message.From)) ? null : "the signature is not the sender's");

    /// <summary>Refuses content without a canonical form (a fraction, a lone surrogate): it can't have been signed or hashed.</summary>
    private static string? Unless(Func<string?> refuse)
    {
        try
        {
            return refuse();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "it has no canonical form";
        }
    }

    private static string? RefuseSegment(JournalSegment segment, string? sender, FederationDirectory directory)
    {
        if (sender is not null && sender != segment.Journal)
        {
            return "the broker knows the sender by another name";
        }

        if (segment.Entries.Count == 0 || segment.Entries.Any(entry => entry is null) || segment.Entries[^1].Sequence != segment.Sequence
            || segment.Entries[^1].Hash != segment.Hash)
        {
            return "the signed end is not the last entry";
        }

        return Signatures.Verify(segment, directory.KeysOf(segment.Journal))
            ? RefuseEntries(segment) : "the signature is not the journal's";
    }

    private static string? RefuseEntries(JournalSegment segment)
    {
        var erased = segment.Erased.ToHashSet();
        if (erased.Count != segment.Erased.Count || !erased.IsSubsetOf(segment.Entries.Select(entry => entry.Sequence)))
        {
            return "erased names what is not there";
        }

        for (var index = 0; index < segment.Entries.Count; index++)
        {
            var entry = segment.Entries[index];
            if (entry.Source != segment.Journal || entry.Epoch != segment.Epoch)
            {
                return "an entry is of another journal or epoch";
            }

            if (index > 0
                && (entry.Sequence != segment.Entries[index - 1].Sequence + 1 || entry.Previous != segment.Entries[index - 1].Hash))
            {
                return "the chain is broken";
            }

            if (EntryChain.IsErased(entry) != erased.Contains(entry.Sequence) || !EntryChain.IsIntact(entry))
            {
                return "an entry is damaged";
            }
        }

        return null;
    }
}
