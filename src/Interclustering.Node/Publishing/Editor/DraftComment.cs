namespace Interclustering.Node.Publishing.Editor;

/// <summary>What a member writes to the others below a draft. It ends with the draft, and never leaves the node.</summary>
public sealed class DraftComment
{
    /// <summary>Rises with time.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc cref="WorkingCopy.Subject"/>
    public required string Subject { get; init; }

    /// <summary>Id of the member of staff.</summary>
    public required string Member { get; init; }

    /// <summary>Their name, as it was.</summary>
    public required string By { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }
}
