using Interclustering.Federation;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Interclustering.Server.Hosting;

/// <summary>OpenTelemetry; exported by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so.</summary>
public static class Telemetry
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("interclustering"))
            .WithTracing(tracing => tracing.AddSource(FederationTelemetry.Name, "MassTransit").AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(FederationTelemetry.Name, "MassTransit").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .UseOtlpExporter();
        return builder;
    }
}
