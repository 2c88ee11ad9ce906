namespace Interclustering.Contracts;

/// <summary>A publication is no longer published. Its earlier entries keep digest and hash; their data goes.</summary>
public sealed record Withdrawal : Publication
{
    /// <summary>For the other clusters' staff, in plain words.</summary>
    public string? Reason { get; init; }
}
