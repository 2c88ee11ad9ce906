using System.Security.Authentication;

namespace Interclustering.Server.Hosting;

/// <summary>What the server tells about itself, and how it speaks https where no proxy does it.</summary>
internal static class Transport
{
    public static void LimitTransport(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(options =>
    {
        options.AddServerHeader = false;
        options.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
    });
}
