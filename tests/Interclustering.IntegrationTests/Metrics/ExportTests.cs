using System.Net;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Metrics;

/// <summary>What is measured arrives where an operator looks.</summary>
public sealed class ExportTests(ObservedServer server) : IClassFixture<ObservedServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private OtlpReceiver Receiver => server.Receiver;

    [Fact]
    public async Task Metrics_traces_and_logs_arrive_at_a_receiver()
    {
        (await server.Http.GetAsync("/agenda?cluster=bsc", Stop)).Dispose();

        await Until.TrueAsync(
            () => Task.FromResult(Receiver.Metrics.ContainsKey("interclustering.entries.applied")
                && Receiver.Metrics.ContainsKey("http.server.request.duration")
                && Receiver.Metrics.ContainsKey("interclustering.publication.visible.duration")
                && Receiver.Spans.Contains("GET /agenda") && !Receiver.Logs.IsEmpty),
            () => Task.FromResult($"metrics {string.Join(' ', Receiver.Metrics.Keys)}; "
                + $"spans {string.Join(' ', Receiver.Spans.Distinct())}; {Receiver.Logs.Count} lines of the log"));
    }

    [Fact]
    public async Task The_resource_tells_one_process_from_another()
    {
        await Until.TrueAsync(() => Task.FromResult(Receiver.MetricExports > 0), () => Task.FromResult("metrics arrive"));

        Assert.Equal(("interclustering", "interclustering"),
            (Receiver.Resources["service.name"], Receiver.Resources["service.namespace"]));
        Assert.Matches(@"^.+:\d+$", Receiver.Resources["service.instance.id"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Receiver.Resources["service.version"]);
    }

    /// <summary>Heartbeats, polls, health checks and scrapes go on: day and night, they would be more spans than all else.</summary>
    [Fact]
    public async Task A_server_in_which_nothing_happens_makes_no_spans()
    {
        var (spans, since) = (-1, 0);
        await Until.TrueAsync(
            async () =>
            {
                (await server.Http.GetAsync("/healthz/ready", Stop)).Dispose();
                using var scraper = new HttpClient();
                (await scraper.GetAsync(server.Metrics, Stop)).Dispose();
                if (Receiver.Spans.Count != spans)
                {
                    (spans, since) = (Receiver.Spans.Count, Receiver.MetricExports);
                }

                return Receiver.MetricExports - since >= 10;
            },
            () => Task.FromResult($"the last spans are {string.Join(", ", Receiver.Spans.TakeLast(30))}"));
    }

    [Fact]
    public async Task Prometheus_is_answered_at_its_own_address_only_and_nothing_else_is()
    {
        using var scraper = new HttpClient();
        var shown = await scraper.GetStringAsync(server.Metrics, Stop);
        Assert.Contains("interclustering_entries_applied_total{", shown, StringComparison.Ordinal);

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        elsewhere.Headers.Host = server.Metrics.Authority;
        using var site = await server.Http.SendAsync(elsewhere, Stop);
        using var page = await scraper.GetAsync(new Uri(server.Metrics, "/agenda"), Stop);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (site.StatusCode, page.StatusCode));
    }
}
