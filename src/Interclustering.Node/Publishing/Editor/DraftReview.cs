namespace Interclustering.Node.Publishing.Editor;

/// <summary>Life of a request for a second pair of eyes.</summary>
public static class ReviewState
{
    public const string Asked = "asked";

    /// <summary>Given back to its author with a comment.</summary>
    public const string Returned = "returned";

    /// <summary>Read and found good: it is published at its time.</summary>
    public const string Approved = "approved";
}

/// <summary>The review of a draft, or of a pending change. It ends with the draft.</summary>
public sealed class DraftReview
{
    /// <inheritdoc cref="WorkingCopy.Subject"/>
    public required string Subject { get; init; }

    /// <summary>One of <see cref="ReviewState"/>.</summary>
    public required string State { get; set; }

    /// <summary>Of the draft or the pending change that it is about: an approval counts for this one alone.</summary>
    public long Version { get; set; }

    /// <summary>Who did what <see cref="State"/> says.</summary>
    public string By { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}
