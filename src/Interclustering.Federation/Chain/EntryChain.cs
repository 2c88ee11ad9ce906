using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Federation.Chain;

/// <summary>Digest and hash of journal entries, and the chain that they form.</summary>
public static class EntryChain
{
    /// <summary><c>previous</c> of the first entry of a journal: 64 zeros.</summary>
    public static string Origin { get; } = new('0', 64);

    /// <summary>The largest entry in canonical form, in bytes: 192 KiB.</summary>
    public const int MaxEntryBytes = 192 * 1024;

    /// <summary>The largest segment, in bytes: 256 KiB.</summary>
    public const int MaxSegmentBytes = 256 * 1024;

    /// <summary>SHA-256 of the canonical form of <paramref name="data"/>, in lower-case hexadecimal.</summary>
    /// <exception cref="JsonException">See <see cref="CanonicalJson.Write(JsonElement)"/>.</exception>
    public static string Digest(JsonElement data) => CanonicalJson.HashOf(data);

    /// <summary>
    /// Digest of an entry's data. In an entry that wraps another (<c>accepted</c>, <c>quarantined</c>), <c>origin.data</c> is left out:
    /// the origin's own digest covers it, so that erasing it leaves the wrapping entry verifiable.
    /// </summary>
    /// <exception cref="JsonException">See <see cref="CanonicalJson.Write(JsonElement)"/>.</exception>
    public static string Digest(string type, JsonElement data)
    {
        if (!Wraps(type) || data.ValueKind != JsonValueKind.Object)
        {
            return Digest(data);
        }

        if (DigestOfCanonical(data) is { } digest)
        {
            return digest;
        }

        var wrapping = Parse(data)!.AsObject();
        (wrapping["origin"] as JsonObject)?.Remove("data");
        return Digest(JsonSerializer.SerializeToElement(wrapping, ContractJson.Options));
    }

    /// <summary>
    /// The digest of a wrapping entry's data in canonical form: of its bytes around <c>origin.data</c>. Null where it has another form.
    /// </summary>
    private static string? DigestOfCanonical(JsonElement data)
    {
        var text = JsonMarshal.GetRawUtf8Value(data);
        if (!CanonicalText.Is(text))
        {
            return null;
        }

        if (!data.TryGetProperty("origin", out var origin) || origin.ValueKind != JsonValueKind.Object
            || !origin.TryGetProperty("data", out var content))
        {
            return Convert.ToHexStringLower(SHA256.HashData(text));
        }

        var inner = JsonMarshal.GetRawUtf8Value(content);
        text.Overlaps(inner, out var start);
        var before = text[..(start - DataName.Length)];
        var after = text[(start + inner.Length)..];
        // The comma that is left over: the one behind it, or at the end of the object the one before.
        if (after[0] == ',')
        {
            after = after[1..];
        }
        else if (before[^1] == ',')
        {
            before = before[..^1];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(after);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlySpan<byte> DataName => "\"data\":"u8;

    private static JsonNode? Parse(JsonElement data) =>
        JsonNode.Parse(data.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = ContractJson.MostDeep });

    /// <summary>Whether entries of this type wrap an origin's entry.</summary>
    public static bool Wraps(string type) => Kinds.KindOf(type) is Kinds.Accepted or Kinds.Quarantined;

    /// <summary>SHA-256 of the canonical form of the entry without <c>data</c> and <c>hash</c>.</summary>
    public static string HashOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Convert.ToHexStringLower(SHA256.HashData(EntryText.Write(entry, isWhole: false)));
    }

    /// <summary>The canonical text of a whole entry: what a journal and a replica keep.</summary>
    public static string TextOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Encoding.UTF8.GetString(EntryText.Write(entry, isWhole: true));
    }

    /// <summary>Reads an entry back from its text.</summary>
    public static JournalEntry Read(string text) => JsonSerializer.Deserialize<JournalEntry>(text, ContractJson.Options)
        ?? throw new JsonException("An entry is an object.");

    /// <summary>Whether the content is gone: the data itself, or the wrapped origin's.</summary>
    public static bool IsErased(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Data is not { } data
            || (Wraps(entry.Type) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("origin", out var origin)
                && origin.ValueKind == JsonValueKind.Object && !origin.TryGetProperty("data", out _));
    }

    /// <summary>The entry without its content; digest and hash stay, so the chain still verifies.</summary>
    public static JournalEntry Erase(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Wraps(entry.Type) || entry.Data is not { } data)
        {
            return entry with { Data = null };
        }

        var wrapping = Parse(data)!.AsObject();
        (wrapping["origin"] as JsonObject)?.Remove("data");
        return entry with { Data = JsonSerializer.SerializeToElement(wrapping, ContractJson.Options) };
    }

    /// <summary>
    /// Whether the entry is what it says it is: its own hash, the digest of its data where there is any, and the wrapped entry's.
    /// </summary>
    public static bool IsIntact(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return HashOf(entry) == entry.Hash
            && (entry.Data is not { } data || (Digest(entry.Type, data) == entry.Digest && IsOriginIntact(entry.Type, data)));
    }

    /// <summary>The wrapping entry's digest leaves <c>origin.data</c> out: only the origin's own covers it.</summary>
    private static bool IsOriginIntact(string type, JsonElement data) =>
        !Wraps(type) || data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("origin", out var origin)
            || origin.ValueKind != JsonValueKind.Object
        || !origin.TryGetProperty("data", out var content)
        || (origin.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String
            && origin.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String
            && Digest(kind.GetString()!, content) == digest.GetString());

    /// <summary>What the first entry of an epoch says; null for other entries, and where it can't be read.</summary>
    public static JournalOpened? OpeningOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            return Kinds.KindOf(entry.Type) == Kinds.JournalOpened ? entry.Data?.Deserialize<JournalOpened>(ContractJson.Options) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Signed by its owner, and unreadable: it opens nothing.
            return null;
        }
    }
}
