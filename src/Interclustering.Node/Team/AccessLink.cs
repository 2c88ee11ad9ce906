using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Team;

/// <summary>A single-use link to join the team or to choose a new password. Only its hash is kept.</summary>
public sealed class AccessLink
{
    public const string Invitation = "invitation", Reset = "reset";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><see cref="Invitation"/> or <see cref="Reset"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>SHA-256 of the secret part, in hexadecimal.</summary>
    public required string Hash { get; set; }
    public required string Email { get; init; }
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="StaffRoles"/>, for an invitation.</summary>
    public string Role { get; init; } = "";

    /// <summary>Asked for by a demonstration account: so is the one that it makes.</summary>
    public bool IsDemonstration { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>UTC; null while it can be used.</summary>
    public DateTime? UsedAt { get; set; }

    public static TimeSpan LifeOf(string purpose) => purpose == Invitation ? TimeSpan.FromDays(7) : TimeSpan.FromHours(1);

    /// <summary>A link with a new secret; links of the same purpose to the same address end.</summary>
    public static async Task<(AccessLink Link, string Secret)> CreateAsync(
        NodeContext db, string purpose, string email, string name, string role, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.AccessLinks.Where(link => link.Purpose == purpose && link.Email == email && link.UsedAt == null)
            .ExecuteDeleteAsync(cancellation);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var link = new AccessLink
        {
            Purpose = purpose,
            Hash = HashOf(secret),
            Email = email,
            Name = name,
            Role = role,
            CreatedAt = now,
            ExpiresAt = now + LifeOf(purpose)
        };
        db.Add(link);
        return (link, secret);
    }

    /// <summary>Null when it was used, has expired, or never was.</summary>
    public static Task<AccessLink?> FindAsync(NodeContext db, string purpose, string secret, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var hash = HashOf(secret);
        return db.AccessLinks.SingleOrDefaultAsync(link => link.Purpose == purpose && link.Hash == hash && link.UsedAt == null
            && link.ExpiresAt > now, cancellation);
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
