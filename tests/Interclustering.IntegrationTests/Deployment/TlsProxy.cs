using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>The TLS proxy that <c>COMPOSE_PROFILES=tls</c> starts, with its own file, before one server of all roles.</summary>
public sealed class TlsProxy : IAsyncLifetime
{
    private static readonly string[] Clusters = ["euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"];
    private readonly ServerProcess server = new(new Dictionary<string, string>
    {
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        ["Interclustering__Demonstration"] = "false",
    });
    private readonly string folder = Directory.CreateTempSubdirectory("ic-proxy-").FullName;
    private readonly (int Http, int Https) ports = (ServerProgram.FreePort(), ServerProgram.FreePort());
    private Process? caddy;
    private HttpClient http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        var start = new ProcessStartInfo("/usr/bin/caddy",
            ["run", "--config", Path.Combine(Repository.Root, "infra", "caddy", "Caddyfile"), "--adapter", "caddyfile"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = folder;
        (start.Environment["HTTP_PORT"], start.Environment["HTTPS_PORT"]) = (Text(ports.Http), Text(ports.Https));
        start.Environment["CADDY_ADMIN"] = $"unix/{folder}/admin";
        foreach (var code in Clusters.Append("hub"))
        {
            start.Environment[$"ADDRESS_{code.ToUpperInvariant()}"] = $"https://{code}.localhost";
            start.Environment[$"UPSTREAM_{code.ToUpperInvariant()}"] = server.Http.BaseAddress!.Authority;
        }

        caddy = Process.Start(start)!;
        caddy.ErrorDataReceived += (_, _) => { };
        caddy.BeginErrorReadLine();
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // Names below localhost are this machine's; the certificate is of the proxy's own authority, made a moment ago.
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
#pragma warning disable CA5359
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        });
        var last = "";
        await Until.TrueAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync(At("https", "hub", "/healthz/ready"), Cancellation);
                last = answer.StatusCode.ToString();
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException exception)
            {
                last = exception.Message;
                return false;
            }
        }, () => Task.FromResult($"the proxy answers: {last}"));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (caddy is not null)
        {
            caddy.Kill();
            await caddy.WaitForExitAsync();
            caddy.Dispose();
        }

        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Pages_are_reached_by_https_and_their_links_and_cookies_say_so()
    {
        using var page = await http.GetAsync(At("https", "hub", "/agenda"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(
            $"https://hub.localhost:{ports.Https}/", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
        using var door = await http.GetAsync(At("https", "bsc", "/espace/bsc/connexion"), Cancellation);
        Assert.All(door.Headers.GetValues("Set-Cookie"), cookie => Assert.StartsWith("__Host-ic-", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_by_plain_http_lead_to_https_and_the_API_is_refused()
    {
        using var page = await http.GetAsync(At("http", "hub", "/agenda?theme=x"), Cancellation);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "/agenda?theme=x"), (page.StatusCode, page.Headers.Location!.PathAndQuery));
        Assert.Equal("https", page.Headers.Location.Scheme);
        foreach (var path in (string[])["/api/v1/publications", "/espace/bsc/api/v1/files?name=a.pdf"])
        {
            using var api = await http.GetAsync(At("http", "bsc", path), Cancellation);
            Assert.Equal((HttpStatusCode.Forbidden, null), (api.StatusCode, api.Headers.Location));
        }
    }

    [Fact]
    public async Task What_a_reader_claims_of_themselves_does_not_reach_the_server()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("https", "hub", "/agenda"));
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "http");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "elsewhere.example");
        using var answer = await http.SendAsync(request, Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("elsewhere.example", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    private Uri At(string scheme, string code, string path) =>
        new($"{scheme}://{code}.localhost:{Text(scheme == "https" ? ports.Https : ports.Http)}{path}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
