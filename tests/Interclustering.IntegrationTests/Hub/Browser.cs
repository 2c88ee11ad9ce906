using System.Net;
using System.Text.RegularExpressions;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>A visitor's browser: it keeps cookies, and sends forms with the token of their page.</summary>
internal sealed partial class Browser(HttpClient http)
{
    public Dictionary<string, string> Cookies { get; } = [];

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<string> ReadAsync(string path) => await WordsOfAsync(await GetAsync(path));

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string>? fields = null, string? from = null)
    {
        var token = Token()
            .Match(await (await GetAsync(from ?? path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
        return await SendAsync(path, new Dictionary<string, string>(fields ?? []) { ["__RequestVerificationToken"] = token });
    }

    /// <summary>Sends a form as it is.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, Dictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>The page as a reader sees it: entities resolved, no-break spaces plain.</summary>
    public static async Task<string> WordsOfAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00a0', ' ')
            .Replace('\u202f', ' ');

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            Cookies[pair[0]] = pair[1];
        }

        return answer;
    }
}
