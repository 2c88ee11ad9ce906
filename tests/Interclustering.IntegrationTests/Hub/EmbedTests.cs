using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed class EmbedTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Other_sites_read_the_chosen_part_in_words_and_keep_it_for_a_minute()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T11:00:00") with
        {
            Themes = [KnownThemes.Urban],
            Place = new Place { City = "Rennes" }
        });
        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00", title: "Autre thème"));
        using var answer = await AskAsync($"/embed/agenda.json?theme={KnownThemes.Urban}");
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.CacheControl!.MaxAge);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var agenda = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var item = Assert.Single(agenda.GetProperty("items").EnumerateArray());
        Assert.Equal("Jeudi 10 décembre 2026", Text(item, "date"));
        Assert.Equal("9 h – 11 h", Text(item, "hours"));
        Assert.Equal(("Rennes", "Bretagne Supply Chain", "#14806F"), (Text(item, "place"), Text(item, "clusterName"), Text(item, "light")));
        Assert.Equal($"http://localhost/agenda?theme={KnownThemes.Urban}", Text(agenda, "moreUrl"));
    }

    [Fact]
    public async Task What_is_for_members_shows_title_day_and_cluster_in_every_form_and_nothing_else()
    {
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club des adhérents",
            Summary = "secret",
            Visibility = Visibility.Members,
            Themes = [KnownThemes.Urban],
            PlatformUrl = "https://secret.example/",
            Sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-10T10:43:00", "secret")],
            Place = new Place { City = "secret" },
        });
        var id = Assert.Single(hub.Shown.Items).Key;
        foreach (var path in (string[])["/embed/agenda", "/embed/agenda?layout=month&month=2026-12", "/embed/agenda?layout=next",
            "/embed/agenda.json", "/integrer", $"/embed/publication/{id}"])
        {
            // A snippet is HTML shown as text.
            var body = Plain(WebUtility.HtmlDecode((await hub.GetAsync(path)).Body));
            Assert.Contains("Club des adhérents", body, StringComparison.Ordinal);
            Assert.Contains("eudi 10 décembre 2026", body, StringComparison.Ordinal);
            Assert.Contains("Réservé aux adhérents de Bretagne Supply Chain", body, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
            Assert.DoesNotContain("9 h 17", body, StringComparison.Ordinal);
            Assert.DoesNotContain("10 h 43", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_month_starts_on_monday_and_leads_to_its_neighbours()
    {
        var month = JsonSerializer.Deserialize<JsonElement>((await hub.GetAsync("/embed/agenda.json?layout=month&month=2026-12")).Body)
            .GetProperty("month");
        Assert.Equal((1, 31), (month.GetProperty("blank").GetInt32(), month.GetProperty("days").GetInt32()));
        Assert.Equal(("2026-11", "2027-01"), (Text(month, "before"), Text(month, "after")));
        Assert.Equal("lun.", month.GetProperty("weekdays")[0].GetString());
    }

    [Fact]
    public async Task The_next_one_is_the_first_that_takes_place()
    {
        await hub.ShowAsync(Happening.On("2026-11-20T09:00:00", title: "Passé"));
        await hub.ShowAsync(Happening.On("2026-12-01T09:00:00", title: "Annulé") with { Status = EventStatus.Cancelled });
        await hub.ShowAsync(Happening.On("2026-12-02T09:00:00", title: "Prochain"));
        await hub.ShowAsync(Happening.On("2026-12-03T09:00:00", title: "Ensuite"));
        var items = JsonSerializer.Deserialize<JsonElement>((await hub.GetAsync("/embed/agenda.json?layout=next")).Body)
            .GetProperty("items");
        Assert.Equal("Prochain", Text(Assert.Single(items.EnumerateArray()), "title"));
    }

    [Fact]
    public async Task The_page_gives_three_snippets_of_the_choice_in_which_a_title_stays_text()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "<img src=x onerror=alert(1)>"));
        using var answer = await hub.Http.GetAsync("/integrer?cluster=bsc&layout=list&limit=3", TestContext.Current.CancellationToken);
        var raw = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var body = WebUtility.HtmlDecode(raw);
        Assert.Contains("<interclustering-agenda src=\"http://localhost\" layout=\"list\" cluster=\"bsc\" limit=\"3\" lang=\"fr\">", body,
            StringComparison.Ordinal);
        Assert.Contains("<iframe src=\"http://localhost/embed/agenda?cluster=bsc&amp;layout=list&amp;limit=3\"", body,
            StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;</a> — Jeudi 10", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_component_is_small_readable_by_every_site_and_304_the_second_time()
    {
        using var answer = await AskAsync("/embed/interclustering.js");
        var script = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(script));
        }

        Assert.InRange(compressed.Length, 1, 15 * 1024);
        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/embed/interclustering.js");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await hub.Http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Colours_stand_beside_the_themes_of_publications_and_stay_from_month_to_month()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "En ville") with { Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00", title: "Ailleurs"));
        var (_, frame) = await hub.GetAsync($"/embed/agenda?theme={KnownThemes.Urban}&theme=dark&layout=month&month=2026-12");
        Assert.Contains("<html lang=\"fr\" data-theme=\"dark\">", frame, StringComparison.Ordinal);
        Assert.Contains("En ville", frame, StringComparison.Ordinal);
        Assert.DoesNotContain("Ailleurs", frame, StringComparison.Ordinal);
        Assert.Contains($"href=\"/embed/agenda?theme={KnownThemes.Urban}&layout=month&month=2027-01&theme=dark\"", frame,
            StringComparison.Ordinal);
        foreach (var query in (string[])["", "?theme=", "?theme=darker", "?theme=Dark"])
        {
            Assert.Contains("<html lang=\"fr\">", (await hub.GetAsync("/embed/agenda" + query)).Body, StringComparison.Ordinal);
        }

        // What is no theme of publications is said on the agenda's page; a colour is none of them.
        Assert.DoesNotContain("dark", Content((await hub.GetAsync("/agenda?theme=dark")).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippets_keep_the_colours_and_the_frame_comes_with_the_script_that_sets_its_height()
    {
        var (_, body) = await hub.GetAsync($"/integrer?theme={KnownThemes.Urban}&theme=auto&layout=list&limit=3");
        body = WebUtility.HtmlDecode(body);
        Assert.Contains($" theme=\"{KnownThemes.Urban} auto\" limit=\"3\"", body, StringComparison.Ordinal);
        Assert.Contains($"/embed/agenda?theme={KnownThemes.Urban}&layout=list&limit=3&theme=auto\"", body, StringComparison.Ordinal);
        Assert.Contains("<script src=\"http://localhost/embed/height.js\" async></script>", body, StringComparison.Ordinal);
        Assert.Contains($">http://localhost/agenda?theme={KnownThemes.Urban}&limit=3&theme=auto</textarea>", body,
            StringComparison.Ordinal);
        Assert.Contains("<option value=\"auto\" selected>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frame.js")]
    [InlineData("height.js")]
    public async Task Scripts_of_frames_are_small_and_told_apart_by_their_tag(string name)
    {
        using var answer = await AskAsync("/embed/" + name);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, 100, 2048);
        using var other = await AskAsync("/embed/interclustering.js");
        Assert.NotEqual(other.Headers.ETag, answer.Headers.ETag);
    }

    [Fact]
    public async Task A_card_shows_one_event_by_its_next_date_and_opens_its_page_beside()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", "2026-12-10T11:00:00", "<b>Atelier</b>") with
        {
            Sessions = [new Session("1", "2026-11-10T09:00:00"), new Session("2", "2026-12-10T09:00:00", "2026-12-10T11:00:00"),
                new Session("3", "2027-01-12T09:00:00")],
            MovedOnline = true,
            Place = new Place { City = "Rennes" },
        });
        using var answer = await hub.Http.GetAsync($"/embed/publication/{id}?theme=dark", TestContext.Current.CancellationToken);
        var raw = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("frame-ancestors *", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", raw, StringComparison.Ordinal);
        var card = Plain(WebUtility.HtmlDecode(raw));
        Assert.Contains("<b>10</b><span>déc. 2026</span>", card, StringComparison.Ordinal);
        Assert.Contains("Jeudi 10 décembre 2026, 9 h – 11 h", card, StringComparison.Ordinal);
        Assert.Contains("1 autre date", card, StringComparison.Ordinal);
        Assert.Contains("Déplacé en ligne", card, StringComparison.Ordinal);
        Assert.DoesNotContain("Rennes", card, StringComparison.Ordinal);
        Assert.Contains($"href=\"http://localhost/evenements/{id}/", card, StringComparison.Ordinal);
        Assert.Contains("target=\"_blank\"", card, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Atelier&lt;/b&gt;", raw, StringComparison.Ordinal);
        Assert.Contains("Thursday 10 December 2026", Plain((await hub.GetAsync($"/en/embed/publication/{id}")).Body),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, "Annulé", true)]
    [InlineData(EventStatus.Postponed, "Date à fixer", false)]
    public async Task A_card_says_that_a_day_no_longer_holds(string status, string words, bool hasDay)
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Status = status });
        var card = Plain((await hub.GetAsync($"/embed/publication/{id}")).Body);
        Assert.Contains(words, card, StringComparison.Ordinal);
        Assert.Equal(hasDay, card.Contains("10 décembre", StringComparison.Ordinal));
        Assert.Equal(hasDay, card.Contains("numeral", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_frame_says_that_its_publication_is_gone_where_the_sites_own_page_could_not_stand()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        await hub.ShowAsync(null, id, revision: 2);
        foreach (var (address, status) in new[] { (id, HttpStatusCode.Gone), ("nothing", HttpStatusCode.NotFound) })
        {
            using var answer = await hub.Http.GetAsync("/embed/publication/" + address, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains("frame-ancestors *", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("http://localhost/agenda", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_recording_that_the_WordPress_plug_in_is_tested_with_has_the_members_of_todays_answer()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        using var today = JsonDocument.Parse((await hub.GetAsync("/embed/agenda.json")).Body);
        var file = Repository.PathTo("tests", "Interclustering.Tests", "Infra", "WordPress", "agenda.json");
        using var recorded = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(Members(today.RootElement), Members(recorded.RootElement));
        var (item, kept) = (today.RootElement.GetProperty("items")[0], recorded.RootElement.GetProperty("items")[0]);
        Assert.Equal(Members(item), Members(kept));
    }

    private static IReadOnlyList<string> Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private static string Content(string page) =>
        page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main", StringComparison.Ordinal)];

    /// <summary>As a script of another site asks.</summary>
    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://cluster.example");
        return await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Text(JsonElement element, string name) => Plain(element.GetProperty(name).GetString()!);

    private static string Plain(string text) => text.Replace("\\u00A0", " ", StringComparison.Ordinal)
        .Replace("\\u00E9", "é", StringComparison.Ordinal).Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
