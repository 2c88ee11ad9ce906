namespace Interclustering.Node.Letters;

/// <summary>
/// A letter to the cluster's members. It is written here, sent with the mailing tool of the cluster's own, and remembered once it is
/// marked as sent.
/// </summary>
public sealed class Letter
{
    /// <summary>1 to 200 characters.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters of an introduction.</summary>
    public const int LongestIntroduction = 10_000;

    /// <summary>Given by its form, so that a form that is sent twice is one letter.</summary>
    public required Guid Id { get; init; }

    /// <summary>One line; empty once it is erased, with what it named.</summary>
    public required string Title { get; set; }

    /// <summary>CommonMark; empty without one.</summary>
    public string Introduction { get; set; } = "";

    /// <summary>The query that its items were looked for with, without the question mark.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Whether it shows the organisers' pictures.</summary>
    public bool ShowsPictures { get; set; }

    /// <summary>It says what has changed since letters before it.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>UTC.</summary>
    public DateTime EditedAt { get; set; }

    /// <summary>UTC: when a member marked it as sent; null for a draft.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>Id of that member of staff; empty for a draft.</summary>
    public string SentBy { get; set; } = "";
}
