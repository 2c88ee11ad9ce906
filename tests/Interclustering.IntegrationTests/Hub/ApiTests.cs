using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Hub.Filters;
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
        Assert.Equal("2026-12-17T09:00:00+01:00", whole.GetProperty("occurrences")[1].GetProperty("start").GetString());
        Assert.Equal("Petit déjeuner", whole.GetProperty("publication").GetProperty("title").GetString());

        var some = await ReadAsync($"/api/v1/publications/{id}?fields=id,publication.title");
        Assert.Equal(["id", "publication"], some.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["title"], some.GetProperty("publication").EnumerateObject().Select(property => property.Name));
        foreach (var fields in (string[])["secret", "publication.title.deep", "id.title", "publication.nonce", "publication.extensions"])
        {
            var (status, problem) = await hub.GetAsync($"/api/v1/publications?fields={fields}");
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("urn:interclustering:problem:parameter", problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/v1/publications?themes=urbaine", "themes: is not known. Did you mean theme?")]
    [InlineData("/api/v1/publications?updated_since=2026-11-01", "updated_since: is not known. Known are ")]
    [InlineData("/api/v1/publications?updated_after=2026-11-01", "Did you mean updatedAfter?")]
    [InlineData("/api/v1/publications?theme=logistique-urbaine&utm_source=letter", "utm_source: is not known. Known are ")]
    [InlineData("/api/v1/publications?past=1", "past: is not known. Known are ")]
    [InlineData("/api/v1/publications/none?field=id", "Did you mean fields?")]
    [InlineData("/api/v1/search?q=x&pages=2", "Did you mean page?")]
    [InlineData("/api/v1/search?query=x", "query: is not known. Known are ")]
    [InlineData("/api/v1/clusters?cluster=bsc", "cluster: is not known. This address takes no parameters.")]
    [InlineData("/en/api/v1/themes?lang=en&x=1", "lang: is not known. This address takes no parameters. x: is not known.")]
    public async Task A_parameter_that_is_not_known_is_refused_with_the_nearest_one(string path, string said)
    {
        using var answer = await hub.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("urn:interclustering:problem:parameter", problem.GetProperty("type").GetString());
        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_filter_of_the_agenda_is_known_to_the_list_and_to_the_search()
    {
        var filters = Criterion.All.Select(criterion => $"{criterion.Name}={ValueOf(criterion.Name)}")
            .Concat(["from=2026-11-01", "to=2026-12-31", "around=2026-12-01"]);
        foreach (var filter in filters)
        {
            await ReadAsync("/api/v1/publications?" + filter);
            await ReadAsync("/api/v1/search?q=x&" + filter);
        }

        static string ValueOf(string criterion) => criterion switch
        {
            Criterion.Cluster => "bsc",
            Criterion.Region => "53",
            Criterion.Theme => KnownThemes.Urban,
            Criterion.Audience => Audiences.Shippers,
            Criterion.Format => EventFormats.Meetup,
            Criterion.Attendance => Attendance.Online,
            Criterion.Status => EventStatus.Confirmed,
            _ => Kinds.Event,
        };
    }

    [Fact]
    public async Task Times_carry_the_offset_of_their_zone_and_days_are_days()
    {
        var winter = await RecordAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T12:00:00") with
        {
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", ["2026-12-17T09:00:00"]),
            Status = EventStatus.Rescheduled,
            PreviousStart = "2026-07-01T09:00:00",
        });
        Assert.Equal(("2026-12-10T09:00:00+01:00", "2026-12-10T12:00:00+01:00", "2026-07-01T09:00:00+02:00", "2026-12-17T09:00:00+01:00"),
            (Time(winter, "start"), Time(winter, "end"), winter.GetProperty("previousStart").GetString(),
            winter.GetProperty("recurrence").GetProperty("except")[0].GetString()));

        var elsewhere = await RecordAsync(Happening.On("2026-12-10T09:00:00") with { TimeZone = "Indian/Reunion" });
        Assert.Equal(("2026-12-10T09:00:00+04:00", "Indian/Reunion"),
            (Time(elsewhere, "start"), elsewhere.GetProperty("timeZone").GetString()));
        var wholeDay = await RecordAsync(Happening.On("2026-12-10", "2026-12-11"));
        Assert.Equal(("2026-12-10", "2026-12-11"), (Time(wholeDay, "start"), Time(wholeDay, "end")));

        static string? Time(JsonElement record, string name) => record.GetProperty("sessions")[0].GetProperty(name).GetString();
    }

    [Fact]
    public async Task An_evening_that_ends_at_midnight_ends_after_it_begins()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T20:00:00", "2026-12-11T00:00:00"));
        var time = (await ReadAsync($"/api/v1/publications/{id}")).GetProperty("occurrences")[0];
        Assert.Equal(("2026-12-10T20:00:00+01:00", "2026-12-11T00:00:00+01:00"),
            (time.GetProperty("start").GetString(), time.GetProperty("end").GetString()));
    }

    [Fact]
    public async Task People_come_with_their_names_until_they_are_erased()
    {
        var person = await hub.ShowAsync(new Person
        {
            Nonce = "n",
            Name = "Camille Exemple",
            Role = "Logisticienne",
            Email = "c@a.example",
        });
        var happening = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Speakers = [person], Contact = person });
        var sheet = await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Quais", Owner = person, Contacts = [person] });
        var other = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Sans personne"));
        var named = $$"""{"id":"{{person}}","name":"Camille Exemple","role":"Logisticienne"}""";
        Assert.Equal((named, named), (await FieldAsync(happening, "speakers", 0), await FieldAsync(happening, "contact")));
        Assert.Equal((named, named), (await FieldAsync(sheet, "owner"), await FieldAsync(sheet, "contacts", 0)));
        Assert.DoesNotContain("c@a.example", (await hub.GetAsync("/api/v1/publications")).Body, StringComparison.Ordinal);

        var changes = (await ReadAsync("/api/v1/publications")).GetProperty("changes").GetString();
        await hub.ShowAsync(null, person, revision: 2);
        foreach (var path in (string[])["/api/v1/publications", $"/api/v1/publications/{sheet}", "/api/v1/search?q=quais"])
        {
            Assert.DoesNotContain("Camille", (await hub.GetAsync(path)).Body, StringComparison.Ordinal);
        }

        Assert.Equal($$"""{"id":"{{person}}"}""", await FieldAsync(happening, "speakers", 0));
        // Who keeps a copy hears of it.
        var moved = await ReadAsync("/api/v1/publications?changes=" + changes);
        Assert.Equal([happening, sheet], moved.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal([person], moved.GetProperty("removed").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.NotEqual(other, happening);
    }

    [Fact]
    public async Task A_person_with_another_name_brings_what_names_them_again()
    {
        var person = await hub.ShowAsync(new Person { Nonce = "n", Name = "Camille Exemple" });
        var happening = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Speakers = [person] });
        var changes = (await ReadAsync("/api/v1/publications")).GetProperty("changes").GetString();
        await hub.ShowAsync(new Person { Nonce = "n", Name = "Camille Essai" }, person, revision: 2);
        var moved = await ReadAsync($"/api/v1/publications?changes={changes}&fields=id,publication.speakers");
        var item = Assert.Single(moved.GetProperty("items").EnumerateArray());
        Assert.Equal((happening, "Camille Essai"), (item.GetProperty("id").GetString(),
            item.GetProperty("publication").GetProperty("speakers")[0].GetProperty("name").GetString()));
        Assert.Empty(moved.GetProperty("removed").EnumerateArray());
    }

    [Fact]
    public async Task No_answer_has_a_nonce()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Nonce = "zznonce" });
        await Until.TrueAsync(async () => (await hub.GetAsync("/api/v1/search?q=petit")).Body.Contains(id, StringComparison.Ordinal),
            () => Task.FromResult("the search finds it"));
        foreach (var path in (string[])["/api/v1/publications", $"/api/v1/publications/{id}", "/api/v1/search?q=petit"])
        {
            var body = (await hub.GetAsync(path)).Body;
            Assert.Contains(id, body, StringComparison.Ordinal);
            Assert.DoesNotContain("nonce", body, StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> RecordAsync(PublishedItem item) =>
        (await ReadAsync($"/api/v1/publications/{await hub.ShowAsync(item)}")).GetProperty("publication");

    private async Task<string> FieldAsync(string id, string field, int? index = null)
    {
        var value = (await ReadAsync($"/api/v1/publications/{id}")).GetProperty("publication").GetProperty(field);
        return (index is { } at ? value[at] : value).GetRawText();
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
