using System.Net.Sockets;
using Interclustering.Ui.Shell;

namespace Interclustering.Server.Configuration;

/// <summary>Settings of the frameworks below, which would answer a wrong value with a stack trace.</summary>
internal static class FrameworkSettings
{
    private const string Example = "addresses such as http://localhost:5080, separated by semicolons";

    /// <exception cref="WrongSettingException">One is wrong.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var address in Listening.Of(configuration))
        {
            if (!Listening.IsAddress(address))
            {
                throw new WrongSettingException("urls", address, Example);
            }
        }

        var levels = Enum.GetNames<LogLevel>();
        foreach (var (key, value) in configuration.GetSection("Logging").AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)))
        {
            if (!levels.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                throw new WrongSettingException(key, value, string.Join(", ", levels), KnownParameters.Nearest(value!, levels));
            }
        }

        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new WrongSettingException(
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "an http or https address such as http://localhost:4317");
        }
    }

    /// <summary>Whether the server can listen where it is told to; before it opens anything.</summary>
    /// <exception cref="WrongSettingException">It can't.</exception>
    public static void CheckFree(IConfiguration configuration)
    {
        foreach (var address in Listening.Of(configuration))
        {
            if (Listening.FailureAt(address) is { } failure)
            {
                throw CannotListen(address, failure);
            }
        }
    }

    /// <summary>What it says of an address when the server can't listen there.</summary>
    public static WrongSettingException CannotListen(string address, Exception exception) => new("urls", address,
        exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            ? "an address on which no other program listens; another one does, perhaps this one started twice"
            : $"{Example}, on which this program may listen; {exception.Message.Split('\n')[0].TrimEnd('.', '\r')}");
}
