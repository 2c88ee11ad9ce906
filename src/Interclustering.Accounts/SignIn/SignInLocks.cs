using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// Locks an account for a network that guesses, and for every unknown network when many guess. A network from which its owner came in stays
/// open to the owner, so that guessing elsewhere locks no owner out.
/// </summary>
public static class SignInLocks
{
    public const int MostFailures = 5, LockoutMinutes = 15, MostFailuresEverywhere = 100, LockoutMinutesEverywhere = 60;
    public const string Everywhere = "*";

    /// <summary>How long a network is known after a success.</summary>
    public static TimeSpan KnownNetwork { get; } = TimeSpan.FromDays(30);

    /// <summary>What attempts are counted under, whether the address has an account or not.</summary>
    public static string KeyOf(string purpose, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{name.ToUpperInvariant()}")));
    }

    /// <summary>Counts an attempt before it is looked at: of many at the same moment no more than the limit are.</summary>
    public static async Task<CountedAttempt> CountAsync(
        DbContext db, string key, string network, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var here = await CountAsync(db, key, network, MostFailures, now, TimeSpan.FromMinutes(LockoutMinutes), cancellation);
        var allowed = here.Failures <= MostFailures;
        if (allowed)
        {
            var all = await CountAsync(db, key, Everywhere, MostFailuresEverywhere, now, TimeSpan.FromMinutes(LockoutMinutesEverywhere),
                cancellation);
            allowed = all.Failures <= MostFailuresEverywhere || here.SucceededAt > now - KnownNetwork;
        }

        await transaction.CommitAsync(cancellation);
        return new CountedAttempt(allowed, allowed && here.Failures == MostFailures);
    }

    /// <summary>The last attempt was right.</summary>
    public static async Task SucceedAsync(DbContext db, string key, string network, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.Set<SignInAttempts>().Where(row => row.Account == key && row.Network == network).ExecuteUpdateAsync(
            row => row.SetProperty(each => each.Failures, 0).SetProperty(each => each.At, now).SetProperty(each => each.SucceededAt, now),
                cancellation);
        await db.Set<SignInAttempts>().Where(row => row.Account == key && row.Network == Everywhere && row.Failures > 0).ExecuteUpdateAsync(
            row => row.SetProperty(each => each.Failures, each => each.Failures - 1), cancellation);
    }

    /// <summary>A new password begins anew.</summary>
    public static Task ForgetAsync(DbContext db, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<SignInAttempts>().Where(row => row.Account == key)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Failures, 0), cancellation);
    }

    private static async Task<SignInAttempts> CountAsync(
        DbContext db, string key, string network, int most, DateTime now, TimeSpan window, CancellationToken cancellation)
    {
        // What comes while it is locked does not make the lock longer.
        var since = now - window;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "SignInAttempts" ("Account", "Network", "Failures", "At") VALUES ({key}, {network}, 1, {now})
            ON CONFLICT ("Account", "Network") DO UPDATE SET
                "Failures" = CASE WHEN "SignInAttempts"."At" <= {since} THEN 1 ELSE "SignInAttempts"."Failures" + 1 END,
                "At" = CASE
                    WHEN "SignInAttempts"."At" > {since} AND "SignInAttempts"."Failures" >= {most} THEN "SignInAttempts"."At"
                    ELSE {now} END
            """, cancellation);
        return await db.Set<SignInAttempts>().AsNoTracking().SingleAsync(row => row.Account == key && row.Network == network, cancellation);
    }
}

/// <summary>What counting an attempt says.</summary>
/// <param name="Allowed">It may be looked at.</param>
/// <param name="Last">The next one will not be, when this one fails.</param>
public sealed record CountedAttempt(bool Allowed, bool Last);
