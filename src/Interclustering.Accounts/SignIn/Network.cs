using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// The network that a request comes from: what one subscriber has, so that a change of address inside of it changes nothing.
/// </summary>
public static class Network
{
    private const int BytesOfIPv4 = 3, BytesOfIPv6 = 8;

    /// <summary>The /24 of an IPv4 address, the /64 of an IPv6 address, e.g. <c>192.0.2.0/24</c>.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? BytesOfIPv4 : BytesOfIPv6;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Of(http.Connection.RemoteIpAddress);
    }
}
