using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Site;

/// <summary><c>/api</c> says what the OpenAPI document says, and what it says works.</summary>
public sealed partial class ApiPageTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    [Theory]
    [InlineData("/api")]
    [InlineData("/en/api")]
    public async Task Every_operation_has_a_row_and_a_section(string path)
    {
        var page = await PageAsync(path);
        var operations = await OperationsAsync();
        Assert.True(operations.Count > 15);
        Assert.All(operations, operation =>
        {
            Assert.Contains($"<a href=\"#{operation.Id}\"><code>{operation.Method} {operation.Path}</code></a>", page,
                StringComparison.Ordinal);
            Assert.Contains($"<article id=\"{operation.Id}\">", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_document_has_a_title_and_begins_with_publications()
    {
        using var document = await DocumentAsync();
        Assert.Equal("Interclustering API v1", document.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("Publications", document.RootElement.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.Equal("/api/v1/publications", document.RootElement.GetProperty("paths").EnumerateObject().First().Name);
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.DoesNotContain("nonce", schemas.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("#/components/schemas/PersonView", schemas.GetProperty("Event").GetProperty("properties").GetProperty("speakers")
            .GetProperty("items").GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task Every_curl_command_works()
    {
        await ContentAsync();
        var commands = Curls().Matches(await PageAsync("/api"))
            .Select(match => (Line: match.Groups[1].Value, Address: match.Groups[2].Value)).ToList();
        Assert.True(commands.Count > 25);
        foreach (var (line, address) in commands)
        {
            Assert.StartsWith(server.Http.BaseAddress!.AbsoluteUri, address, StringComparison.Ordinal);
            var needsToken = line.Contains("$TOKEN", StringComparison.Ordinal);
            var method = Method().Match(line) is { Success: true } named ? named.Groups[1].Value : "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Content = method is "PUT" or "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
            using var answer = await server.Http.SendAsync(request);
            Assert.True(answer.StatusCode == (needsToken ? HttpStatusCode.Unauthorized : HttpStatusCode.OK),
                $"{answer.StatusCode}: {line}");
        }
    }

    [Fact]
    public async Task An_example_has_no_field_that_an_answer_lacks()
    {
        await ContentAsync();
        using var document = await DocumentAsync();
        foreach (var (path, address) in ((string, string)[])[("/api/v1/publications", "/api/v1/publications?limit=2"),
            ("/api/v1/search", "/api/v1/search?q=entrep%C3%B4t"), ("/api/v1/clusters", "/api/v1/clusters"),
            ("/api/v1/themes", "/api/v1/themes"), ("/api/v1/filters", "/api/v1/filters"),
            ("/api/v1/federation/{code}", "/api/v1/federation/hub")])
        {
            var example = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses")
                .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");
            using var answer = JsonDocument.Parse(await server.Http.GetStringAsync(address));
            Assert.Subset(NamesOf(answer.RootElement), NamesOf(example));
        }

        static HashSet<string> NamesOf(JsonElement answer) =>
            [.. (answer.ValueKind == JsonValueKind.Array ? answer[0] : answer).EnumerateObject().Select(property => property.Name)];
    }

    [Fact]
    public async Task What_is_described_is_known_and_nothing_else_is()
    {
        using var document = await DocumentAsync();
        foreach (var operation in (await OperationsAsync()).Where(operation => operation.Method == "GET"
            && operation.Path.StartsWith("/api/v1/", StringComparison.Ordinal)))
        {
            var address = operation.Path.Replace("{code}", "bsc", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal);
            using var refused = await server.Http.GetAsync(address + "?zzz=1");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("zzz: is not known.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            foreach (var name in operation.Query)
            {
                using var answer = await server.Http.GetAsync($"{address}?{name}=");
                Assert.DoesNotContain($"{name}: is not known.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Only_the_interactive_reference_has_a_script_of_others_and_styles_inline()
    {
        using var page = await server.Http.GetAsync("/api");
        Assert.DoesNotContain("unsafe-inline", PolicyOf(page), StringComparison.Ordinal);
        var text = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("scalar.js", text, StringComparison.Ordinal);
        Assert.Contains("href=\"/api/reference\"", text, StringComparison.Ordinal);
        using var reference = await server.Http.GetAsync("/api/reference");
        Assert.Contains("style-src 'self' 'unsafe-inline'", PolicyOf(reference), StringComparison.Ordinal);
        Assert.Contains("scalar.js", await reference.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        static string PolicyOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
    }

    /// <summary>The demonstration's publications are there.</summary>
    private Task ContentAsync() => Until.TrueAsync(
        async () => (await server.Http.GetStringAsync("/api/v1/search?q=entrep%C3%B4t")).Contains("\"extract\"", StringComparison.Ordinal)
            && (await server.Http.GetStringAsync("/api/v1/publications?limit=2")).Contains("\"next\"", StringComparison.Ordinal),
        () => Task.FromResult("the demonstration is on the site"));

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await server.Http.GetStringAsync(path));

    private async Task<JsonDocument> DocumentAsync() => JsonDocument.Parse(await server.Http.GetStringAsync("/openapi/v1.json"));

    private async Task<IReadOnlyList<(string Method, string Path, string Id, IReadOnlyList<string> Query)>> OperationsAsync()
    {
        using var document = await DocumentAsync();
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => (operation.Name.ToUpperInvariant(), path.Name,
                    operation.Value.GetProperty("operationId").GetString()!,
                    (IReadOnlyList<string>)[.. operation.Value.TryGetProperty("parameters", out var parameters)
                        ? parameters.EnumerateArray().Select(QueryName).OfType<string>() : []]))),
        ];
    }

    private static string? QueryName(JsonElement parameter) => parameter.TryGetProperty("$ref", out var shared)
        ? shared.GetString()!.Split('/')[^1]
        : parameter.GetProperty("in").GetString() == "query" ? parameter.GetProperty("name").GetString() : null;

    [GeneratedRegex("""<code class="curl">(curl [^<]*?"(http[^"]+)"[^<]*)</code>""")]
    private static partial Regex Curls();

    [GeneratedRegex("-X ([A-Z]+) ")]
    private static partial Regex Method();
}
