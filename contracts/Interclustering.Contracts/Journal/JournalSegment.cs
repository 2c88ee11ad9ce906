using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>What travels: 1 to n consecutive entries of one journal, at most 256 KiB, under one signature.</summary>
public sealed record JournalSegment
{
    /// <inheritdoc cref="JournalEntry.Source"/>
    public required string Journal { get; init; }
    /// <inheritdoc cref="JournalEntry.Epoch"/>
    public required string Epoch { get; init; }

    /// <summary>Sequence of the last entry.</summary>
    public required long Sequence { get; init; }

    /// <summary>Hash of the last entry; through the chain it covers them all.</summary>
    public required string Hash { get; init; }

    /// <summary>Sequences sent without data because it was withdrawn or erased, rising. Other missing data is damage.</summary>
    public required IReadOnlyList<long> Erased { get; init; }

    /// <summary>First 16 hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo).</summary>
    public required string Keyid { get; init; }

    /// <summary>
    /// ECDSA P-256 with SHA-256 over the RFC 8785 form of {journal, epoch, sequence, hash, erased}; r and s, 64 bytes, base64url without
    /// padding.
    /// </summary>
    public required string Signature { get; init; }

    /// <summary>In order of sequence, without holes.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }

    /// <summary>Fields of a later version; the signature does not cover them.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
