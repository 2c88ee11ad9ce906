namespace Interclustering.Node.Publishing.Editor;

/// <summary>
/// A change of what is published or withdrawn, kept as a draft: the working copy stays what is public. One for each publication.
/// </summary>
public sealed class PendingChange
{
    /// <inheritdoc cref="WorkingCopy.Subject"/>
    public required string Subject { get; init; }

    /// <inheritdoc cref="WorkingCopy.Kind"/>
    public required string Kind { get; init; }
    public string Title { get; set; } = "";

    /// <inheritdoc cref="WorkingCopy.Data"/>
    public string Data { get; set; } = "";

    /// <summary>Version of the working copy from which it was written: where that has moved, it is not published unseen.</summary>
    public long BasedOn { get; set; }

    /// <summary>Rises with every save, also over a change that was discarded: an edit that began from an older one is told so.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime EditedAt { get; set; }
    public string EditedBy { get; set; } = "";

    /// <inheritdoc cref="WorkingCopy.Owner"/>
    public string? Owner { get; set; }

    /// <summary>UTC: when it is published by itself; null for one that waits for an editor.</summary>
    public DateTime? PublishAt { get; set; }

    /// <summary>Why it was not published at its time, one of <see cref="ScheduleFailure"/>; null where nothing failed.</summary>
    public string? Failure { get; set; }

    /// <inheritdoc cref="WorkingCopy.SourceData"/>
    public string? SourceData { get; set; }

    /// <summary>As a draft, for what fills a form.</summary>
    public WorkingCopy AsCopy() => new()
    {
        Subject = Subject,
        Kind = Kind,
        State = PublicationState.Draft,
        Title = Title,
        Data = Data,
        Version = BasedOn,
        EditedAt = EditedAt,
        EditedBy = EditedBy,
        PublishAt = PublishAt,
    };
}

/// <summary>Why something was not published at its time.</summary>
public static class ScheduleFailure
{
    /// <summary>What is published was changed meanwhile.</summary>
    public const string Moved = "moved";

    /// <summary>No second member has read it.</summary>
    public const string Unreviewed = "unreviewed";

    /// <summary>It can't stand as it is.</summary>
    public const string Refused = "refused";
}
