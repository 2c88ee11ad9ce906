using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Federation.Chain;

/// <summary>A participant's private key, ECDSA P-256, and what it signs.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa ecdsa;

    private SigningKey(ECDsa ecdsa)
    {
        this.ecdsa = ecdsa;
        Public = Signatures.Describe(ecdsa);
    }

    /// <summary>What the federation directory says of this key.</summary>
    public PublicKey Public { get; }

    /// <summary>The key kept at <paramref name="path"/> (PKCS#8 PEM), made at first use.</summary>
    public static SigningKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            using var writer = new StreamWriter(file);
            writer.Write(created.ExportPkcs8PrivateKeyPem());
        }

        return FromPem(File.ReadAllText(path));
    }

    /// <summary>A key from its PKCS#8 PEM.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    /// <exception cref="CryptographicException">It is of another kind, or no private one.</exception>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Signatures.IsP256(key) && key.ExportParameters(includePrivateParameters: true).D is not null
            ? new SigningKey(key) : throw new CryptographicException("It is no private key of ECDSA P-256.");
    }

    /// <summary>The segment with this key's id and signature.</summary>
    public JournalSegment Sign(JournalSegment segment)
    {
        var keyed = segment with { Keyid = Public.Keyid };
        return keyed with { Signature = SignatureOf(Signatures.CoveredBy(keyed)) };
    }

    /// <summary>The control message with this key's id and signature.</summary>
    public T Sign<T>(T message)
        where T : ControlMessage
    {
        var keyed = message with { Keyid = Public.Keyid, Signature = null };
        return keyed with { Signature = SignatureOf(Signatures.CoveredBy(keyed)) };
    }

    /// <summary>The signature of any bytes: r and s, base64url.</summary>
    internal string Sign(byte[] covered) => SignatureOf(covered);

    public void Dispose() => ecdsa.Dispose();

    private string SignatureOf(byte[] covered)
    {
        lock (ecdsa)
        {
            return Base64Url.EncodeToString(ecdsa.SignData(covered, HashAlgorithmName.SHA256));
        }
    }
}

/// <summary>Checks signatures against the keys of the federation directory.</summary>
public static class Signatures
{
    /// <summary>Importing a key takes longer than verifying with it. There are as many as directories name.</summary>
    private static readonly ConcurrentDictionary<string, ECDsa> Imported = new();

    /// <summary>Whether <paramref name="segment"/> carries a signature of one of <paramref name="keys"/>.</summary>
    public static bool Verify(JournalSegment segment, IReadOnlyList<PublicKey> keys) =>
        Verify(segment.Keyid, segment.Signature, CoveredBy(segment),
            keys.Where(key => key.Through is null || segment.Sequence <= key.Through));

    /// <summary>Whether <paramref name="message"/> carries a signature of one of <paramref name="keys"/>.</summary>
    public static bool Verify(ControlMessage message, IReadOnlyList<PublicKey> keys) =>
        message.Signature is { } signature && Verify(message.Keyid, signature, CoveredBy(message), keys.Where(key => key.Through is null));

    /// <summary>What a segment's signature covers: the RFC 8785 form of {journal, epoch, sequence, hash, erased}.</summary>
    public static byte[] CoveredBy(JournalSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var covered = new JsonObject
        {
            ["journal"] = segment.Journal,
            ["epoch"] = segment.Epoch,
            ["sequence"] = segment.Sequence,
            ["hash"] = segment.Hash,
            ["erased"] = new JsonArray([.. segment.Erased.Select(sequence => (JsonNode)sequence)]),
        };
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(covered));
    }

    /// <summary>What a control message's signature covers: its RFC 8785 form without <c>signature</c>.</summary>
    public static byte[] CoveredBy(ControlMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return CanonicalJson.WriteWithout(JsonSerializer.SerializeToElement(message, message.GetType(), ContractJson.Options), "signature");
    }

    /// <summary>Whether <paramref name="covered"/> was signed with one of <paramref name="keys"/> that is not revoked.</summary>
    internal static bool Verify(string keyid, string signature, byte[] covered, IReadOnlyList<PublicKey> keys) =>
        Verify(keyid, signature, covered, keys.Where(key => key.Through is null));

    /// <summary>Whether a key of a directory can be one, and has its own id.</summary>
    public static bool IsKey(PublicKey key)
    {
        if (key?.Key is null)
        {
            return false;
        }

        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.Key), out _);
            return IsP256(ecdsa) && Describe(ecdsa).Keyid == key.Keyid;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    internal static bool IsP256(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid is { } curve
        && (curve.Value == ECCurve.NamedCurves.nistP256.Oid.Value || curve.FriendlyName == ECCurve.NamedCurves.nistP256.Oid.FriendlyName);

    internal static PublicKey Describe(ECDsa ecdsa)
    {
        var key = ecdsa.ExportSubjectPublicKeyInfo();
        return new PublicKey(Convert.ToHexStringLower(SHA256.HashData(key))[..16], Convert.ToBase64String(key));
    }

    private static bool Verify(string keyid, string signature, byte[] covered, IEnumerable<PublicKey> keys)
    {
        var key = keys.FirstOrDefault(candidate => candidate.Keyid == keyid);
        Span<byte> bytes = stackalloc byte[64];
        if (key is null || signature.Length != 86 || !Base64Url.IsValid(signature)
            || !Base64Url.TryDecodeFromChars(signature, bytes, out var written) || written != bytes.Length)
        {
            return false;
        }

        var ecdsa = Imported.GetOrAdd(key.Key, Import);
        lock (ecdsa)
        {
            return ecdsa.VerifyData(covered, bytes, HashAlgorithmName.SHA256);
        }
    }

    private static ECDsa Import(string key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
        return ecdsa;
    }
}
