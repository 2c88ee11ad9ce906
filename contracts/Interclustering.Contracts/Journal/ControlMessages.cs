using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// Fields of the messages that steer the flow; each is signed like a segment, over its RFC 8785 form without <c>signature</c>.
/// </summary>
public abstract record ControlMessage
{
    /// <summary>The journal that it is about.</summary>
    [JsonPropertyOrder(-1)]
    public required string Journal { get; init; }

    /// <summary>The participant that sends it: the reader for a receipt or a replay request, the owner for a heartbeat.</summary>
    [JsonPropertyOrder(-1)]
    public required string From { get; init; }

    /// <summary>UUID of the life of the journal; empty from a reader that has no entry yet.</summary>
    [JsonPropertyOrder(-1)]
    public required string Epoch { get; init; }

    /// <inheritdoc cref="JournalSegment.Keyid"/>
    [JsonPropertyOrder(1)]
    public required string Keyid { get; init; }

    /// <summary>
    /// ECDSA P-256 with SHA-256 over the RFC 8785 form of this message without <c>signature</c>; r and s, 64 bytes, base64url without
    /// padding. Absent only while the message is being signed: an unsigned one is refused.
    /// </summary>
    [JsonPropertyOrder(1)]
    public string? Signature { get; init; }

    /// <summary>Fields of a later version; the signature covers them.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A reader has kept everything up to <see cref="Through"/>. Flow control only.</summary>
public sealed record Receipt : ControlMessage
{
    /// <summary>Everything up to this sequence is kept; 0 for nothing yet.</summary>
    public required long Through { get; init; }

    /// <summary>Hash of the entry at <see cref="Through"/>; 64 zeros at 0.</summary>
    public required string Hash { get; init; }

    /// <summary>Id of the heartbeat that this answers; absent after a batch.</summary>
    public string? Heartbeat { get; init; }
}

/// <summary>A reader misses the entries after <see cref="After"/>.</summary>
public sealed record ReplayRequest : ControlMessage
{
    /// <summary>The last sequence that the reader has; 0 for none.</summary>
    public required long After { get; init; }
}

/// <summary>Tells readers the end of the journal, so that a lost last entry is found.</summary>
public sealed record Heartbeat : ControlMessage
{
    /// <summary>Unique, named by the receipt that answers.</summary>
    public required string Id { get; init; }

    /// <summary>Last sequence; 0 for an empty journal.</summary>
    public required long Sequence { get; init; }

    /// <summary>Hash of the last entry; 64 zeros for an empty journal.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was sent, RFC 3339 in UTC.</summary>
    public required string Time { get; init; }

    /// <summary>
    /// The program that sends it and its version, as <c>name/version</c>: for operators, who see it on the other side. Nothing depends on
    /// it. Absent where a sender does not say.
    /// </summary>
    public string? Software { get; init; }
}

/// <summary>
/// The one message on the bus: exactly one of its parts is there. Sent to exchange <c>ic.journal</c> with routing key
/// <c>&lt;from&gt;.&lt;to&gt;</c>.
/// </summary>
public sealed record FederationMessage
{
    public JournalSegment? Segment { get; init; }
    public Receipt? Receipt { get; init; }
    public ReplayRequest? ReplayRequest { get; init; }
    public Heartbeat? Heartbeat { get; init; }
}
