namespace Interclustering.Node.Registrations;

/// <summary>
/// Places that this cluster has given to another, as decided under the pool's lock. It is said to the other by a
/// <see cref="Contracts.PlacesGiven"/> after that: the giver never counts them once the decision stands.
/// </summary>
public sealed class RegistrationGift
{
    public required string Event { get; init; }

    /// <summary>Id of the session; empty for the whole event.</summary>
    public string Session { get; init; } = "";

    /// <summary>Code of the receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Since ever; only rises.</summary>
    public int Count { get; set; }
}
