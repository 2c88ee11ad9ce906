using System.Net;
using System.Text.Json.Nodes;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What no page answers is answered all the same.</summary>
public sealed class ErrorAnswerTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("GET", "/rien/de/tel", 404, "<html lang=\"fr\">", "Aucune page n’a cette adresse.")]
    [InlineData("GET", "/en/nothing/like/it", 404, "<html lang=\"en\">", "No page has this address.")]
    [InlineData("GET", "/fichiers/rien", 404, "<html lang=\"fr\">", "Aucune page n’a cette adresse.")]
    [InlineData("POST", "/agenda", 405, "<html lang=\"fr\">", "Rien n’a été fait.")]
    public async Task People_get_a_page_in_their_language(string method, string path, int status, string document, string words)
    {
        using var answer = await AskAsync(method, path, "text/html");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(document, page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", string.Join(';', answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("POST", "/api/v1/publications", 405)]
    public async Task Programs_get_a_problem(string method, string path, int status)
    {
        using var answer = await AskAsync(method, path, "application/json");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["status"]);
    }

    [Theory]
    [InlineData("/agenda", 200)]
    [InlineData("/agenda.ics", 200)]
    [InlineData("/api/v1/publications", 200)]
    [InlineData("/rien/de/tel", 404)]
    public async Task Asking_whether_something_is_there_is_answered_like_asking_for_it(string path, int status)
    {
        using var asked = await AskAsync("GET", path, "*/*");
        using var answer = await AskAsync("HEAD", path, "*/*");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(asked.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        Assert.Equal(asked.Headers.ETag, answer.Headers.ETag);
    }

    private Task<HttpResponseMessage> AskAsync(string method, string path, string accept) =>
        hub.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Accept", accept } } }, Cancellation);
}
