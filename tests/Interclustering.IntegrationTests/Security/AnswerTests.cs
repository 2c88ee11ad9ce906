using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Accounts.Passwords;
using Interclustering.Hub.Operators;
using Interclustering.IntegrationTests.Hub;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Server.Hosting;
using Interclustering.Testing;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Interclustering.IntegrationTests.Security;

/// <summary>What holds for every answer of the whole server, and for the ways into it.</summary>
[Collection(WholeServerTests.Name)]
public sealed partial class AnswerTests(WholeServer server)
{
    private const string Realm = "/espace/bsc/connexion";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_says_what_it_is_and_what_a_browser_may_do_with_it()
    {
        var looked = 0;
        var unknown = (string[])["/rien/de/tel", "/api/v1/publications/rien", "/espace/bsc/rien", "/fichiers/rien", "/evenements/rien"];
        foreach (var address in PlainAddresses().Concat(unknown))
        {
            using var answer = await server.Http.GetAsync(address, Cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            var type = answer.Content.Headers.ContentType;
            Assert.True(body.Length == 0 || type is not null, $"{address} does not say what it is");
            var text = type?.MediaType is { } media && Textual().IsMatch(media);
            Assert.True(!text || string.Equals(type!.CharSet, "utf-8", StringComparison.OrdinalIgnoreCase), $"{address}: {type}");
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.StartsWith("max-age=31536000", Header(answer, "Strict-Transport-Security"), StringComparison.Ordinal);
            Assert.NotEqual("", Header(answer, "Referrer-Policy"));
            var policy = Header(answer, "Content-Security-Policy");
            foreach (var directive in (string[])["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors "])
            {
                Assert.True(policy.Contains(directive, StringComparison.Ordinal), $"{address}: {policy}");
            }

            var framed = address.StartsWith("/embed/", StringComparison.Ordinal);
            Assert.True(framed || policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal), $"{address}: {policy}");
            looked++;
        }

        Assert.InRange(looked, 40, 1000);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PROPFIND")]
    [InlineData("DELETE")]
    public async Task A_method_that_nothing_takes_is_refused(string method)
    {
        foreach (var address in (string[])["/agenda", "/espace", "/api/v1/publications", "/clusters.css"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Headers.Add("X-Echo", "zzecho");
            using var answer = await server.Http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.DoesNotContain("zzecho", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/.git/HEAD")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/directory.json")]
    [InlineData("/Interclustering.Server.dll")]
    [InlineData("/bsc.db")]
    [InlineData("/keys/bsc.pem")]
    [InlineData("/_content/")]
    [InlineData("/_content/Interclustering.Ui/")]
    [InlineData("/_content/Interclustering.Ui/..%2f..%2fappsettings.json")]
    [InlineData("/fichiers/..%2f..%2fkeys%2fbsc.pem/bsc.pem")]
    public async Task Nothing_of_the_servers_own_files_is_served_and_no_folder_is_listed(string address)
    {
        using var answer = await server.Http.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Scripts_of_other_sites_read_what_is_public_and_nothing_else()
    {
        foreach (var address in PlainAddresses().Where(address => !address.StartsWith("/api/", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Origin", "https://evil.example");
            using var answer = await server.Http.SendAsync(request, Cancellation);
            var shared = Header(answer, "Access-Control-Allow-Origin");
            var forAccounts = address.StartsWith("/espace", StringComparison.Ordinal)
                || address.StartsWith("/etat", StringComparison.Ordinal);
            Assert.True(shared == "" || (shared == "*" && !forAccounts), $"{address}: {shared}");
            Assert.Equal("", Header(answer, "Access-Control-Allow-Credentials"));
        }

        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/espace/bsc/api/v1/publications/site-web/42");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");
        using var refused = await server.Http.SendAsync(preflight, Cancellation);
        Assert.Equal("", Header(refused, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_token_counts_in_its_header_only()
    {
        const string Item = "/espace/bsc/api/v1/publications/site-web/42";
        var token = server.Tokens[("bsc", TokenScopes.Write)];
        foreach (
            var address in (string[])[$"{Item}?access_token={token}", $"{Item}?token={token}", $"{Item}?authorization=Bearer%20{token}"])
        {
            using var answer = await server.Http.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_unknown_field_changes_nothing_and_one_that_comes_twice_is_none()
    {
        var reader = await EnterAsync("reader");
        using var renamed = await reader.PostAsync("/espace/bsc/compte/nom", new()
        {
            ["name"] = "bsc reader",
            ["role"] = "administrator",
            ["Role"] = "administrator",
            ["email"] = "evil@evil.example",
        }, from: "/espace/bsc/compte");
        Assert.True((int)renamed.StatusCode < 400, renamed.StatusCode.ToString());
        using var standing = JsonDocument.Parse(await server.StandingOfAsync("bsc"));
        var people = standing.RootElement.GetProperty("People").EnumerateArray();
        var me = people.Single(each => each.GetProperty("Name").GetString() == "bsc reader");
        Assert.Equal("reader", me.GetProperty("Role").GetString());
        Assert.Equal(WholeServer.EmailOf("bsc", "reader"), me.GetProperty("Email").GetString());

        var page = await reader.GetAsync("/espace/bsc/compte");
        var token = FormToken().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/espace/bsc/compte/nom")
        {
            Content = new FormUrlEncodedContent(
                [new("name", "bsc reader"), new("name", new string('x', 100)), new("__RequestVerificationToken", token)]),
        };
        request.Headers.TryAddWithoutValidation(
            "Cookie", string.Join("; ", reader.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var twice = await server.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Theory]
    [InlineData("QUATRE PALETTES AU QUAI")]
    [InlineData("quatre palettes au quai ")]
    [InlineData(" quatre palettes au quai")]
    [InlineData("quatre palettes au qua")]
    public async Task A_password_counts_to_the_letter(string almost)
    {
        using var answer = await SignInAsync(new Browser(server.Http), "editor", almost);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await EnterAsync("editor");
    }

    [Fact]
    public async Task A_password_may_be_long_and_old()
    {
        // All accounts here were last used five years ago.
        Assert.Null(PasswordRules.Refuse(string.Join(' ', Enumerable.Range(100, 30)), []));
        await EnterAsync("administrator");
    }

    [Fact]
    public async Task Which_versions_hub_and_nodes_run_is_for_operators()
    {
        const string Software = "Interclustering/";
        var browser = new Browser(server.Http);
        Assert.DoesNotContain(Software, await browser.ReadAsync("/etat"), StringComparison.Ordinal);
        await browser.PostAsync("/etat/connexion", new() { ["email"] = WholeServer.Operator, ["password"] = WholeServer.Password });

        var page = "";
        // Of this server, and of each of the two nodes that it hosts.
        await Until.TrueAsync(
            async () => (page = await browser.ReadAsync("/etat")).Split(Software).Length == 4, () => Task.FromResult($"versions: {page}"));
        Assert.Contains($"Ce serveur : {Software}{ProgramVersion.Text}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_not_be_guessed_has_128_bits_at_least()
    {
        const double BitsOfALetter = 4.95;
        Assert.InRange(ApiToken.Create("", TokenScopes.Read, "", DateTime.UtcNow).Token.Length - ApiToken.Prefix.Length, 43, 100);
        Assert.InRange(server.Ids["invitation secret"].Length, 32, 100);
        Assert.InRange(server.Ids["reset secret"].Length, 32, 100);
        Assert.InRange(server.Ids["calendar secret"].Length, 43, 100);
        Assert.InRange(OperatorAccounts.GeneratePassword().Count(char.IsLetterOrDigit) * BitsOfALetter, 128, 1000);
    }

    [Fact]
    public void Cookies_are_sealed_with_AES_256_GCM()
    {
        var sealing = server.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.AuthenticatedEncryptorConfiguration;
        Assert.Equal(EncryptionAlgorithm.AES_256_GCM, Assert.IsType<AuthenticatedEncryptorConfiguration>(sealing).EncryptionAlgorithm);
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_that_the_browser_had()
    {
        var browser = await EnterAsync("editor");
        var before = new Browser(server.Http);
        foreach (var (name, value) in browser.Cookies)
        {
            before.Cookies[name] = value;
        }

        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/espace/bsc/compte")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(browser, "editor", WholeServer.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/espace/bsc/compte")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/espace/bsc/compte")).StatusCode);
    }

    [Fact]
    public async Task What_only_a_proxy_may_say_is_not_believed_without_one()
    {
        foreach (var address in (string[])["/sitemap.xml", "/robots.txt", "/agenda", Realm])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Prefix", "/evil.example");
            request.Headers.Add("X-Forwarded-Proto", "http");
            using var answer = await server.Http.SendAsync(request, Cancellation);
            Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            Assert.StartsWith("max-age=", Header(answer, "Strict-Transport-Security"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/espace/bsc/connexion")]
    [InlineData("/etat/connexion")]
    public async Task A_password_is_hidden_while_it_is_typed_and_may_be_pasted_or_filled_in(string door)
    {
        var page = await new Browser(server.Http).ReadAsync(door);
        var field = Assert.Single(Input().Matches(page), input =>
            input.Value.Contains("name=\"password\"", StringComparison.Ordinal)).Value;
        Assert.Contains("type=\"password\"", field, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"current-password\"", field, StringComparison.Ordinal);
        Assert.DoesNotContain("maxlength", field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cookie_is_of_this_host_for_https_and_hidden_from_scripts()
    {
        var set = new List<string>();
        foreach (var (door, email) in new[] { (Realm, WholeServer.EmailOf("bsc", "editor")), ("/etat/connexion", WholeServer.Operator) })
        {
            var browser = new Browser(server.Http);
            using var page = await browser.GetAsync(door);
            using var entered = await browser.PostAsync(door, new() { ["email"] = email, ["password"] = WholeServer.Password });
            Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
            set.AddRange([.. page.Headers.GetValues("Set-Cookie"), .. entered.Headers.GetValues("Set-Cookie")]);
        }

        Assert.InRange(set.Count, 4, 20);
        foreach (var cookie in set)
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("; domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Pages_of_a_workspace_are_kept_by_no_cache_and_lead_out_of_it()
    {
        var editor = await EnterAsync("editor");
        foreach (var path in (string[])["", "/compte", "/equipe", "/publications", "/personnes", "/national"])
        {
            var address = "/espace/bsc" + path;
            using var page = await editor.GetAsync(address);
            Assert.True(page.Headers.CacheControl?.NoStore, address);
            Assert.Contains("/espace/bsc/deconnexion", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_refused_by_role_or_token_stands_in_the_log_without_name_or_secret()
    {
        var reader = await EnterAsync("reader");
        using var refused = await reader.GetAsync("/espace/bsc/jetons");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/espace/bsc/api/v1/publications/site-web/42");
        request.Headers.Authorization = new("Bearer", "icl_zzsecret");
        using var unknown = await server.Http.SendAsync(request, Cancellation);
        const string ByRole = "was refused GET /espace/bsc/jetons, which needs the role administrator";
        Assert.Contains(server.Log.All, line => line.Contains(ByRole, StringComparison.Ordinal));
        const string ByToken = "bsc: GET of the API was refused with an unknown token";
        Assert.Contains(server.Log.All, line => line.Contains(ByToken, StringComparison.Ordinal));
        Assert.All(server.Log.All, line => Assert.DoesNotContain("zzsecret", line, StringComparison.Ordinal));
        Assert.All(server.Log.All, line => Assert.DoesNotContain("bsc reader", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_was_just_set_up_has_no_accounts() => Assert.Equal(0, server.AccountsAtFirst);

    /// <summary>Public addresses without a parameter.</summary>
    private IEnumerable<string> PlainAddresses() => server.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => Access.Of(endpoint) is Access.OfEverybody && endpoint.RoutePattern.Parameters.Count == 0
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Where(endpoint => endpoint.Metadata.GetMetadata<NodeRoute>()?.Code is null or "bsc")
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct();

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private async Task<Browser> EnterAsync(string role)
    {
        var browser = new Browser(server.Http);
        using var entered = await SignInAsync(browser, role, WholeServer.Password);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        return browser;
    }

    private static Task<HttpResponseMessage> SignInAsync(Browser browser, string role, string password) =>
        browser.PostAsync(Realm, new() { ["email"] = WholeServer.EmailOf("bsc", role), ["password"] = password });

    [GeneratedRegex(@"^text/|^application/xml$|^application/(rss|atom)\+xml$")]
    private static partial Regex Textual();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
