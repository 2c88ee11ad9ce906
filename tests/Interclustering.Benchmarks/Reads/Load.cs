using System.Diagnostics;
using System.Globalization;
using System.Net;
using Interclustering.Benchmarks.Figures;

namespace Interclustering.Benchmarks.Reads;

/// <summary>Requests one after the other on several connections, bodies read to their end.</summary>
internal sealed class Load(Uri server) : IDisposable
{
    private const int Connections = 8;
    private readonly HttpClient http =
        new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections + 1, UseCookies = false }) { BaseAddress = server };

    public HttpClient Http => http;

    public async Task RunAsync(Requests requests, TimeSpan duration, bool counts, CancellationToken stop)
    {
        var before = await ProcessorTimeAsync(stop);
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => Task.Run(() => RepeatAsync(requests, watch, duration, stop), stop)));
        var elapsed = watch.Elapsed;
        var used = await ProcessorTimeAsync(stop) - before;
        if (counts)
        {
            var all = waits.SelectMany(list => list).ToList();
            requests.Rate.Add(all.Count / elapsed.TotalSeconds);
            if (requests.IsOurs)
            {
                requests.Processor.Add(used / all.Count);
            }

            requests.Nearly.Add(Statistics.Percentile(all, 99));
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<List<double>> RepeatAsync(Requests requests, Stopwatch watch, TimeSpan duration, CancellationToken stop)
    {
        var waits = new List<double>();
        while (watch.Elapsed < duration)
        {
            using var request = requests.Next();
            var start = Stopwatch.GetTimestamp();
            using var response = await AnswerAsync(requests, request, stop);
            if (response is null)
            {
                continue;
            }

            await response.Content.CopyToAsync(Stream.Null, stop);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (response.StatusCode != requests.Expected)
            {
                throw new InvalidOperationException($"{request.RequestUri} answered {response.StatusCode}, not {requests.Expected}.");
            }
        }

        return waits;
    }

    /// <summary>Null where another server than ours hung up, as Radicale does when many come at once: it is asked again.</summary>
    private async Task<HttpResponseMessage?> AnswerAsync(Requests requests, HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (HttpRequestException) when (!requests.IsOurs)
        {
            return null;
        }
    }

    private async Task<double> ProcessorTimeAsync(CancellationToken stop) =>
        double.Parse(await http.GetStringAsync(StaticBody.ProcessorTime, stop), CultureInfo.InvariantCulture);
}

/// <summary>One kind of request, and its figures.</summary>
/// <param name="name">Of it.</param>
/// <param name="next">Makes one.</param>
/// <param name="expected">What is answered.</param>
/// <param name="isOurs">Our server answers, and tells its processor time.</param>
internal sealed class Requests(
    string name, Func<HttpRequestMessage> next, HttpStatusCode expected = HttpStatusCode.OK, bool isOurs = true)
{
    public string Name => name;

    public Func<HttpRequestMessage> Next => next;

    public HttpStatusCode Expected => expected;

    public bool IsOurs => isOurs;

    public Series Rate { get; } = new(name, "requests/s");

    public Series Processor { get; } = new($"{name}, server's processor time", "µs");

    public Series Nearly { get; } = new($"{name}, p99", "ms");
}
