using System.Security.Cryptography;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Server.Configuration;

/// <summary>
/// The key files of a participant: <c>keys/bsc.pem</c> signs; <c>keys/bsc.next.pem</c> takes its place at the first start at which the
/// directory lists it; <c>keys/bsc.revoked.json</c> remembers what was revoked, for where no directory file lists any keys.
/// </summary>
public sealed class KeyFiles(string folder, string code)
{
    private string Current => Path.Combine(folder, $"{code}.pem");

    private string Next => Path.Combine(folder, $"{code}.next.pem");

    private string RevokedList => Path.Combine(folder, $"{code}.revoked.json");

    /// <summary>Keys that no longer sign, with the sequence through which they count.</summary>
    public IReadOnlyList<PublicKey> Revoked => File.Exists(RevokedList)
        ? JsonSerializer.Deserialize<PublicKey[]>(File.ReadAllText(RevokedList), ContractJson.Options) ?? []
        : [];

    /// <summary>The key that signs now, made at first use; the next one, once the others can know it.</summary>
    /// <param name="listed">The participant's keys in the directory; none in an embedded installation, where its own directory is made of
    /// these files.</param>
    public SigningKey Open(IReadOnlyList<PublicKey> listed)
    {
        if (File.Exists(Next))
        {
            using var next = SigningKey.OpenOrCreate(Next);
            if (listed.Count == 0 || listed.Any(key => key.Keyid == next.Public.Keyid && key.Through is null))
            {
                using (var old = SigningKey.OpenOrCreate(Current))
                {
                    File.Move(Current, Path.Combine(folder, $"{code}.{old.Public.Keyid}.pem"), overwrite: true);
                }

                File.Move(Next, Current);
            }
        }

        return SigningKey.OpenOrCreate(Current);
    }

    /// <summary>Whether one of the keys that are here would be known to the others. Nothing is made or moved.</summary>
    /// <param name="listed">The participant's keys in the directory.</param>
    /// <exception cref="CryptographicException">A file holds no key.</exception>
    public bool Fits(IReadOnlyList<PublicKey> listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return listed.Count == 0 || new[] { Current, Next }.Where(File.Exists).Any(path =>
        {
            using var key = SigningKey.FromPem(File.ReadAllText(path));
            return listed.Any(each => each.Keyid == key.Public.Keyid && each.Through is null);
        });
    }

    /// <summary>The id of the key that signs; null where there is none yet. Nothing is made or moved.</summary>
    public string? Keyid
    {
        get
        {
            if (!File.Exists(Current))
            {
                return null;
            }

            using var key = SigningKey.FromPem(File.ReadAllText(Current));
            return key.Public.Keyid;
        }
    }

    /// <summary>The key that will sign next, made where there is none yet.</summary>
    public SigningKey PrepareNext() => SigningKey.OpenOrCreate(Next);

    /// <summary>Remembers that a key counts through a sequence only.</summary>
    public void Revoke(PublicKey key, long through)
    {
        var revoked = Revoked.Where(known => known.Keyid != key.Keyid).Append(key with { Through = through });
        File.WriteAllText(RevokedList, JsonSerializer.Serialize(revoked, ContractJson.Indented));
    }
}
