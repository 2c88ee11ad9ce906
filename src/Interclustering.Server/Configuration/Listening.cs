using System.Net;
using System.Net.Sockets;
using Interclustering.Ui.Shell;

namespace Interclustering.Server.Configuration;

/// <summary>The addresses that a server is told to listen on.</summary>
internal static class Listening
{
    /// <summary>As Kestrel reads them: its own endpoints go before <c>urls</c>, and these before bare ports, open to all.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").ToList();
        string[] ports = [.. Ports("http_ports", "http"), .. Ports("https_ports", "https")];
        return endpoints.Count > 0 ? endpoints
            : configuration["urls"] is { Length: > 0 } urls
                ? urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : ports;

        IEnumerable<string> Ports(string key, string scheme) =>
            (configuration[key] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(port => $"{scheme}://*:{port}");
    }

    /// <summary>Why nothing can listen at an address; null where it can. Kestrel finds out after all else has started.</summary>
    public static SocketException? FailureAt(string address)
    {
        var binding = BindingAddress.Parse(address);
        if (binding.IsUnixPipe || binding.Port == 0)
        {
            return null;
        }

        var ip = OwnMachine.Is(binding.Host) && !IPAddress.TryParse(binding.Host.Trim('[', ']'), out _) ? IPAddress.Loopback
            : IPAddress.TryParse(binding.Host.Trim('[', ']'), out var one) ? one : IPAddress.Any;
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, binding.Port));
            socket.Listen();
            return null;
        }
        catch (SocketException exception)
        {
            return exception;
        }
    }

    /// <summary>Whether it can be read as one.</summary>
    public static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http" or "https", Port: >= 0 and <= 65535 };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The port of an address; null for what can't be read, and for what has none.</summary>
    public static int? PortOf(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { IsUnixPipe: false, Port: > 0 and var port } ? port : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether only this machine reaches an address; false for what can't be read.</summary>
    public static bool IsOwn(string address)
    {
        try
        {
            var binding = BindingAddress.Parse(address);
            return binding.IsUnixPipe || OwnMachine.Is(binding.Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
