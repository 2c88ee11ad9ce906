using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Reads;

/// <summary>
/// Pages against fixed bytes of the same compressed size from the same process and the same Kestrel, and against what Debian has to serve
/// the same bytes or events.
/// </summary>
internal static partial class SiteReads
{
    private const int Events = 500;
    private const int Rounds = 3;
    private const string MeasuredDay = "2030-03-01";
    // The runtime compiles what is hot again while it runs: with a short warm-up the first rounds measure that.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(CancellationToken stop)
    {
        await using var server = new ServerProcess(StaticBody.Environment);
        await server.StartAsync();
        await FillAsync(server, stop);
        using var load = new Load(server.Http.BaseAddress!);
        var page = Event().Match(await load.Http.GetStringAsync($"/agenda?from={MeasuredDay}&q=mesure", stop)).Groups[1].Value;
        foreach (var path in (string[])["/agenda", "/agenda/2030-03", page, "/agenda.ics", "/agenda.json", "/embed/agenda"])
        {
            await MeasureAsync(load, path, unseen: path is "/agenda" or "/agenda.ics", stop);
        }
    }

    private static async Task MeasureAsync(Load load, string path, bool unseen, CancellationToken stop)
    {
        var plain = await load.Http.GetByteArrayAsync(path, stop);
        using var first = await load.Http.SendAsync(Get(path, compressed: true), stop);
        var size = (await first.Content.ReadAsByteArrayAsync(stop)).Length;
        var tag = first.Headers.ETag!;
        var number = 0;
        Requests fixedBytes = new("static", () => Get($"{StaticBody.Bytes}{size}")),
            repeated = new("the same request again", () => Get(path, compressed: true)),
            // A past day changes nothing in the answer but is another address: what no cache can have.
            fresh = new("each time another filter", () => Get($"{path}?from={Day(Interlocked.Increment(ref number))}")),
            conditional = new("If-None-Match", () => Get(path, tag), HttpStatusCode.NotModified);
        Console.WriteLine($"\nReads of {path}: {plain.Length:#,0} bytes, compressed {size:#,0}, {Events} events and the demonstration's, "
            + $"8 connections, {Rounds} interleaved rounds, median");
        List<Requests> all = [fixedBytes, repeated, .. unseen ? (Requests[])[fresh, conditional] : []];
        var others = new List<(OtherServer Server, Uri Address)>();
        try
        {
            await AddAsync("nginx, the plain bytes", OtherServer.NginxAsync(plain, stop), OtherServer.Get);
            if (path.EndsWith(".ics", StringComparison.Ordinal))
            {
                await AddAsync("Radicale, one GET", OtherServer.RadicaleAsync(plain, stop), OtherServer.GetOnce);
                await AddAsync(
                    "Xandikos, one REPORT", OtherServer.XandikosAsync(plain, stop), OtherServer.Report, HttpStatusCode.MultiStatus);
            }

            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var requests in all)
                {
                    await load.RunAsync(requests, round == 0 ? WarmUp : Duration, counts: round > 0, stop);
                }
            }
        }
        finally
        {
            foreach (var (server, _) in others)
            {
                await server.DisposeAsync();
            }
        }

        Print(all, repeated, unseen ? fresh : null);

        async Task AddAsync(string name, Task<(OtherServer, Uri Address)?> starting, Func<Uri, HttpRequestMessage> request,
            HttpStatusCode expected = HttpStatusCode.OK)
        {
            if (await starting is { } started)
            {
                others.Add(started);
                all.Add(new Requests(name, () => request(started.Address), expected, isOurs: false));
            }
        }
    }

    private static void Print(IReadOnlyList<Requests> all, Requests repeated, Requests? fresh)
    {
        foreach (var requests in all)
        {
            requests.Rate.Print();
            requests.Nearly.Print();
            if (requests.IsOurs)
            {
                requests.Processor.Print();
            }
        }

        foreach (var requests in all.Where(requests => requests.IsOurs).Skip(1))
        {
            requests.Rate.PrintRatio($"{requests.Name} / static", all[0].Rate, requests == repeated ? "goal 0.9" : "");
        }

        foreach (var other in all.Where(requests => !requests.IsOurs))
        {
            repeated.Rate.PrintRatio($"{repeated.Name} / {other.Name}", other.Rate, other.Name[0] == 'n' ? "goal 2" : "");
            fresh?.Rate.PrintRatio(
                $"{fresh.Name} / {other.Name}", other.Rate, other.Name[0] switch { 'R' => "goal 40", 'X' => "goal 20", _ => "" });
        }
    }

    private static HttpRequestMessage Get(string path, EntityTagHeaderValue? known = null, bool compressed = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (compressed)
        {
            // As browsers say it; this client hands over the bytes as they came.
            request.Headers.Add("Accept-Encoding", "gzip, deflate, br, zstd");
        }

        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return request;
    }

    private static string Day(int number) =>
        new DateOnly(1900, 1, 1).AddDays(number % 40_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Imports events beside the running server, as an operator does, and waits until the calendar has them.</summary>
    private static async Task FillAsync(ServerProcess server, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonObject { ["events"] = new JsonArray([.. Enumerable.Range(1, Events).Select(EventOf)]) }
            .ToJsonString(), stop);
        var (exit, output) = await server.RunAsync("import", "--cluster", "bsc", file);
        File.Delete(file);
        if (exit != 0)
        {
            throw new InvalidOperationException(output);
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(TimeSpan.FromSeconds(60));
        while ((await server.Http.GetStringAsync("/agenda.ics", bounded.Token)).Split("SUMMARY:Atelier de mesure").Length <= Events)
        {
            await Task.Delay(200, bounded.Token);
        }
    }

    private static JsonNode EventOf(int number)
    {
        var day = new DateTime(2030, 1, 1, 9, 0, 0, DateTimeKind.Unspecified).AddDays(number % 365);
        return new JsonObject
        {
            ["uid"] = $"mesure-{number}",
            ["title"] = new JsonObject { ["fr"] = $"Atelier de mesure {number}" },
            ["description"] = new JsonObject { ["fr"] = "Une matinée pour savoir par où commencer : relevés, travaux, coûts." },
            ["longDescription"] = new JsonObject { ["fr"] = "Trois retours d’entrepôts de la région, puis un atelier. Contenu de mesure." },
            ["timezone"] = "Europe/Paris",
            ["timings"] = new JsonArray(
                new JsonObject { ["begin"] = $"{day:yyyy-MM-dd}T09:00:00+01:00", ["end"] = $"{day:yyyy-MM-dd}T12:00:00+01:00" }),
            ["attendanceMode"] = 1,
            ["location"] = new JsonObject
            {
                ["name"] = "Maison de la logistique",
                ["address"] = "1 rue de l’Exemple",
                ["postalCode"] = "35000",
                ["city"] = "Rennes"
            },
        };
    }

    [GeneratedRegex("<h4><a href=\"(/evenements/[^\"]+)\"")]
    private static partial Regex Event();
}
