using System.Threading.RateLimiting;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.SignIn;

/// <summary>How often one address may try to get in, whatever the account: an IPv4 address, or a /64 of IPv6.</summary>
public sealed class SignInRate : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private const int ChallengesPerTry = 4;
    private readonly AddressLimits tries, challenges;

    /// <param name="permits">Tries in five minutes.</param>
    public SignInRate(int permits) => (tries, challenges) = (Limiter(permits), Limiter(permits * ChallengesPerTry));

    public bool Allows(HttpContext http) => Allows(tries, http);

    /// <summary>A challenge for a passkey is no try yet, but leaves a row.</summary>
    public bool AllowsChallenge(HttpContext http) => Allows(challenges, http);

    public void Dispose()
    {
        tries.Dispose();
        challenges.Dispose();
    }

    private static bool Allows(AddressLimits limits, HttpContext http)
    {
        using var lease = limits.Acquire(http);
        return lease.IsAcquired;
    }

    private static AddressLimits Limiter(int permits) => new(() => new FixedWindowRateLimiter(
        new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, AutoReplenishment = false }));
}
