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
