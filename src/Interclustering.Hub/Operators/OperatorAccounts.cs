using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Operators;

/// <summary>The hub's own accounts. They are made on its server, by who may read its database anyway.</summary>
public static class OperatorAccounts
{
    public const int LockoutMinutes = 15;

    // Without characters that look alike when read out or typed from paper.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>79 bits in four groups: <c>k7wn-…</c>.</summary>
    public static string GeneratePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));

    /// <summary>
    /// Makes an account, or gives the one with this address a new password, which ends its sessions and its lockout. A name that is absent
    /// stays as it is.
    /// </summary>
    /// <returns>True when it was made.</returns>
    public static async Task<bool> PutAsync(HubContext db, string email, string? name, string password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(email);
        var normalized = email.ToUpperInvariant();
        var known = await db.Users.SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, cancellation);
        var person = known ?? new Operator { UserName = email, NormalizedUserName = normalized, Email = email, NormalizedEmail = normalized, EmailConfirmed = true, LockoutEnabled = true };
        person.Name = name ?? (person.Name.Length > 0 ? person.Name : email.Split('@')[0]);
        person.PasswordHash = new PasswordHasher<Operator>().HashPassword(person, password);
        (person.SecurityStamp, person.AccessFailedCount, person.LockoutEnd) = (Guid.NewGuid().ToString("N"), 0, null);
        if (known is null)
        {
            db.Add(person);
        }

        await db.SaveChangesAsync(cancellation);
        return known is null;
    }

    internal static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(LockoutMinutes);
    }
}
