namespace Interclustering.Node.Sources;

/// <summary>An address that is looked at by the clock, and what is done with what is found there.</summary>
public sealed class SourceRow
{
    public const int LongestCategory = 300;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public required string Address { get; init; }

    /// <summary>As what it was recognised: a constant of <c>ImportDocument</c>.</summary>
    public required string System { get; init; }

    /// <summary>New and changed items wait for an editor; otherwise they are published at once.</summary>
    public bool Propose { get; set; }

    /// <summary>What disappears from it is withdrawn; otherwise what lies ahead is cancelled, and stays visible so.</summary>
    public bool WithdrawsGone { get; set; }

    /// <summary>Hours between two polls, 1 to 24.</summary>
    public int EveryHours { get; set; } = 6;

    /// <summary>JSON: the source's words for categories, each with the slug of a theme, or empty while none is chosen.</summary>
    public string Themes { get; set; } = "{}";
    public string? Etag { get; set; }
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>In a row.</summary>
    public int Failures { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

/// <summary>One poll of a source.</summary>
public sealed class SourceRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid Source { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Why nothing was read; null when it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Why what has disappeared was left alone; null where there was no doubt.</summary>
    public string? Doubt { get; set; }

    /// <summary>The site said that nothing has changed.</summary>
    public bool NotModified { get; init; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Proposed { get; set; }
    public int Disappeared { get; set; }
    public int Rejected { get; set; }

    /// <summary>Events that could be read.</summary>
    public int Read { get; set; }

    /// <summary>Followed ones that lie ahead and were not there.</summary>
    public int Absent { get; set; }

    /// <summary>Read, and not for publication.</summary>
    public int LeftOut { get; set; }

    /// <summary>What was rejected or remarked and why, a line each; at most 50.</summary>
    public string Remarks { get; set; } = "";
}

/// <summary>Where an item of a source stands.</summary>
public enum SourceItemState
{
    /// <summary>It is published here, and follows its source.</summary>
    Followed,

    /// <summary>It is new or has changed, and waits for an editor.</summary>
    Proposed,

    /// <summary>An editor refused it; it is proposed again when its source changes it.</summary>
    Refused,

    /// <summary>It may be another one that has disappeared, under a new key: <see cref="SourceItem.LikelyKey"/>.</summary>
    AskSame,

    /// <summary>It has disappeared, and had been changed here, or with too many others at once.</summary>
    AskGone,

    /// <summary>It was erased here for good: only its key is left, so that it does not come back.</summary>
    Erased,

    /// <summary>A member said that it is a publication which another source, or a member, looks after.</summary>
    Elsewhere,
}

/// <summary>An item of a source.</summary>
public sealed class SourceItem
{
    public required Guid Source { get; init; }

    /// <summary>The source's own key.</summary>
    public required string Key { get; init; }
    public required string Title { get; set; }

    /// <summary>The event as the source has it now, as <c>PublicationText</c>.</summary>
    public required string Data { get; set; }
    public SourceItemState State { get; set; }

    /// <summary>What a likely key begins with where it names a publication of this cluster, and no item of this source.</summary>
    public const string OwnPublication = "publication:";

    /// <summary>Key of the one that it may be; or <see cref="OwnPublication"/> and an id.</summary>
    public string? LikelyKey { get; set; }

    /// <summary>Polls in a row, without a doubt, at which it was not there.</summary>
    public int Missing { get; set; }
}
