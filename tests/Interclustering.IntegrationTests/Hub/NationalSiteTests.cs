using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed class NationalSiteTests : IAsyncLifetime
{
    private static readonly string[] Everywhere =
        ["/", "/agenda", "/agenda?q=secret", "/agenda/2026-12", "/agenda.ics", "/ressources", "/clusters/bsc", "/clusters",
            "/api/v1/publications", "/en/agenda", "/en/agenda.ics"];

    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_is_for_the_teams_is_nowhere()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Secret meeting") with { Visibility = Visibility.Staff });
        foreach (var path in (string[])[
            .. Everywhere, $"/evenements/{id}", $"/evenements/{id}.ics", "/api/v1/publications?updatedAfter=2020-01-01T00:00:00Z"])
        {
            var (_, body) = await hub.GetAsync(path);
            Assert.DoesNotContain("Secret meeting", body, StringComparison.Ordinal);
            Assert.DoesNotContain(id[4..], body.Replace($"/en/evenements/{id}", "", StringComparison.Ordinal)
                .Replace($"/evenements/{id}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/evenements/{id}")).Status);
    }

    [Fact]
    public async Task What_is_for_members_shows_its_title_day_and_cluster_and_nothing_else()
    {
        var id = await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club des adhérents",
            Summary = "secret summary",
            Text = "secret text",
            Visibility = Visibility.Members,
            Sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-11T10:43:00", "secret label")],
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=2", []),
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
            PlatformUrl = "https://secret.example/",
            RegistrationUrl = "https://secret.example/",
            OnlineUrl = "https://secret.example/",
            Place = new Place { City = "secret city" },
            StatusReason = "secret reason",
        });
        var page = (await hub.GetAsync("/agenda")).Body;
        Assert.Contains("Club des adhérents", page, StringComparison.Ordinal);
        Assert.Contains("Réservé aux adhérents de Bretagne Supply Chain", page, StringComparison.Ordinal);
        Assert.Equal(2, Count(page, "<article class=\"item"));

        var slug = "/evenements/" + id + "/club-des-adherents";
        foreach (var path in (string[])[.. Everywhere, slug, $"/evenements/{id}.ics", "/en" + slug])
        {
            var (_, body) = await hub.GetAsync(path);
            var shown = path.Contains("q=secret", StringComparison.Ordinal) ? body.Replace("q=secret", "", StringComparison.Ordinal)
                .Replace("q%3Dsecret", "", StringComparison.Ordinal).Replace("value=\"secret\"", "", StringComparison.Ordinal)
                .Replace("«\u00a0secret\u00a0»", "", StringComparison.Ordinal).Replace("“secret”", "", StringComparison.Ordinal) : body;
            Assert.DoesNotContain("secret", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("9 h 17", shown.Replace('\u00a0', ' '), StringComparison.Ordinal);
            Assert.DoesNotContain("T0917", shown, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Club des adhérents", (await hub.GetAsync("/agenda.ics?theme=logistique-urbaine")).Body,
            StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20261210", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
        Assert.Contains("DTEND;VALUE=DATE:20261212", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_event_says_so_for_members_too()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Visibility = Visibility.Members, Status = EventStatus.Cancelled });
        Assert.Contains("STATUS:CANCELLED", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
        Assert.Contains("Annulé\u00a0:", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawn_event_is_gone_everywhere_and_the_api_says_so()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = hub.Clock.GetUtcNow();
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.ShowAsync(null, id, revision: 2);

        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/evenements/{id}")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/evenements/{id}.ics")).Status);
        Assert.DoesNotContain("Petit déjeuner", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse((await hub.GetAsync($"/api/v1/publications?updatedAfter={since:yyyy-MM-ddTHH:mm:ssZ}")).Body);
        Assert.Equal(id, answer.RootElement.GetProperty("removed")[0].GetProperty("id").GetString());
        Assert.Equal(0, answer.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_page_is_304_until_something_is_published_and_differs_by_language()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var tag = await TagAsync("/agenda");
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("/agenda", tag));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/en/agenda", tag));

        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00", title: "Nouveau"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/agenda", tag));
        Assert.Contains("Nouveau", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);

        var today = await TagAsync("/agenda");
        hub.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/agenda", today));
    }

    [Fact]
    public async Task What_is_not_found_carries_no_tag()
    {
        using var response = await hub.Http.GetAsync("/evenements/bsc-nothing", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task English_pages_are_english_link_to_english_and_mark_what_stays_french()
    {
        await hub.ShowAsync(Happening.On("2026-12-01T09:30:00", "2026-12-01T11:00:00"));
        var page = (await hub.GetAsync("/en/agenda")).Body;
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("What the logistics regions are preparing.", page, StringComparison.Ordinal);
        Assert.Contains("9:30 – 11:00", page, StringComparison.Ordinal);
        Assert.Contains("In 8 days", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"fr\">Petit déjeuner", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/evenements/", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/agenda\" hreflang=\"fr\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_filter_can_not_read_is_said_on_the_page_and_refused_by_the_api()
    {
        Assert.Contains("n’est pas une date", (await hub.GetAsync("/agenda?from=yesterday")).Body, StringComparison.Ordinal);
        Assert.Contains("« nowhere »", (await hub.GetAsync("/agenda?cluster=nowhere")).Body.Replace('\u00a0', ' '),
            StringComparison.Ordinal);
        foreach (var query in (string[])["from=yesterday", "cluster=nowhere", "limit=0", "limit=many", "cursor=x", "updatedAfter=x"])
        {
            var (status, body) = await hub.GetAsync("/api/v1/publications?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("urn:interclustering:problem:parameter", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_calendar_up_to_a_day_long_past_has_what_took_place_until_then()
    {
        await hub.ShowAsync(Happening.On("2023-12-10T09:00:00"));
        Assert.Contains("BEGIN:VEVENT", (await hub.GetAsync("/agenda.ics?to=2024-01-01")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN:VEVENT", (await hub.GetAsync("/agenda.ics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_item_that_can_not_be_shown_hides_no_other()
    {
        await hub.ShowAsync(Happening.On("never", title: "Illisible"));
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        Assert.Contains("Petit déjeuner", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private async Task<string> TagAsync(string path)
    {
        using var response = await hub.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.Headers.ETag!.ToString();
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        using var response = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
