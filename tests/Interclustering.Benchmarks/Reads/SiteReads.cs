using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Interclustering.Testing.Servers;

namespace Interclustering.Benchmarks.Reads;

/// <summary>The agenda's page and calendar against fixed bytes of the same size, from the same process and the same Kestrel.</summary>
internal static class SiteReads
{
    private const int Events = 500;
    private const int Rounds = 3;
    // The runtime compiles what is hot again while it runs: with a short warm-up the first rounds measure that.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    public static async Task RunAsync(CancellationToken stop)
    {
        await using var server = new ServerProcess(StaticBody.Environment);
        await server.StartAsync();
        await FillAsync(server, stop);
        using var load = new Load(server.Http.BaseAddress!);
        foreach (var path in (string[])["/agenda", "/agenda.ics"])
        {
            await MeasureAsync(load, path, stop);
        }
    }

    private static async Task MeasureAsync(Load load, string path, CancellationToken stop)
    {
        using var first = await load.Http.GetAsync(path, stop);
        var size = (await first.Content.ReadAsByteArrayAsync(stop)).Length;
        var tag = first.Headers.ETag!;
        var number = 0;
        var fixedBytes = new Requests("static", () => Get($"{StaticBody.Bytes}{size}"));
        var repeated = new Requests("the same request again", () => Get(path));
        // A past day changes nothing in the answer but is another address: what no cache can have.
        var fresh = new Requests("each time another filter", () => Get($"{path}?from={Day(Interlocked.Increment(ref number))}"));
        var conditional = new Requests("If-None-Match", () => Get(path, tag), HttpStatusCode.NotModified);
        Requests[] all = [fixedBytes, repeated, fresh, conditional];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var requests in all)
            {
                await load.RunAsync(requests, round == 0 ? WarmUp : Duration, counts: round > 0, stop);
            }
        }

        Print(path, size, all);
    }

    private static void Print(string path, int size, Requests[] all)
    {
        Console.WriteLine($"\nReads of {path}: {size:#,0} bytes, {Events} events and the demonstration's, 8 connections, {Rounds} "
            + $"interleaved rounds, median");
        foreach (var requests in all)
        {
            requests.Rate.Print();
            requests.Nearly.Print();
            requests.Processor.Print();
        }

        foreach (var requests in all[1..])
        {
            requests.Rate.PrintRatio($"{requests.Name} / static", all[0].Rate, requests == all[1] ? "goal 0.9" : "");
        }
    }

    private static HttpRequestMessage Get(string path, EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
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
}
