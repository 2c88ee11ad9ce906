using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Metrics;

/// <summary>
/// Takes what is exported by OTLP over HTTP, as a collector does, and remembers it. The numbers are those of the fields of
/// https://github.com/open-telemetry/opentelemetry-proto.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const int Resource = 1, Scope = 2, Items = 2;
    private WebApplication? app;
    private int metricExports;

    /// <summary>Names of metrics.</summary>
    public ConcurrentDictionary<string, bool> Metrics { get; } = [];

    /// <summary>Names of spans, in order of arrival.</summary>
    public ConcurrentQueue<string> Spans { get; } = [];

    /// <summary>Messages of log records.</summary>
    public ConcurrentQueue<string> Logs { get; } = [];

    /// <summary>Attributes of the resources that something came from.</summary>
    public ConcurrentDictionary<string, string> Resources { get; } = [];

    public int MetricExports => Volatile.Read(ref metricExports);

    public string Address => app!.Urls.Single();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/metrics", http => ReadAsync(http, request =>
        {
            foreach (var name in request.At(1, Scope, Items, 1))
            {
                Metrics[name.Text] = true;
            }

            Interlocked.Increment(ref metricExports);
        }));
        app.MapPost("/v1/traces", http => ReadAsync(http, request =>
        {
            foreach (var name in request.At(1, Scope, Items, 5))
            {
                Spans.Enqueue(name.Text);
            }
        }));
        app.MapPost("/v1/logs", http => ReadAsync(http, request =>
        {
            foreach (var body in request.At(1, Scope, Items, 5, 1))
            {
                Logs.Enqueue(body.Text);
            }
        }));
        await app.StartAsync();
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ReadAsync(HttpContext http, Action<ProtobufMessage> take)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = new ProtobufMessage(body.ToArray());
        foreach (var attribute in request.At(1, Resource, 1))
        {
            Resources[attribute.At(1).Single().Text] = string.Concat(attribute.At(2, 1).Select(value => value.Text));
        }

        take(request);
        http.Response.ContentType = "application/x-protobuf";
    }
}
