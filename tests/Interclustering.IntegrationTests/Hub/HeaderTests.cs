using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Accounts.Passwords;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Demonstration;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed partial class HeaderTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const int Heaviest = 60 * 1024;

    private static readonly string[] Pages =
    [
        "/", "/agenda", "/en/agenda", "/agenda/2026-12", "/ressources", "/clusters", "/clusters/bsc", "/etat", "/etat/connexion",
            "/integrer", "/en/integrer",
        "/evenements/nothing", "/espace", "/espace/bsc/connexion",
    ];

    private static readonly string[] Workspace = ["/espace/bsc", "/espace/bsc/evenements/nouveau", "/espace/bsc/webinaires/nouveau",
        "/espace/bsc/fiches/nouvelle", "/espace/bsc/personnes"];

    private TemporaryNode node = null!;
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        node = await TemporaryNode.CreateAsync();
        await DemonstrationAccounts.CreateAsync(node.Instance, new(() => PasswordHashes.Of(Password)), Cancellation);
        hub = await TemporaryHub.CreateAsync(node.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_allows_nothing_inline_and_stands_in_no_frame()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var browser = new Browser(hub.Http);
        using var signedIn = await browser.PostAsync(
            "/espace/bsc/connexion", new() { ["email"] = DemonstrationAccounts.EmailOf("bsc"), ["password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        foreach (var path in (string[])[.. Pages, $"/evenements/{id}/petit-dejeuner", .. Workspace])
        {
            using var page = await browser.GetAsync(path);
            var policy = Header(page, "Content-Security-Policy");
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(page, "X-Content-Type-Options"));
            Assert.Equal("strict-origin-when-cross-origin", Header(page, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(page, "Cross-Origin-Opener-Policy"));
            Assert.Contains("geolocation=()", Header(page, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.DoesNotMatch(Inline(), await page.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Theory]
    [InlineData("<p style=\"color:red\">", true)]
    [InlineData("<style>p{}</style>", true)]
    [InlineData("<script>go()</script>", true)]
    [InlineData("<a onclick=\"go()\">", true)]
    [InlineData("<script type=\"module\" src=\"/x.js\"></script>", false)]
    [InlineData("<script type=\"application/ld+json\">{}</script>", false)]
    [InlineData("<textarea>&lt;script&gt;</textarea>", false)]
    public void What_is_inline_is_recognised(string html, bool inline) => Assert.Equal(inline, Inline().IsMatch(html));

    [Fact]
    public async Task Transport_security_is_asked_for_on_https_and_never_on_localhost()
    {
        Assert.Contains("max-age=31536000", await TransportAsync("https://agenda.example/agenda"), StringComparison.Ordinal);
        Assert.Equal("", await TransportAsync("https://localhost/agenda"));
        Assert.Equal("", await TransportAsync("http://agenda.example/agenda"));
    }

    [Fact]
    public async Task Only_the_frame_stands_in_other_sites()
    {
        using var frame = await hub.Http.GetAsync("/embed/agenda", Cancellation);
        Assert.Contains("frame-ancestors *", Header(frame, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), await frame.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_full_page_weighs_under_60_kB_with_its_style_sheets_from_the_cache_too(string encoding)
    {
        for (var number = 0; number < 60; number++)
        {
            await hub.ShowAsync(Happening.On($"2026-12-{(number % 28) + 1:00}T09:00:00", title: $"Rencontre {number} {Guid.NewGuid()}"));
        }

        var sheets = await WeightAsync("/clusters.css", encoding);
        var style = Compress(
            await File.ReadAllBytesAsync(Repository.PathTo("src", "Interclustering.Ui", "wwwroot", "interclustering.css"), Cancellation));
        foreach (
            var path in (string[])["/agenda", "/agenda", "/agenda/2026-12", "/clusters/bsc", "/ressources", "/integrer", "/embed/agenda"])
        {
            Assert.InRange(await WeightAsync(path, encoding) + sheets + style, 1, Heaviest);
        }
    }

    [Fact]
    public async Task Pages_with_a_secret_are_sent_as_they_are()
    {
        using var page = await SendAsync("/espace/bsc/connexion", "br");
        Assert.Contains("__RequestVerificationToken", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(page.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Who_understands_no_compression_gets_none_though_another_one_came_before()
    {
        using var compressed = await SendAsync("/agenda", "br");
        using var plain = await SendAsync("/agenda", null);
        Assert.Equal("br", Assert.Single(compressed.Content.Headers.ContentEncoding));
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.StartsWith("<!doctype html>", await plain.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static int Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return (int)compressed.Length;
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private async Task<int> WeightAsync(string path, string encoding)
    {
        using var answer = await SendAsync(path, encoding);
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        return (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await hub.Http.SendAsync(request, Cancellation);
    }

    private async Task<string> TransportAsync(string address)
    {
        using var answer = await hub.Http.GetAsync(new Uri(address), Cancellation);
        return Header(answer, "Strict-Transport-Security");
    }

    [GeneratedRegex("""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script(?![^>]*\s(?:src=|type="application/ld))""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
