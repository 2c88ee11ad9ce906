using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations;

/// <summary>
/// Encrypts what tells a person, under the server's Data Protection keys, which rotate; and makes the keyed digest by which the same
/// address is found without being readable. Each cluster has its own.
/// </summary>
public sealed class RegistrationSeal(IDataProtectionProvider protection)
{
    private const string KeySetting = "registrations.address-key";
    private readonly ConcurrentDictionary<string, byte[]> keys = [];

    public string Seal(string cluster, Registrant person) => Protector(cluster, "Person").Protect(JsonSerializer.Serialize(person));

    /// <summary>Null for what was emptied, or was encrypted under keys that this server has not.</summary>
    /// <param name="cluster">Its code.</param>
    /// <param name="text">See <see cref="Registration.Sealed"/>.</param>
    public Registrant? Open(string cluster, string text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Registrant>(Protector(cluster, "Person").Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>HMAC-SHA-256 of the address in lower case, as hexadecimal.</summary>
    public async Task<string> AddressKeyAsync(string cluster, NodeContext db, string email, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(email);
        if (!keys.TryGetValue(cluster, out var key))
        {
            key = keys.GetOrAdd(cluster, await KeyAsync(cluster, db, cancellation));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));
    }

    /// <summary>Made once, and kept encrypted; of two processes that make it, one counts for both.</summary>
    private async Task<byte[]> KeyAsync(string cluster, NodeContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var protector = Protector(cluster, "AddressKey");
        var made = protector.Protect(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Settings" ("Name", "Value") VALUES ({KeySetting}, {made}) ON CONFLICT DO NOTHING""", cancellation);
        var kept = await db.Settings.AsNoTracking().SingleAsync(row => row.Name == KeySetting, cancellation);
        return Convert.FromHexString(protector.Unprotect(kept.Value));
    }

    /// <summary>Those who have registered under one of some addresses or names, as they said it, each with the key of its rows.</summary>
    public async Task<IReadOnlyList<(string AddressKey, Registrant Person)>> FindAsync(
        string cluster, NodeContext db, Func<Registrant, bool> isMeant, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.Registrations.AsNoTracking().Where(row => row.Sealed != "")
            .Select(row => new { row.AddressKey, row.Sealed }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.AddressKey, Person: Open(cluster, row.Sealed)))
            .Where(each => each.Person is { } person && isMeant(person)).Select(each => (each.AddressKey, each.Person!))];
    }

    private IDataProtector Protector(string cluster, string purpose) =>
        protection.CreateProtector("Interclustering.Registrations", cluster, purpose);
}
