using System.Globalization;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Metrics;

/// <summary>
/// <c>/metrics</c> for Prometheus, at an address of its own (<c>Metrics:Listen</c>): a proxy that passes the site on reaches nothing of
/// it, and nothing else is answered there.
/// </summary>
internal static class PrometheusEndpoint
{
    public const string Path = "/metrics";

    /// <summary>Listens on that address besides the others.</summary>
    public static void ListenForMetrics(this WebApplicationBuilder builder, ServerSettings settings)
    {
        if (settings.MetricsListen is not { } address)
        {
            return;
        }

        // Kestrel reads the addresses in its own section before any other.
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.Configuration["Kestrel:Endpoints:Metrics:Url"] = address;
        }
        else
        {
            builder.Configuration["urls"] = string.Join(';', Listening.Of(builder.Configuration).Append(address));
        }
    }

    public static void UseMetricsEndpoint(this WebApplication app, ServerSettings settings)
    {
        if (settings.MetricsListen is not { } address)
        {
            return;
        }

        // By the port that was reached: what a request says of its host is for its sender to choose.
        var port = BindingAddress.Parse(address).Port;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Connection.LocalPort == port && http.Request.Path == Path);
        app.Use((http, next) =>
        {
            if (http.Connection.LocalPort != port)
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Only {Path} is answered on port {port}."));
        });
    }
}
