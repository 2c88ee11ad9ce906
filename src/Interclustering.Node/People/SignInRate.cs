using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.People;

/// <summary>How often one address may try to get in, whatever the account.</summary>
public sealed class SignInRate : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly PartitionedRateLimiter<HttpContext> limiter;

    /// <param name="permits">Tries in five minutes.</param>
    public SignInRate(int permits) => limiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }));

    public bool Allows(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
