using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What requests may cost, and what is said to those that can't be read.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    [InlineData("2001:db8:1:2:ffff::1", "20010db800010002/64")]
    public void An_address_is_counted_for_its_subscriber(string address, string key) =>
        Assert.Equal(key, AddressKey.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task One_address_gets_so_many_pages_and_then_a_page_that_says_when_to_come_again()
    {
        HttpStatusCode status;
        var answered = 0;
        while ((status = (await AskAsync("/mentions-legales")).StatusCode) == HttpStatusCode.OK
            && answered < 2 * TemporaryHub.PagesPerMinute)
        {
            answered++;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.InRange(answered, TemporaryHub.PagesPerMinute, (int)(1.5 * TemporaryHub.PagesPerMinute));
        using var refused = await AskAsync("/mentions-legales");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Trop de demandes", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancellation)),
            StringComparison.Ordinal);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        using var program = await hub.Http.GetAsync("/mentions-legales", Cancellation);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/clusters.css")).StatusCode);
    }

    [Fact]
    public async Task Searches_are_counted_by_themselves()
    {
        for (var number = 0; number < TemporaryHub.SearchesPerMinute; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync("/recherche?q=quai")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync("/recherche?q=quai")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/agenda")).StatusCode);
    }

    [Theory]
    [InlineData("/agenda?q=quai", true)]
    [InlineData("/agenda?utm_source=x", false)]
    [InlineData("/agenda?1", false)]
    public async Task An_answer_is_kept_for_the_next_reader_where_the_address_asks_for_something_known(string path, bool isKept)
    {
        using var first = await AskAsync(path);
        using var second = await AskAsync(path);
        Assert.Equal((null, isKept), (first.Headers.Age, second.Headers.Age is not null));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data", "x", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "a=%00", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "a=b", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_form_that_can_not_be_read_is_refused_in_words(string type, string body, HttpStatusCode status)
    {
        foreach (var (accept, answered) in new[] { ("text/html", "text/html"), ("application/json", "application/problem+json") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post,
                "/etat/connexion")
            { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            request.Headers.Accept.ParseAdd(accept);
            using var answer = await hub.Http.SendAsync(request, Cancellation);
            Assert.Equal((status, answered), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Theory]
    [InlineData("/agenda?q=%00")]
    [InlineData("/api/v1/publications?q=a%00b")]
    public async Task An_address_with_a_letter_that_no_database_knows_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(path)).StatusCode);

    [Fact]
    public void What_is_typed_is_cut_and_folded_once()
    {
        var search = SearchText.Of(string.Join(' ', Enumerable.Range(0, 2000).Select(number => $"É{number}")))!;
        Assert.InRange(search.Text.Length, 190, SearchText.Longest);
        Assert.Equal(SearchText.MostWords, search.Words.Count);
        Assert.Equal("e0", search.Words[0]);
        Assert.Equal(SearchText.Longest - 1, SearchText.Cut(new string('a', SearchText.Longest - 1) + "😀").Length);
        Assert.Null(SearchText.Of(" \u0007 "));
    }

    private Task<HttpResponseMessage> AskAsync(string path) =>
        hub.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } }, Cancellation);
}
