using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Ui.Shell;

/// <summary>Who a request is counted for: its IPv4 address, or the /64 of its IPv6 address, which is what one subscriber has at least
/// (RFC 6177).</summary>
public static class AddressKey
{
    private const int SubscriberBytes = 8;

    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Of(http.Connection.RemoteIpAddress);
    }

    /// <param name="address">Null counts as one address.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : $"{Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, SubscriberBytes))}/64";
    }
}
