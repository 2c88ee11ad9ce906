using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// How many people are registered for an event at one cluster's node: counts of seats, and nothing of a person. One record for each event,
/// revised at most twice a minute. The national site shows it.
/// </summary>
public sealed record RegistrationCount : Publication
{
    /// <summary>Id of the event or webinar.</summary>
    public required string Event { get; init; }

    /// <summary>Of the event, or of each session that is registered for apart.</summary>
    public required IReadOnlyList<SeatCount> Counts { get; init; }
}

/// <summary>Seats of an event, or of one session of it.</summary>
/// <param name="Registered">Seats that are taken or offered.</param>
/// <param name="Waiting">Seats that are waited for; they are not among those that are taken.</param>
/// <param name="Places">How many there are; absent for unlimited.</param>
/// <param name="Session">Id of the session; absent for the whole event.</param>
public sealed record SeatCount(int Registered, int Waiting, int? Places = null, string? Session = null)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
