using System.Net;
using System.Threading.RateLimiting;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Tests.Ui;

/// <summary>How many requests of one address are answered.</summary>
public sealed class AddressLimitsTests
{
    private static readonly FixedWindowRateLimiterOptions Two = new()
    {
        PermitLimit = 2,
        Window = TimeSpan.FromMilliseconds(10),
        AutoReplenishment = false,
    };

    private static bool IsAllowed(AddressLimits limits, string address)
    {
        using var lease = limits.Acquire(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } });
        return lease.IsAcquired;
    }

    [Fact]
    public async Task An_address_is_refused_at_its_limit_alone_and_answered_again_in_the_next_window()
    {
        using var limits = new AddressLimits(() => new FixedWindowRateLimiter(Two));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => IsAllowed(limits, "2001:db8::1")));
        Assert.False(IsAllowed(limits, "2001:db8::2"));
        Assert.True(IsAllowed(limits, "192.0.2.7"));
        await Until.TrueAsync(() => Task.FromResult(IsAllowed(limits, "2001:db8::1")), () => Task.FromResult("it stays refused"));
    }

    [Fact]
    public async Task An_address_that_is_quiet_is_forgotten()
    {
        var made = 0;
        using var limits = new AddressLimits(() =>
        {
            made++;
            return new FixedWindowRateLimiter(Two);
        });
        Assert.True(IsAllowed(limits, "192.0.2.7"));
        await Until.TrueAsync(() => Task.FromResult(limits.Count == 0), () => Task.FromResult("it is still known"));
        Assert.True(IsAllowed(limits, "192.0.2.7"));
        Assert.Equal(2, made);
    }
}
