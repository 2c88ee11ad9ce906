using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Journals;

/// <summary>An entry of this participant's own journal, kept verbatim.</summary>
public sealed class JournalRow
{
    public long Sequence { get; set; }
    public required string Subject { get; set; }
    public required string Type { get; set; }
    public long Revision { get; set; }
    public required string Hash { get; set; }

    /// <summary>The whole entry in RFC 8785 form. Signed text stays text: jsonb would rewrite its bytes.</summary>
    public required string Text { get; set; }

    /// <summary>Data was removed by a withdrawal or an erasure.</summary>
    public bool Erased { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Time { get; set; }

    internal static JournalRow Of(JournalEntry entry, string text) => new()
    {
        Sequence = entry.Sequence,
        Subject = entry.Subject,
        Type = entry.Type,
        Revision = entry.Revision,
        Hash = entry.Hash,
        Text = text,
        Erased = EntryChain.IsErased(entry),
        Time = FoldedState.TimeOf(entry),
    };
}

/// <summary>The row-locked counter of the own journal: one row.</summary>
public sealed class JournalHead
{
    public int Id { get; set; }
    public required string Journal { get; set; }
    public required string Epoch { get; set; }
    public long Sequence { get; set; }
    public required string Hash { get; set; }
}

/// <summary>How far a reader of the own journal has kept it: the relay's only memory.</summary>
public sealed class ReceiptRow
{
    public required string Reader { get; set; }
    public long Through { get; set; }
    public required string Hash { get; set; }

    /// <summary>When the last receipt came, UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Why nothing is sent to this reader, until a recovery or its next right answer; null while entries are sent.</summary>
    public string? StoppedBecause { get; set; }
}
