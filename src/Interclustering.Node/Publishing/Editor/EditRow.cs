namespace Interclustering.Node.Publishing.Editor;

/// <summary>What a publication was after one save: kept as long as the publication itself, so that an older text can come back.</summary>
public sealed class EditRow
{
    /// <inheritdoc cref="WorkingCopy.Subject"/>
    public required string Subject { get; init; }

    /// <inheritdoc cref="WorkingCopy.Version"/>
    public long Version { get; init; }

    /// <summary>One of <see cref="PublicationState"/>, after the save.</summary>
    public required string State { get; init; }

    /// <inheritdoc cref="WorkingCopy.Data"/>
    public required string Data { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public string By { get; init; } = "";
}
