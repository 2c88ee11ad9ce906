using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Testing.Servers;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Interclustering.IntegrationTests.Fuzz;

/// <summary>A server of its own for requests that no client should send.</summary>
public sealed class FuzzedServer() : ServerProcess(new Dictionary<string, string>()), IAsyncLifetime
{
    public ValueTask InitializeAsync() => StartAsync();
}

public sealed partial class OddRequestsTests(FuzzedServer server) : IClassFixture<FuzzedServer>, IDisposable
{
    private const int Requests = 10_000, Rounds = 20, AtOnce = 6, MostBytes = 1 << 20;
    /// <summary>In two minutes: as bad as a failure.</summary>
    private const int NoAnswer = 599;
    private const string Workspace = "/espace/bsc";

    /// <summary>One for all runs, so that a failure of a change is this change's; others are tried by the variable.</summary>
    private const int UsualSeed = 14;

    /// <summary>Pages whose forms are tried.</summary>
    private static readonly string[] Forms = [
        "/connexion", "/evenements/nouveau", "/webinaires/nouveau", "/fiches/nouvelle", "/options", "/equipe", "/jetons", "/sources",
            "/compte", "/webinaires-communs/proposer", "/publications", "/national", "/radar",
    ];

    /// <summary>Keeps no cookies of its own: each visitor has theirs.</summary>
    private readonly HttpClient http =
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Http.BaseAddress };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Ten_thousand_odd_requests_find_no_failure_of_ours()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("INTERCLUSTERING_FUZZ_SEED"), CultureInfo.InvariantCulture,
            out var given) ? given : UsualSeed;
        var staff = await EnterAsync();
        var odd = new OddRequests(seed, Reached(await ServerEndpoints.ReadAsync()), await FieldsAsync(staff), await SubjectsAsync());
        var (failures, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());
        for (var round = 0; round < Rounds; round++)
        {
            // A request may have ended the session: the handlers behind it are tried all the same.
            staff = await IsInsideAsync(staff) ? staff : await EnterAsync();
            var stranger = await VisitAsync($"{Workspace}/connexion", "");
            await Parallel.ForEachAsync(
                Enumerable.Range(round * (Requests / Rounds), Requests / Rounds),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
                async (number, cancellation) =>
                {
                    var request = odd.Make(number, staff, stranger);
                    var status = await SendAsync(request, cancellation);
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    // 505 is for those who speak another protocol, and 501 what oEmbed asks for of another format than JSON.
                    if (status >= 500 && status != (int)HttpStatusCode.HttpVersionNotSupported
                        && !(status == (int)HttpStatusCode.NotImplemented && Shown(request).Contains("/oembed?", StringComparison.Ordinal)))
                    {
                        failures.Enqueue($"{status} for request {number}:\n{Shown(request)}");
                    }
                });
        }

        var story = $"seed {seed} (INTERCLUSTERING_FUZZ_SEED); "
            + $"{string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}";
        TestContext.Current.TestOutputHelper?.WriteLine(story);
        var unhandled = FailuresIn(await LogAsync());
        Assert.True(failures.IsEmpty && unhandled.Count == 0,
            $"{story}\n{string.Join("\n\n", unhandled)}\n\n{string.Join("\n\n", failures.Take(30))}");
        // It would find nothing if nothing was reached, or if failures were not looked for as the log writes them.
        Assert.Contains(await LogAsync(), line =>
            line.StartsWith('{') && line.Contains("\"level\":\"information\"", StringComparison.Ordinal));
        Assert.True(statuses.GetValueOrDefault(200) > Requests / 20 && statuses.GetValueOrDefault(302) > 0
            && statuses.GetValueOrDefault(422) > 0, story);
        Assert.False(server.HasExited);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/live", Cancellation)).StatusCode);
    }

    /// <summary>
    /// The workspaces have the same pages: those of the own cluster are tried, and those of one neighbour, which are closed.
    /// </summary>
    private static List<ServerEndpoint> Reached(IReadOnlyList<ServerEndpoint> all) =>
        [.. all.Where(endpoint => endpoint.Pattern.PathSegments is not [{ Parts: [RoutePatternLiteralPart { Content: "espace" }] },
            { Parts: [RoutePatternLiteralPart { Content: not ("bsc" or "lsn") }] }, ..])];

    /// <summary>From another address than the one that signs in, so that no limit by address is in the way of it.</summary>
    private async Task<int> SendAsync(OddRequest request, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, deadline.Token);
        var answer = new MemoryStream();
        try
        {
            await socket.SendAsync(request.Bytes, deadline.Token);
            if (!request.IsWhole)
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            var buffer = new byte[16_384];
            int count;
            while (answer.Length < MostBytes && (count = await socket.ReceiveAsync(buffer, deadline.Token)) > 0)
            {
                answer.Write(buffer, 0, count);
                if (answer.Length < 4096 && Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)answer.Length)
                    .Contains("text/event-stream", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (SocketException)
        {
            // The server may close on what it does not read.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return NoAnswer;
        }

        var line = Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)Math.Min(answer.Length, 15));
        return line.Length >= 12 && int.TryParse(line.AsSpan(9, 3), CultureInfo.InvariantCulture, out var status) ? status : 0;
    }

    private async Task<Visitor> EnterAsync()
    {
        var door = await VisitAsync($"{Workspace}/connexion", "");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Workspace}/connexion")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = "equipe@bsc.example",
                ["password"] = await File.ReadAllTextAsync(Path.Combine(server.Data, "demonstration-password.txt"), Cancellation),
                ["__RequestVerificationToken"] = door.FormToken,
            }),
            Headers = { { "Cookie", door.Cookies } },
        };
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await VisitAsync($"{Workspace}/evenements/nouveau", Joined(door.Cookies, answer));
    }

    private async Task<bool> IsInsideAsync(Visitor visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"{Workspace}/publications")
        { Headers = { { "Cookie", visitor.Cookies } } };
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task<Visitor> VisitAsync(string path, string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Visitor(Joined(cookies, answer), FormToken().Match(await answer.Content.ReadAsStringAsync(Cancellation))
            .Groups[1].Value);
    }

    private static string Joined(string cookies, HttpResponseMessage answer) =>
        string.Join("; ", cookies.Split("; ", StringSplitOptions.RemoveEmptyEntries)
        .Concat(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0]) : [])
            .GroupBy(cookie => cookie.Split('=')[0]).Select(group => group.Last()));

    private async Task<IReadOnlyList<string>> FieldsAsync(Visitor staff)
    {
        var names = new HashSet<string>(["key", "answer", "form", "do", "version", "email", "password", "credential"]);
        foreach (var path in Forms)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Workspace + path) { Headers = { { "Cookie", staff.Cookies } } };
            using var answer = await http.SendAsync(request, Cancellation);
            names.UnionWith(FieldName().Matches(await answer.Content.ReadAsStringAsync(Cancellation)).Select(match =>
                match.Groups[1].Value));
        }

        names.Remove("__RequestVerificationToken");
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<string>> SubjectsAsync()
    {
        using var list = JsonDocument.Parse(await http.GetStringAsync("/api/v1/publications?limit=200", Cancellation));
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task<string[]> LogAsync()
    {
        await using var file = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var log = await reader.ReadToEndAsync(Cancellation);
        // A last line may be half written.
        return log[..(log.LastIndexOf('\n') + 1)].Split('\n');
    }

    private static string Shown(OddRequest request) => string.Join('\n', Encoding.Latin1.GetString(request.Bytes).Split('\n')
        .Select(line => line.StartsWith("Cookie:", StringComparison.Ordinal) ? "Cookie: …" : line.Length > 300 ? line[..300] + "…"
            : line).Take(20));

    /// <summary>Each kind once, with what threw and where in our code.</summary>
    private static List<string> FailuresIn(string[] log) => [
        .. log.Select(FailureIn).OfType<string>().GroupBy(text => text).OrderByDescending(group => group.Count()).Take(20)
            .Select(group => $"{group.Count()} × {group.Key}"),
    ];

    /// <param name="line">Of the log, which is JSON because no terminal reads it.</param>
    /// <returns>Null where nothing failed.</returns>
    private static string? FailureIn(string line)
    {
        if (!line.StartsWith('{'))
        {
            return line.StartsWith("Unhandled exception", StringComparison.Ordinal) ? line : null;
        }

        using var entry = JsonDocument.Parse(line);
        if (entry.RootElement.GetProperty("level").GetString() is not ("error" or "critical"))
        {
            return null;
        }

        var thrown = entry.RootElement.TryGetProperty("exception", out var exception) ? exception.GetString()!.Split('\n') : [];
        return string.Join('\n', thrown.Where(each => each.Contains(" at Interclustering", StringComparison.Ordinal)).Take(8)
            .Prepend(thrown.FirstOrDefault()).Prepend(entry.RootElement.GetProperty("category").GetString())
            .Prepend(entry.RootElement.GetProperty("message").GetString()));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex(" name=\"([^\"]+)\"")]
    private static partial Regex FieldName();
}
