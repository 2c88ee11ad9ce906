using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Interclustering.IntegrationTests.Calendars;

/// <summary>What implementations that we did not write read in the calendar and in the feeds.</summary>
public sealed partial class SecondReaders(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private const string Series = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//test//test//FR
        BEGIN:VEVENT
        UID:automne@test
        DTSTAMP:20260101T000000Z
        SUMMARY:Club d'automne
        DTSTART;TZID=Europe/Paris:20261013T183000
        DTEND;TZID=Europe/Paris:20261013T200000
        RRULE:FREQ=WEEKLY;COUNT=4
        EXDATE;TZID=Europe/Paris:20261020T183000
        END:VEVENT
        BEGIN:VEVENT
        UID:printemps@test
        DTSTAMP:20260101T000000Z
        SUMMARY:Club de printemps
        DTSTART;TZID=Europe/Paris:20270321T090000
        DTEND;TZID=Europe/Paris:20270321T100000
        RRULE:FREQ=WEEKLY;UNTIL=20270404T070000Z
        END:VEVENT
        BEGIN:VEVENT
        UID:salon@test
        DTSTAMP:20260101T000000Z
        SUMMARY:Salon sur trois jours
        DTSTART;VALUE=DATE:20261024
        DTEND;VALUE=DATE:20261027
        END:VEVENT
        END:VCALENDAR
        """;

    private static readonly string[] Expected = [
        "2026-10-13T18:30 Club d'automne", "2026-10-24 Salon sur trois jours", "2026-10-27T18:30 Club d'automne",
            "2026-11-03T18:30 Club d'automne",
        "2027-03-21T09:00 Club de printemps", "2027-03-28T09:00 Club de printemps", "2027-04-04T09:00 Club de printemps",
    ];

    [Fact]
    public async Task A_series_keeps_its_local_times_across_both_changes_of_clocks()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Series);
        var (exit, output) = await server.RunAsync("import", "--cluster", "bsc", file);
        File.Delete(file);
        Assert.True(exit == 0 && output.Contains("3 created", StringComparison.Ordinal), output);
        var calendar = "";
        await Until.TrueAsync(
            async () => (calendar = await server.Http.GetStringAsync("/agenda.ics?cluster=bsc&q=club&from=2026-10-01&to=2027-04-30"))
                .Contains("printemps", StringComparison.Ordinal),
            () => Task.FromResult("the series are in the calendar"));
        calendar = await server.Http.GetStringAsync("/agenda.ics?cluster=bsc&from=2026-10-01&to=2027-04-30");

        var read = await ReadAsync(calendar, "2026-10-01", "2027-04-30");
        Assert.Equal(Expected, read.Where(line => Expected.Select(TitleOf).Contains(TitleOf(line))));
        Assert.Equal(Expected, (await KhalAsync(calendar)).Where(line => Expected.Select(TitleOf).Contains(TitleOf(line))));
    }

    [Fact]
    public async Task The_whole_agenda_has_as_many_occurrences_on_the_same_days_as_the_pages()
    {
        Assert.Equal(0, (await server.RunAsync("verify", "--wait", "180")).ExitCode);
        var (from, to) = ("2026-01-01", "2027-12-31");
        await Until.TrueAsync(
            async () => await DaysOfCalendarAsync(from, to) is { Count: > 50 } days && days.SequenceEqual(await DaysOfPagesAsync(from, to)),
            async () => $"calendar: {string.Join(' ', await DaysOfCalendarAsync(from, to))}\npages: "
                + $"{string.Join(' ', await DaysOfPagesAsync(from, to))}");
    }

    [Fact]
    public async Task A_changed_repeat_is_one_occurrence_at_its_new_hour_and_texts_survive()
    {
        var series = new Event
        {
            Nonce = "n",
            Title = "Club \\ du mardi; « emploi », \"ouvert\"",
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-08T18:00:00", "2026-12-15T18:00:00"]),
            Sessions = [new Session("1", "2026-12-01T18:00:00", "2026-12-01T19:00:00"),
                new Session("2", "2026-12-08T19:30:00", "2026-12-08T20:30:00")],
        };
        await AreReadAsync(series, "2026-12-01T18:00", "2026-12-08T19:30", "2026-12-22T18:00");
    }

    [Fact]
    public async Task A_first_date_that_is_left_out_or_moved_is_so_for_other_readers()
    {
        var series = new Event
        {
            Nonce = "n",
            Title = "Club du mardi",
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-01T18:00:00"]),
            Sessions = [new Session("1", "2026-12-01T18:00:00", "2026-12-01T19:00:00")],
        };
        await AreReadAsync(series, "2026-12-08T18:00", "2026-12-15T18:00", "2026-12-22T18:00");
        await AreReadAsync(
            series with { Sessions = [.. series.Sessions, new Session("2", "2026-12-01T19:30:00", "2026-12-01T20:30:00")] },
            "2026-12-01T19:30", "2026-12-08T18:00", "2026-12-15T18:00", "2026-12-22T18:00");
    }

    private static async Task AreReadAsync(Event series, params IEnumerable<string> starts)
    {
        var owner = new Cluster
        {
            Code = "bsc",
            Name = "Bretagne Supply Chain",
            Region = "Bretagne",
            Insee = "53",
            Colour = new Colour("#14806F", "#5CC4B2")
        };
        var day = new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
        var published = new Published("bsc-1", Kinds.Event, owner, series, Revision: 2, PublishedAt: day, RevisedAt: day, Position: 1);
        var calendar = Assert.IsType<ContentHttpResult>(AgendaCalendar.Of(published, "https://hub.example")).ResponseContent!;
        string[] expected = [.. starts.Select(start => $"{start} {series.Title}")];
        Assert.Equal(expected, await ReadAsync(calendar, "2026-12-01", "2027-01-31"));
        Assert.Equal(expected, await KhalAsync(calendar));
    }

    [Theory]
    [InlineData("/agenda", "rss", "rss20")]
    [InlineData("/agenda", "atom", "atom10")]
    [InlineData("/ressources", "rss", "rss20")]
    [InlineData("/ressources", "atom", "atom10")]
    public async Task Feedparser_reads_in_a_feed_what_the_json_feed_has(string page, string extension, string version)
    {
        Assert.Equal(0, (await server.RunAsync("verify", "--wait", "180")).ExitCode);
        var expected = await JsonItemsAsync(page);
        Assert.NotEmpty(expected);
        var read = await Khal.RunAsync(
            "/usr/bin/python3", [Path.Combine(Folder, "feeds.py")], await server.Http.GetStringAsync($"{page}.{extension}"));
        Assert.Equal($"{version} well-formed", read[0]);
        Assert.Equal(expected, read.Skip(1));
    }

    private async Task<List<string>> JsonItemsAsync(string page)
    {
        using var feed = JsonDocument.Parse(await server.Http.GetStringAsync($"{page}.json"));
        return [.. feed.RootElement.GetProperty("items").EnumerateArray().Select(item => string.Join(
            '\t', ((string[])["id", "date_published", "title", "url"]).Select(name => item.GetProperty(name).GetString())))];
    }

    private async Task<List<string>> DaysOfCalendarAsync(string from, string to) =>
        [.. (await ReadAsync(await server.Http.GetStringAsync($"/agenda.ics?from={from}&to={to}"), from, to))
            .Select(line => line[..10]).Order()];

    private async Task<List<string>> DaysOfPagesAsync(string from, string to)
    {
        var days = new List<string>();
        for (var page = $"/agenda?from={from}&to={to}"; ;)
        {
            var html = await server.Http.GetStringAsync(page);
            foreach (var section in Sections().Split(html).Skip(1))
            {
                var day = Day().Match(section).Groups[1].Value;
                days.AddRange(Enumerable.Repeat(day, Items().Count(section)));
            }

            if (Next().Match(html) is not { Success: true } next)
            {
                return [.. days.Order()];
            }

            page = WebUtility.HtmlDecode(next.Groups[1].Value);
        }
    }

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Interclustering.IntegrationTests", "Calendars");

    private static string TitleOf(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    internal static async Task<List<string>> ReadAsync(string calendar, string from, string to) => await Khal.RunAsync(
        "/usr/bin/python3", [Path.Combine(Folder, "occurrences.py"), from, to], calendar);

    /// <summary>Imports the calendar into an empty khal of its own, and lists it.</summary>
    private static async Task<List<string>> KhalAsync(string calendar)
    {
        using var khal = new Khal();
        await khal.ImportAsync(calendar);
        // An event of several days is listed on each; an all-day one has no time.
        return [.. (await khal.ListAsync("{start-date-long}T{start-time} {title}", "2026-10-01", "2027-04-30"))
            .Select(line => line.Replace("T ", " ", StringComparison.Ordinal).TrimEnd()).Distinct().Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("<section class=\"day\">")]
    private static partial Regex Sections();

    [GeneratedRegex("<time datetime=\"([0-9-]+)\"")]
    private static partial Regex Day();

    [GeneratedRegex("<article class=\"item")]
    private static partial Regex Items();
}
