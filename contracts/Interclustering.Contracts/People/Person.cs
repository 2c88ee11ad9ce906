namespace Interclustering.Contracts;

/// <summary>A person named in publications, in an entry of her own so that erasing it redacts her everywhere.</summary>
public sealed record Person : Publication
{
    public required string Name { get; init; }

    /// <summary>What she does, and where.</summary>
    public string? Role { get; init; }

    /// <summary>Work e-mail address.</summary>
    public string? Email { get; init; }
}
