using System.Diagnostics;
using Interclustering.Federation;
using Interclustering.Ui.Shell;
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
            .WithTracing(tracing => Trace(tracing))
            .WithMetrics(metrics => metrics.AddMeter(FederationTelemetry.Name, "MassTransit").AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
        return builder;
    }

    /// <summary>What is traced. The processor stands before every exporter.</summary>
    internal static TracerProviderBuilder Trace(TracerProviderBuilder tracing) =>
        tracing.AddSource(FederationTelemetry.Name, "MassTransit").AddAspNetCoreInstrumentation().AddProcessor(new WithoutSecrets());

    /// <summary>Takes the secret parts of addresses out of a span before it is handed over: whichever library wrote them there.</summary>
    internal sealed class WithoutSecrets : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.DisplayName = SecretAddresses.Redact(data.DisplayName);
            foreach (var (name, value) in data.TagObjects.Where(tag => tag.Value is string).ToList())
            {
                var text = (string)value!;
                if (SecretAddresses.Redact(text) is var redacted && redacted != text)
                {
                    data.SetTag(name, redacted);
                }
            }
        }
    }
}
