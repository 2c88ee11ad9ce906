using System.Net;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What is sent from what was kept is what was made, with every header, until something moves.</summary>
public sealed class KeptAnswerTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Le quai"), "bsc-1");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("/agenda")]
    [InlineData("/en/agenda")]
    [InlineData("/agenda/2026-12")]
    [InlineData("/evenements/bsc-1/le-quai")]
    [InlineData("/agenda.ics")]
    [InlineData("/en/agenda.ics?cluster=bsc")]
    [InlineData("/agenda.json")]
    [InlineData("/agenda.rss")]
    [InlineData("/embed/agenda")]
    [InlineData("/embed/agenda.json")]
    [InlineData("/integrer")]
    [InlineData("/api/v1/publications")]
    public async Task It_is_the_answer_that_was_made(string path)
    {
        foreach (var encoding in (string?[])[null, "br", "gzip"])
        {
            foreach (var origin in (string?[])[null, "https://site.example"])
            {
                var (made, again) = (await AskAsync(path, encoding, origin), await AskAsync(path, encoding, origin));
                Assert.Equal(HttpStatusCode.OK, made.Status);
                Assert.Equal((false, true), (made.IsKept, again.IsKept));
                Assert.Equal(made.Headers, again.Headers);
                Assert.Equal(made.Body, again.Body);

                var withCookie = await AskAsync(path, encoding, origin, cookie: "ic-other=1");
                Assert.True(withCookie.IsKept);
                Assert.Equal(made.Headers, withCookie.Headers);
                Assert.Equal(made.Body, withCookie.Body);

                var head = await AskAsync(path, encoding, origin, method: HttpMethod.Head);
                Assert.Equal((made.Status, true), (head.Status, head.IsKept));
                Assert.Equal(made.Headers, head.Headers);

                var known = await AskAsync(path, encoding, origin, tag: made.Tag);
                Assert.Equal((HttpStatusCode.NotModified, 0), (known.Status, known.Body.Length));
                Assert.Equal(
                    made.Headers.Where(header => !header.StartsWith("Content-", StringComparison.Ordinal)
                        || header.StartsWith("Content-Security-Policy", StringComparison.Ordinal)),
                    known.Headers.Where(header => !header.StartsWith("Content-Length", StringComparison.Ordinal)));
                Assert.Equal(made.Body, (await AskAsync(path, encoding, origin, tag: "W/\"another\"")).Body);
            }
        }
    }

    [Fact]
    public async Task What_moves_ends_it()
    {
        await AskAsync("/agenda");
        Assert.True((await AskAsync("/agenda")).IsKept);
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Le nouveau quai"), "bsc-1", revision: 2);
        Assert.Contains("Le nouveau quai", (await AskAsync("/agenda")).Text, StringComparison.Ordinal);
        Assert.Contains("Le nouveau quai", (await AskAsync("/agenda")).Text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Le nouveau quai", (await AskAsync("/agenda.ics")).Text, StringComparison.Ordinal);

        hub.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False((await AskAsync("/agenda")).IsKept);
    }

    [Fact]
    public async Task It_is_of_the_host_that_was_asked()
    {
        foreach (var address in (string[])["http://a.example", "http://b.example", "https://a.example", "http://a.example"])
        {
            Assert.Contains($"URL:{address}/evenements/bsc-1", (await AskAsync($"{address}/agenda.ics")).Text, StringComparison.Ordinal);
            Assert.Contains($"{address}/agenda", (await AskAsync($"{address}/agenda")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_what_is_there_is_kept()
    {
        foreach (var (path, status) in (IEnumerable<(string, HttpStatusCode)>)[
            ("/evenements/bsc-2/x", HttpStatusCode.NotFound), ("/evenements/bsc-1/x", HttpStatusCode.MovedPermanently)])
        {
            for (var time = 0; time < 3; time++)
            {
                var answer = await AskAsync(path);
                Assert.Equal((status, false), (answer.Status, answer.IsKept));
            }
        }

        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "X"), "bsc-2");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/evenements/bsc-2/x")).Status);
    }

    [Fact]
    public async Task A_large_answer_to_a_filter_is_kept_when_it_is_asked_for_again()
    {
        for (var number = 0; number < 60; number++)
        {
            await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Summary = new string('é', 1000) });
        }

        var path = "/agenda.ics?cluster=bsc";
        var (first, second, third) = (await AskAsync(path), await AskAsync(path), await AskAsync(path));
        Assert.True(first.Body.Length > 64 * 1024);
        Assert.Equal((false, false, true), (first.IsKept, second.IsKept, third.IsKept));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Body, third.Body);
        Assert.Equal(first.Headers, third.Headers);
    }

    [Fact]
    public async Task Many_that_come_at_once_get_the_same()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync("/agenda/2026-12", "gzip")));
        Assert.All(answers, answer => Assert.Equal(answers[0].Body, answer.Body));
        Assert.Equal(1, answers.Count(answer => !answer.IsKept));
    }

    private async Task<Answer> AskAsync(
        string path, string? encoding = null, string? origin = null, string? cookie = null, HttpMethod? method = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[
            ("Accept-Encoding", encoding), ("Origin", origin), ("Cookie", cookie), ("If-None-Match", tag)])
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await hub.Http.SendAsync(request, Cancellation);
        return new Answer(
            answer.StatusCode, answer.Headers.Age is not null, answer.Headers.ETag?.ToString(),
            [
                .. answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Age" or "Date"))
                    .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal),
            ],
            await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private sealed record Answer(HttpStatusCode Status, bool IsKept, string? Tag, List<string> Headers, byte[] Body)
    {
        public string Text => WebUtility.HtmlDecode(System.Text.Encoding.UTF8.GetString(Body));
    }
}
