using System.Diagnostics;
using System.Globalization;
using Interclustering.Federation;
using Interclustering.Server.Configuration;
using Interclustering.Server.Metrics;
using Interclustering.Ui.Shell;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Interclustering.Server.Hosting;

/// <summary>
/// OpenTelemetry: traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so, and metrics to Prometheus where
/// <c>Metrics:Listen</c> says so.
/// </summary>
public static class Telemetry
{
    private const string Product = "interclustering";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        var exports = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        if (!exports && settings.MetricsListen is null)
        {
            return builder;
        }

        builder.Services.AddHostedService<OperatingFigures>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, settings))
            .WithMetrics(metrics => Measure(metrics, settings.MetricsListen is not null));
        if (exports)
        {
            telemetry.WithTracing(tracing => Trace(tracing))
                .WithLogging(logging => logging.AddProcessor(new LogsWithoutSecrets()), options => options.IncludeFormattedMessage = true)
                .UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>What is traced. The processor stands before every exporter.</summary>
    internal static TracerProviderBuilder Trace(TracerProviderBuilder tracing) =>
        tracing.AddSource(FederationTelemetry.Name)
            .AddAspNetCoreInstrumentation(options => options.Filter = http => !IsAskedByTheClock(http.Request.Path))
            .AddHttpClientInstrumentation().AddProcessor(new WithoutSecrets());

    private static void Measure(MeterProviderBuilder metrics, bool toPrometheus)
    {
        metrics.AddMeter(FederationTelemetry.Name, OperatingFigures.MeterName).AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation().AddRuntimeInstrumentation()
            // A histogram for each component of each page is more than all else together.
            .AddView(instrument => instrument.Meter.Name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
                ? MetricStreamConfiguration.Drop : null);
        if (toPrometheus)
        {
            metrics.AddPrometheusExporter();
        }
    }

    /// <summary>
    /// Each process has a name of its own where it hosts one participant, and an instance in any case. What
    /// <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> say goes before.
    /// </summary>
    private static void Describe(ResourceBuilder resource, ServerSettings settings)
    {
        var process = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        var version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
        resource.AddService(settings.Roles is [var only] ? $"{Product}-{only}" : Product, Product, version,
            autoGenerateServiceInstanceId: false, process).AddEnvironmentVariableDetector();
    }

    /// <summary>Health checks and scrapes: they come every few seconds, and tell nothing.</summary>
    private static bool IsAskedByTheClock(PathString path) => path.StartsWithSegments("/healthz") || path == PrometheusEndpoint.Path;

    /// <summary>Takes the secret parts of addresses out of a span before it is handed over: whichever library wrote them there.</summary>
    internal sealed class WithoutSecrets : BaseProcessor<Activity>
    {
        private const string FullAddress = "url.full";

        public override void OnEnd(Activity data)
        {
            // The address of a private calendar is a secret from beginning to end, but for its host.
            if (data.GetTagItem(FullAddress) is string address && Uri.TryCreate(address, UriKind.Absolute, out var asked))
            {
                data.SetTag(FullAddress, $"{asked.GetLeftPart(UriPartial.Authority)}/");
            }

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
