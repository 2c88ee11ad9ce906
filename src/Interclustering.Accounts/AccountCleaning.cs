using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts;

/// <summary>Removes what has ended: sessions, challenges, and failures that no longer count.</summary>
public static class AccountCleaning
{
    /// <summary>How often the periodic job runs.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(10);

    /// <returns>How many sessions were removed.</returns>
    public static async Task<int> RunAsync(DbContext db, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (started, seen, known) = (now - SessionRow.MostAge, now - SessionRow.MostIdle, now - SignInLocks.KnownNetwork);
        await db.Set<ChallengeRow>().Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
        await db.Set<SignInAttempts>().Where(row => row.At <= known).ExecuteDeleteAsync(cancellation);
        return await db.Set<SessionRow>().Where(row => row.StartedAt <= started || row.SeenAt <= seen).ExecuteDeleteAsync(cancellation);
    }
}
