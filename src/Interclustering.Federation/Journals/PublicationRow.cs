namespace Interclustering.Federation.Journals;

/// <summary>The last revision of a publication as one journal tells it: the state that the journals fold into.</summary>
public sealed class PublicationRow
{
    /// <summary>The journal it was learnt from: the own one, a cluster's at the hub, <c>hub</c> at a node.</summary>
    public required string Journal { get; set; }

    /// <summary><c>&lt;cluster code&gt;-&lt;UUIDv7&gt;</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>The owner: the code in the subject.</summary>
    public required string Cluster { get; set; }

    /// <summary>See <see cref="Contracts.Kinds"/>; <c>withdrawn</c> once withdrawn.</summary>
    public required string Kind { get; set; }
    public long Revision { get; set; }
    public required string Digest { get; set; }

    /// <summary>The data of the last revision in RFC 8785 form; null once withdrawn or erased.</summary>
    public string? Data { get; set; }

    /// <summary>Time of the first revision known here, UTC.</summary>
    public DateTime PublishedAt { get; set; }

    /// <summary>Time of this revision at its origin, UTC.</summary>
    public DateTime RevisedAt { get; set; }

    /// <summary>
    /// Where it stands in the journal that everything derived here follows: at the hub its own journal's sequence,
    /// at a node the sequence of <see cref="Journal"/>.
    /// </summary>
    public long Position { get; set; }

    /// <summary>When it became visible at the hub, UTC: the time of the hub's entry. Null in the origin's own rows.</summary>
    public DateTime? VisibleAt { get; set; }
}
