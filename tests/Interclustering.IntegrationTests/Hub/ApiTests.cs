using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed class ApiTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task One_publication_has_what_its_page_shows_and_only_the_fields_that_were_asked_for()
    {
        var id = await hub.ShowAsync(
            Happening.On("2026-12-10T09:00:00", "2026-12-10T12:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=2", []) });
        var whole = await ReadAsync($"/api/v1/publications/{id}");
        Assert.Equal("2026-12-17T09:00", whole.GetProperty("occurrences")[1].GetProperty("start").GetString());
        Assert.Equal("Petit déjeuner", whole.GetProperty("publication").GetProperty("title").GetString());

        var some = await ReadAsync($"/api/v1/publications/{id}?fields=id,publication.title");
        Assert.Equal(["id", "publication"], some.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["title"], some.GetProperty("publication").EnumerateObject().Select(property => property.Name));
        foreach (var fields in (string[])["secret", "publication.title.deep", "id.title"])
        {
            var (status, problem) = await hub.GetAsync($"/api/v1/publications?fields={fields}");
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("urn:interclustering:problem:parameter", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_withdrawn_is_410_and_what_never_was_404_both_as_problems()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        await hub.ShowAsync(null, id, revision: 2);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/api/v1/publications/{id}")).Status);
        var (status, body) = await hub.GetAsync("/api/v1/publications/bsc-none");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("urn:interclustering:problem:not-found", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_members_item_has_four_public_fields()
    {
        var id = await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club",
            Visibility = Visibility.Members,
            Sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-10T10:00:00")],
            Attendance = Attendance.Online,
            Themes = [KnownThemes.Urban],
        });
        var item = await ReadAsync($"/api/v1/publications/{id}");
        Assert.Equal(["title", "visibility", "reserved", "contact"], item.GetProperty("publication").EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null).Select(property => property.Name));
        Assert.Equal("2026-12-10", item.GetProperty("occurrences")[0].GetProperty("start").GetString());
        Assert.Equal("event", item.GetProperty("kind").GetString());
        Assert.Equal(0, item.GetProperty("regions").GetArrayLength());
    }

    [Fact]
    public async Task Every_page_of_a_list_is_reached_by_its_cursor()
    {
        for (var number = 0; number < 7; number++)
        {
            await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: $"Rencontre {number}"));
        }

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ReadAsync($"/api/v1/publications?limit=3{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("publication").GetProperty("title").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(number => $"Rencontre {number}"), seen);
    }

    [Fact]
    public async Task Who_follows_changes_hears_of_what_came_late_and_of_what_left_the_filter()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Urban] });
        var changes = (await ReadAsync($"/api/v1/publications?theme={KnownThemes.Urban}")).GetProperty("changes").GetString();
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Skills] }, id, revision: 2);
        var added = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Urban] });

        var answer = await ReadAsync($"/api/v1/publications?theme={KnownThemes.Urban}&changes={changes}");
        Assert.Equal([added], answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal([id], answer.GetProperty("removed").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        var next = await ReadAsync($"/api/v1/publications?theme={KnownThemes.Urban}&changes={answer.GetProperty("changes").GetString()}");
        Assert.Equal((0, 0), (next.GetProperty("items").GetArrayLength(), next.GetProperty("removed").GetArrayLength()));
    }

    [Theory]
    [InlineData("another-epoch:4", HttpStatusCode.Gone)]
    [InlineData("x", HttpStatusCode.BadRequest)]
    [InlineData(":4", HttpStatusCode.BadRequest)]
    public async Task Changes_of_another_life_of_the_hub_are_refused_and_nonsense_too(string changes, HttpStatusCode status) =>
        Assert.Equal(status, (await hub.GetAsync("/api/v1/publications?changes=" + changes)).Status);

    [Fact]
    public async Task Scripts_of_every_site_may_read_it_and_too_many_requests_are_told_to_wait()
    {
        using var last = await FromElsewhereAsync(TemporaryHub.RequestsPerMinute);
        Assert.Equal("*", Assert.Single(last.Headers.GetValues("Access-Control-Allow-Origin")));
        using var refused = await FromElsewhereAsync(1);
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"),
            (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal("*", Assert.Single(refused.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync("/agenda")).Status);
    }

    /// <summary>The last of so many answers to a script of another site.</summary>
    private async Task<HttpResponseMessage> FromElsewhereAsync(int times)
    {
        for (var time = 1; ; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/clusters");
            request.Headers.Add("Origin", "https://cluster.example");
            var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
            if (time == times)
            {
                return answer;
            }

            answer.Dispose();
        }
    }

    [Fact]
    public async Task Filters_and_clusters_are_named_in_words_of_the_addresss_language()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Themes = [KnownThemes.Urban] });
        var theme = (await ReadAsync("/en/api/v1/filters")).EnumerateArray()
            .Single(filter => filter.GetProperty("name").GetString() == "theme")
            .GetProperty("values").EnumerateArray().Single(value => value.GetProperty("value").GetString() == KnownThemes.Urban);
        Assert.Equal(("Urban logistics", 1), (theme.GetProperty("label").GetString(), theme.GetProperty("upcoming").GetInt32()));
        Assert.Equal("Bretagne Supply Chain", (await ReadAsync("/api/v1/clusters"))[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Crawlers_find_every_public_page_and_no_other()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var hidden = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Visibility = Visibility.Staff });
        var sitemap = (await hub.GetAsync("/sitemap.xml")).Body;
        Assert.Contains($"/evenements/{id}/petit-dejeuner</loc>", sitemap, StringComparison.Ordinal);
        Assert.Contains($"hreflang=\"en\" href=\"http://localhost/en/evenements/{id}/petit-dejeuner\"", sitemap, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, sitemap, StringComparison.Ordinal);
        Assert.Contains("Sitemap: http://localhost/sitemap.xml", (await hub.GetAsync("/robots.txt")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/.well-known/security.txt")).Status);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        var (status, body) = await hub.GetAsync(path);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
