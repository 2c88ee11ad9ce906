using System.Globalization;

namespace Interclustering.Federation.Bus;

/// <summary>One broker of those that a participant may sign in at.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record BrokerNode(string Host, int Port)
{
    /// <summary>Null where <paramref name="text"/> is no host, with a port or without.</summary>
    /// <param name="text">Such as <c>broker.example</c>, <c>broker.example:5673</c> or <c>[::1]:5673</c>.</param>
    /// <param name="port">Where it names none.</param>
    public static BrokerNode? Parse(string text, int port)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsHost(text))
        {
            return new BrokerNode(text, port);
        }

        var end = text.LastIndexOf(':');
        return end > 0 && IsHost(text[..end])
            && int.TryParse(text[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            && own is > 0 and <= ushort.MaxValue ? new BrokerNode(text[..end], own) : null;
    }

    private static bool IsHost(string text) => Uri.CheckHostName(text.Trim('[', ']')) != UriHostNameType.Unknown;
}
