using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>Who takes part: the hub and the clusters, with their public keys. A file; a seventh cluster is one more entry.</summary>
public sealed record FederationDirectory
{
    public required DirectoryEntry Hub { get; init; }
    public required IReadOnlyList<Cluster> Clusters { get; init; }

    /// <summary>The code of the hub as a journal.</summary>
    public const string HubCode = "hub";

    /// <summary>Those that have not left.</summary>
    [JsonIgnore]
    public IEnumerable<Cluster> Current => Clusters.Where(cluster => cluster.Left is null);

    public Cluster? Find(string code) => Clusters.FirstOrDefault(cluster => cluster.Code == code);

    /// <summary>Keys of a participant, the hub included; empty for an unknown one.</summary>
    public IReadOnlyList<PublicKey> KeysOf(string code) => code == HubCode ? Hub.Keys : Find(code)?.Keys ?? [];
}

/// <summary>A participant as the others know it.</summary>
public record DirectoryEntry
{
    /// <summary>2 to 24 of a-z and 0-9, starting with a letter.</summary>
    [JsonPropertyOrder(-1)]
    public required string Code { get; init; }

    [JsonPropertyOrder(-1)]
    public required string Name { get; init; }

    /// <summary>The public address of its pages: https, or http for localhost.</summary>
    public string? Address { get; init; }

    /// <summary>Every key whose signatures count; a new one is added before the old one goes.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<PublicKey> Keys { get; init; } = [];
}

/// <summary>A regional cluster.</summary>
public sealed record Cluster : DirectoryEntry
{
    public required string Region { get; init; }

    /// <summary>INSEE code of the region.</summary>
    public required string Insee { get; init; }
    public required Colour Colour { get; init; }

    /// <summary>The cluster's own web site.</summary>
    public string? Site { get; init; }

    /// <summary>Work address for members, e.g. shown beside « Réservé aux adhérents ».</summary>
    public string? Contact { get; init; }

    /// <summary>What it is, and what it offers a visitor; absent where nothing was written.</summary>
    public Presentation? Presentation { get; init; }

    /// <summary>When it left the federation. What it journaled before stays; from then on its entries are set aside. Absent: it takes
    /// part.</summary>
    [JsonPropertyOrder(2)]
    public DateTimeOffset? Left { get; init; }
}

/// <summary>A plain text for visitors.</summary>
/// <param name="Fr">In French.</param>
/// <param name="En">In English; the French one stands in for it.</param>
public sealed record Presentation(string Fr, string? En = null);

/// <summary>The cluster's mark on light and on dark paper, <c>#rrggbb</c>.</summary>
public sealed record Colour(string Light, string Dark);

/// <summary>A key of a participant.</summary>
/// <param name="Keyid">See <see cref="JournalSegment.Keyid"/>.</param>
/// <param name="Key">SubjectPublicKeyInfo of an ECDSA P-256 key, base64.</param>
/// <param name="Through">Of a key that was revoked: segments that end at or before this sequence still count, nothing else does. Absent:
/// valid.</param>
public sealed record PublicKey(string Keyid, string Key, long? Through = null);
