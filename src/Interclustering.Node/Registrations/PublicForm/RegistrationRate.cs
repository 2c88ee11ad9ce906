using System.Threading.RateLimiting;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Registrations.PublicForm;

/// <summary>
/// How often one address may ask for a registration, as each sends a mail: an IPv4 address, or a /64 of IPv6. A company behind one address
/// registers its people.
/// </summary>
public sealed class RegistrationRate : IDisposable
{
    public const int Usual = 60;
    private readonly AddressLimits limits;

    /// <param name="permits">Requests in five minutes.</param>
    public RegistrationRate(int permits) => limits = new(() => new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions
    {
        PermitLimit = permits,
        Window = TimeSpan.FromMinutes(5),
        AutoReplenishment = false,
    }));

    public bool Allows(HttpContext http)
    {
        using var lease = limits.Acquire(http);
        return lease.IsAcquired;
    }

    public void Dispose() => limits.Dispose();
}
