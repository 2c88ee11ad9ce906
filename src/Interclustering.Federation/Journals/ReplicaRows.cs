using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Journals;

/// <summary>An entry of a followed journal, kept verbatim; after a recovery also own entries that the chosen chain leaves out.</summary>
public sealed class ReplicaEntry
{
    public required string Journal { get; set; }
    public required string Epoch { get; set; }
    public long Sequence { get; set; }
    public required string Subject { get; set; }
    public required string Hash { get; set; }

    /// <summary>The whole entry in RFC 8785 form; without data that could not be read again.</summary>
    public required string Text { get; set; }

    internal static ReplicaEntry Of(string journal, JournalEntry entry) => new()
    {
        Journal = journal,
        Epoch = Storable.Key(entry.Epoch),
        Sequence = entry.Sequence,
        Subject = Storable.Key(entry.Subject),
        Hash = entry.Hash,
        Text = EntryChain.TextOf(Storable.Of(entry)),
    };
}

/// <summary>The position in another participant's journal: a contiguous watermark that never moves back within an epoch.</summary>
public sealed class ReplicaCursor
{
    public required string Journal { get; set; }

    /// <summary>Empty until the first entry.</summary>
    public required string Epoch { get; set; }

    /// <summary>The watermark: everything up to here is kept and applied or quarantined.</summary>
    public long Sequence { get; set; }
    public required string Hash { get; set; }

    /// <summary>
    /// The segment that ended here, without its entries: the owner's own signature over this position. The owner asks it back with its
    /// entries after a loss, and so believes no reader's word.
    /// </summary>
    public string? Proof { get; set; }

    /// <summary>End of the journal as its owner last announced it.</summary>
    public long Announced { get; set; }

    /// <summary>
    /// When the owner's last heartbeat came, UTC. A later one that says the same is noted after
    /// <see cref="FederationSettings.LongestUnnoted"/> at the latest.
    /// </summary>
    public DateTime? HeardAt { get; set; }

    /// <summary>When the watermark last moved, UTC.</summary>
    public DateTime? AdvancedAt { get; set; }
    public long Quarantined { get; set; }

    /// <summary>Refused as forged or damaged since this database began.</summary>
    public long Refused { get; set; }

    /// <summary>Why ingest has stopped for this journal (a fork); null while it follows.</summary>
    public string? StoppedBecause { get; set; }
}
