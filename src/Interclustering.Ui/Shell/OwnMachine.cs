using System.Net;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Ui.Shell;

/// <summary>Tells this machine from all others.</summary>
public static class OwnMachine
{
    // Headers that proxies add: one on this machine asks for another client. ASP.NET leaves the last of them once it has read the first.
    private static readonly string[] OfProxies =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via", "X-Original-For"];

    /// <summary>Whether a name or an address is only ever this machine's.</summary>
    /// <param name="host">Without a port; an IPv6 address with brackets or without.</param>
    public static bool Is(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>
    /// Whether a request was made on this machine: its connection and the address that it asks for are this machine's own, and no proxy has
    /// passed it on. The address is looked at because a name of the internet can be made to lead here (DNS rebinding).
    /// </summary>
    public static bool Asks(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && Is(http.Request.Host.Host)
            && !OfProxies.Any(http.Request.Headers.ContainsKey);
    }
}
