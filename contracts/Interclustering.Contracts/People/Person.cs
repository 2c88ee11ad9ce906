namespace Interclustering.Contracts;

/// <summary>A person named in publications, in a separate entry so that erasing it redacts the person everywhere.</summary>
public sealed record Person : Publication
{
    public required string Name { get; init; }

    /// <summary>What the person does, and where.</summary>
    public string? Role { get; init; }

    /// <summary>Work e-mail address.</summary>
    public string? Email { get; init; }
}
