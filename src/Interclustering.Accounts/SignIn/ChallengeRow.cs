using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SignIn;

/// <summary>A step that was begun and waits for its answer: kept on the server, used once. Only a hash of its secret is kept.</summary>
public sealed class ChallengeRow
{
    public const string Passkey = "passkey", SecondStep = "second-step", TotpSetUp = "totp-set-up";

    /// <summary>SHA-256 of the secret that the browser holds, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>One of the constants.</summary>
    public required string Purpose { get; init; }

    /// <summary>Id of the account; empty while it is not known.</summary>
    public string Account { get; init; } = "";

    /// <summary>What the answer is checked with.</summary>
    public string State { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime ExpiresAt { get; init; }

    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(10);
}

/// <summary>Begins and ends challenges.</summary>
public static class Challenges
{
    /// <returns>The secret for the browser.</returns>
    public static async Task<string> BeginAsync(
        DbContext db, string purpose, string account, string state, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Add(new ChallengeRow
        {
            Hash = HashOf(secret),
            Purpose = purpose,
            Account = account,
            State = state,
            ExpiresAt = now + ChallengeRow.Life
        });
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>Leaves it there. Null when it is unknown, over, or of another purpose.</summary>
    public static Task<ChallengeRow?> SeeAsync(DbContext db, string purpose, string secret, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var hash = HashOf(secret);
        return db.Set<ChallengeRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Hash == hash && row.Purpose == purpose && row.ExpiresAt > now, cancellation);
    }

    /// <summary>Takes it away: of two answers at the same moment one gets it.</summary>
    public static async Task<ChallengeRow?> TakeAsync(
        DbContext db, string purpose, string secret, DateTime now, CancellationToken cancellation)
    {
        var found = await SeeAsync(db, purpose, secret, now, cancellation);
        return found is not null && await db.Set<ChallengeRow>().Where(row => row.Hash == found.Hash).ExecuteDeleteAsync(cancellation) == 1
            ? found : null;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
