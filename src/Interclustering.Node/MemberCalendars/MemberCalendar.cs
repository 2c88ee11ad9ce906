using System.Buffers.Text;
using System.Security.Cryptography;
using Interclustering.Node.Team;

namespace Interclustering.Node.MemberCalendars;

/// <summary>
/// The address at which calendars of one member read. It holds a secret, as they send neither cookie nor header; only a hash of it is kept.
/// It ends with the member's account.
/// </summary>
public sealed class MemberCalendar
{
    /// <summary>Id of the member of staff, who has one at most.</summary>
    public required string Member { get; init; }

    /// <summary>SHA-256 of the secret part, in hexadecimal.</summary>
    public required string Hash { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC, to the hour; null while it was never read.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <returns>256 random bits as 43 letters of base64url, and what is kept of them.</returns>
    public static (string Secret, string Hash) CreateSecret()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (secret, AccessLink.HashOf(secret));
    }
}
