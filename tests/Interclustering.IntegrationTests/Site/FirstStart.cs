using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Site;

/// <summary>What a new operator finds on starting the server and trying things.</summary>
public sealed class FirstStart(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private const string OneEvent = """
        {"events":[{"uid":4711,"title":{"fr":"TITLE"},"timezone":"Europe/Paris","timings":[
          {"begin":"2024-03-30T18:00:00+01:00","end":"2024-03-30T20:00:00+01:00"},
          {"begin":"2024-03-31T18:00:00+02:00","end":"2024-03-31T20:00:00+02:00"}],
          "attendanceMode":1,"status":1,"state":2}]}
        """;

    private static readonly string[] Troubles = ["warning", "error", "critical"];

    /// <summary>The second page needs nothing but itself: what it looks like has an address that the browser keeps for a year.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/en/ressources")]
    [InlineData("/embed/agenda")]
    [InlineData("/espace/bsc/connexion")]
    public async Task Style_sheets_and_scripts_are_kept_by_the_browser(string path)
    {
        using var page = await new HtmlParser().ParseDocumentAsync(
            await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var named = page.QuerySelectorAll("link[rel=stylesheet], script[src^='/_content/']")
            .Select(each => each.GetAttribute("href") ?? each.GetAttribute("src")!).ToList();
        Assert.Contains(named, address => address.StartsWith("/clusters.css?v=", StringComparison.Ordinal));
        foreach (var address in named)
        {
            using var answer = await server.Http.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl is { MaxAge: { } age } control && age > TimeSpan.FromDays(300)
                && control.ToString().Contains("immutable", StringComparison.Ordinal), $"{address}: {answer.Headers.CacheControl}");
        }

        using var other = await server.Http.GetAsync("/clusters.css?v=other", TestContext.Current.CancellationToken);
        Assert.True(other.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/agenda")]
    [InlineData("/agenda/2026-11")]
    [InlineData("/agenda?cluster=bsc&theme=logistique-urbaine&kind=webinar&q=entrep%C3%B4t&from=2026-01-01&to=2026-12-31")]
    [InlineData("/agenda?from=yesterday")]
    [InlineData("/agenda.ics")]
    [InlineData("/agenda.rss")]
    [InlineData("/agenda.atom?theme=logistique-urbaine")]
    [InlineData("/agenda.json?cluster=bsc&page=2")]
    [InlineData("/ressources.rss")]
    [InlineData("/abonnement")]
    [InlineData("/en/abonnement?kind=webinar")]
    [InlineData("/_content/Interclustering.Ui/copy.js")]
    [InlineData("/ressources")]
    [InlineData("/clusters/bsc")]
    [InlineData("/etat")]
    [InlineData("/api/v1/publications")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/clusters.css")]
    [InlineData("/_content/Interclustering.Ui/interclustering.css")]
    [InlineData("/healthz/live")]
    [InlineData("/espace/bsc/connexion")]
    [InlineData("/en/")]
    [InlineData("/en/agenda")]
    [InlineData("/en/ressources")]
    [InlineData("/en/etat")]
    public async Task Every_address_answers(string path)
    {
        using var response = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_clusters_own_API_is_described_with_the_token_that_it_needs()
    {
        using var document = JsonDocument.Parse(await server.Http.GetStringAsync("/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").GetProperty("/espace/{code}/api/v1/publications/{source}/{externalId}");
        foreach (var method in (string[])["put", "post", "get", "delete"])
        {
            var needed = operations.GetProperty(method).GetProperty("security")[0].EnumerateObject().Single().Name;
            Assert.Equal("bearer", document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty(needed)
                .GetProperty("scheme").GetString());
        }

        Assert.Contains(operations.GetProperty("delete").GetProperty("parameters").EnumerateArray(), parameter =>
            parameter.GetProperty("name").GetString() == "dryRun");
    }

    [Fact]
    public async Task Demonstration_content_is_on_the_agenda_without_a_warning_in_the_log()
    {
        foreach (var cluster in (string[])["euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"])
        {
            await Until.TrueAsync(
                async () => (await server.Http.GetStringAsync($"/agenda?cluster={cluster}"))
                    .Contains("class=\"item", StringComparison.Ordinal),
                () => Task.FromResult($"{cluster} has events on the agenda"));
        }

        // The log is written by a thread of its own: the agenda may be there before its first line.
        await Until.TrueAsync(
            async () => (await LogAsync()).Any(line =>
                line.StartsWith('{') && line.Contains("\"level\":\"information\"", StringComparison.Ordinal)),
            async () => $"the log has a line: {string.Join('\n', await LogAsync())}");
        Assert.DoesNotContain(await LogAsync(), line =>
            Troubles.Any(level => line.Contains($"\"level\":\"{level}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_import_is_visible_and_again_changes_nothing_and_a_new_title_is_one_revision()
    {
        var first = await ImportAsync("Nuit de l’heure d’été");
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("1 created, 0 updated, 0 unchanged, 0 kept, 0 rejected", first.Output, StringComparison.Ordinal);
        await ShownAsync("Nuit de l’heure d’été");
        Assert.Contains("0 created, 0 updated, 1 unchanged, 0 kept, 0 rejected", (await ImportAsync("Nuit de l’heure d’été")).Output,
            StringComparison.Ordinal);
        var before = await CalendarAsync();

        Assert.Contains("0 created, 1 updated, 0 unchanged, 0 kept, 0 rejected", (await ImportAsync("Nuit où l’on avance")).Output,
            StringComparison.Ordinal);
        await ShownAsync("Nuit où l’on avance");
        var after = await CalendarAsync();

        Assert.Equal(2, before.Count(line => line.StartsWith("BEGIN:VEVENT", StringComparison.Ordinal)));
        Assert.Equal(Lines(before, "UID:"), Lines(after, "UID:"));
        Assert.All(Lines(before, "SEQUENCE:"), line => Assert.Equal("SEQUENCE:0", line));
        Assert.All(Lines(after, "SEQUENCE:"), line => Assert.Equal("SEQUENCE:1", line));
        Assert.Contains("DTSTART;TZID=Europe/Paris:20240330T180000", after);
        Assert.Contains("DTSTART;TZID=Europe/Paris:20240331T180000", after);
    }

    [Fact]
    public async Task Verify_agrees_once_everything_has_arrived()
    {
        var verified = await server.RunAsync("verify", "--wait", "180");
        Assert.True(verified.ExitCode == 0, verified.Output);
    }

    [Theory]
    [InlineData("/evenements/bsc-00000000-0000-7000-8000-000000000000/rien")]
    [InlineData("/clusters/inconnu")]
    [InlineData("/ressources/x/y")]
    public async Task What_does_not_exist_says_so(string path)
    {
        using var response = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Introuvable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_parameter_of_the_api_is_a_problem()
    {
        using var response = await server.Http.GetAsync("/api/v1/publications?limit=0");
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"),
            (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> calendar, string start) =>
        calendar.Where(line => line.StartsWith(start, StringComparison.Ordinal));

    private async Task<(int ExitCode, string Output)> ImportAsync(string title)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, OneEvent.Replace("TITLE", title, StringComparison.Ordinal));
        try
        {
            return await server.RunAsync("import", "--cluster", "tenlog", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task ShownAsync(string title) => Until.TrueAsync(
        async () => WebUtility.HtmlDecode(await server.Http.GetStringAsync("/agenda?cluster=tenlog&from=2024-03-01&to=2024-04-30"))
            .Contains(title, StringComparison.Ordinal),
        () => Task.FromResult($"« {title} » is on the national agenda"));

    private async Task<List<string>> CalendarAsync() =>
        [.. (await server.Http.GetStringAsync("/agenda.ics?cluster=tenlog&from=2024-03-01&to=2024-04-30")).Split("\r\n")];

    private async Task<List<string>> LogAsync()
    {
        await using var file = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. (await reader.ReadToEndAsync()).Split('\n')];
    }
}

/// <summary>An operator's stop and start.</summary>
public sealed class StopAndStart(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    [Fact]
    public async Task A_second_start_goes_on_with_the_same_publications()
    {
        Assert.Equal(0, (await server.RunAsync("verify", "--wait", "180")).ExitCode);
        var before = await server.RunAsync("verify");

        Assert.Equal(0, await server.TerminateAsync());
        await server.StartAsync();

        Assert.Equal(before.Output, (await server.RunAsync("verify", "--wait", "180")).Output);
    }

    [Fact]
    public async Task Asked_to_stop_in_the_middle_of_an_import_it_stops_and_loses_nothing()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new System.Text.Json.Nodes.JsonObject
        {
            ["events"] = new System.Text.Json.Nodes.JsonArray(
                [.. Enumerable.Range(1, 1000).Select(number => System.Text.Json.Nodes.JsonNode.Parse(
                $$"""{"uid":{{number}},"title":{"fr":"Charge {{number}}"},"timezone":"Europe/Paris","timings":"""
                + """[{"begin":"2027-01-05T09:00:00+01:00","end":"2027-01-05T10:00:00+01:00"}],"attendanceMode":1}"""))]),
        }.ToJsonString());
        var imported = await server.RunAsync("import", "--cluster", "lsn", file);
        File.Delete(file);
        Assert.Contains("1000 created", imported.Output, StringComparison.Ordinal);

        // The relay is sending them now. The process that starts after it has to find the rest.
        Assert.Equal(0, await server.TerminateAsync(within: TimeSpan.FromSeconds(10)));
        await server.StartAsync();

        Assert.Equal(0, (await server.RunAsync("verify", "--wait", "180")).ExitCode);
        await Until.TrueAsync(
            async () =>
                (await server.Http.GetStringAsync("/agenda?cluster=lsn&q=charge&from=2027-01-05&to=2027-01-05&start=2027-01-05.960"))
                .Split("<article class=\"item").Length - 1 == 40,
            () => Task.FromResult("the last of 25 pages of 40 is full"));
    }
}
