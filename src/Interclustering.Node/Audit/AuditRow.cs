namespace Interclustering.Node.Audit;

/// <summary>An action in the workspace. Kept for a year.</summary>
public sealed class AuditRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>
    /// Id of the member of staff; empty for what the server does by itself, and for a token, which <see cref="What"/> names.
    /// </summary>
    public string Member { get; init; } = "";

    /// <summary>One of <see cref="AuditedActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: a title, a name, an address; emptied when that is erased.</summary>
    public string What { get; init; } = "";

    /// <summary>Why, as the member wrote it, where they had to say; emptied with <see cref="What"/>.</summary>
    public string Reason { get; init; } = "";
}
