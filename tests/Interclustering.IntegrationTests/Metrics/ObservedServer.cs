using System.Globalization;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Metrics;

/// <summary>The executable with demonstration content, which exports to a receiver of our own and shows metrics to Prometheus.</summary>
public sealed class ObservedServer : IAsyncLifetime
{
    private readonly string backups = Directory.CreateTempSubdirectory("interclustering-observed-").FullName;
    private ServerProcess? server;

    public OtlpReceiver Receiver { get; } = new();

    public HttpClient Http => server!.Http;

    /// <summary>Where Prometheus asks.</summary>
    public Uri Metrics { get; } =
        new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ServerProgram.FreePort()}/metrics"));

    public async ValueTask InitializeAsync()
    {
        await Receiver.StartAsync();
        server = new ServerProcess(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "300",
            ["Interclustering__Metrics__Listen"] = Metrics.GetLeftPart(UriPartial.Authority),
            ["Interclustering__Federation__Heartbeat"] = "00:00:00.5",
            ["Interclustering__Backup__Folder"] = backups,
        });
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Receiver.DisposeAsync();
        Directory.Delete(backups, recursive: true);
    }
}
