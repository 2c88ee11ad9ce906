namespace Interclustering.Node.Publishing.Editor;

/// <summary>Life of a publication, independent of the event's own status.</summary>
public static class PublicationState
{
    public const string Draft = "draft";
    public const string Published = "published";
    public const string Withdrawn = "withdrawn";
}

/// <summary>What staff edit: the text of a publication here, and where its last revision stands in the journal.</summary>
public sealed class WorkingCopy
{
    /// <summary><c>&lt;cluster code&gt;-&lt;UUIDv7&gt;</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>See <see cref="Contracts.Kinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>One of <see cref="PublicationState"/>.</summary>
    public required string State { get; set; }
    public required string Title { get; set; }

    /// <summary>The record as JSON, with an empty nonce.</summary>
    public required string Data { get; set; }

    /// <summary>Last journaled revision; 0 for a draft.</summary>
    public long Revision { get; set; }

    /// <summary>Sequence of that revision in the own journal; 0 for a draft.</summary>
    public long Sequence { get; set; }
    public string? SourceSystem { get; set; }
    public string? SourceKey { get; set; }

    /// <summary>
    /// What its source gave last, in the form of <see cref="Data"/>; null without a source. Where the two differ, an editor changed it here
    /// and the local text counts.
    /// </summary>
    public string? SourceData { get; set; }

    /// <summary>Its source has taken it back, so its source may bring it again.</summary>
    public bool SourceWithdrew { get; set; }

    /// <summary>Rises with every save: an edit that started from an older one is told so.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime EditedAt { get; set; }

    /// <summary>UTC: when this draft is published by itself; null for one that waits for an editor.</summary>
    public DateTime? PublishAt { get; set; }

    /// <summary>UTC: when it was put away from the everyday lists of the workspace. The national site is not concerned.</summary>
    public DateTime? ArchivedAt { get; set; }
    public string EditedBy { get; set; } = "";

    /// <summary>
    /// Id of the member of staff who has written a draft last, or placed or prolonged a date hold: names are not unique, and change.
    /// </summary>
    public string? Owner { get; set; }
}
