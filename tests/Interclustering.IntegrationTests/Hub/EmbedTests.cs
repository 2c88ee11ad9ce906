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
        foreach (var path in (string[])["/embed/agenda", "/embed/agenda?layout=month&month=2026-12", "/embed/agenda?layout=next",
            "/embed/agenda.json", "/integrer"])
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
