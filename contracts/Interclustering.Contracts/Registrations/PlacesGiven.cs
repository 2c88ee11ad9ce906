namespace Interclustering.Contracts;

/// <summary>
/// Places of an event that one cluster has given to another, since ever. The giver takes them off its own before it says so, and the
/// receiver has them once it hears of it: what is late or lost costs places for a while, and doubles none. One record for each event,
/// session and receiver; its count only rises, and places come back as a gift of the receiver.
/// </summary>
public sealed record PlacesGiven : Publication
{
    /// <summary>Id of the event or webinar.</summary>
    public required string Event { get; init; }

    /// <summary>Id of the session, where it is registered for apart; absent for the whole event.</summary>
    public string? Session { get; init; }

    /// <summary>Code of the cluster that has them now.</summary>
    public required string To { get; init; }

    /// <summary>How many in all, 1 to 100,000.</summary>
    public required int Count { get; init; }
}
