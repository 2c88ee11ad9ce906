namespace Interclustering.Federation.Journals;

/// <summary>An authentic entry that could not be applied.</summary>
public sealed class QuarantineRow
{
    public required string Journal { get; set; }
    public required string Epoch { get; set; }
    public long Sequence { get; set; }
    public required string Subject { get; set; }

    /// <summary>See <see cref="Contracts.Quarantined.Reason"/>.</summary>
    public required string Reason { get; set; }
    public required string Detail { get; set; }
    public DateTime At { get; set; }
}
