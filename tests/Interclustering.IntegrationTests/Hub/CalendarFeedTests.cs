using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What a subscriber's calendar is given.</summary>
public sealed class CalendarFeedTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_moved_event_keeps_its_identity_and_its_sequence_rises()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        Assert.Contains("SEQUENCE:0", await CalendarAsync());

        hub.Clock.Advance(TimeSpan.FromHours(1));
        var moved = Happening.On("2026-12-17T14:00:00") with
        {
            Sessions = [new Session("2", "2026-12-17T14:00:00")],
            Status = EventStatus.Rescheduled,
            PreviousStart = "2026-12-10T09:00:00"
        };
        await hub.ShowAsync(moved, id, revision: 2);
        var lines = await CalendarAsync();
        Assert.Equal($"UID:{id}@interclustering", Assert.Single(lines, line => line.StartsWith("UID:", StringComparison.Ordinal)));
        Assert.Contains("DTSTART;TZID=Europe/Paris:20261217T140000", lines);
        Assert.Contains("SEQUENCE:1", lines);
        Assert.Contains("STATUS:CONFIRMED", lines);
        Assert.Contains(lines, line =>
            line.StartsWith("DESCRIPTION:Reporté à une nouvelle date. Initialement prévu le jeudi 10\u00a0décembre 2026.",
            StringComparison.Ordinal));
    }

    /// <summary>Years of the contract, at both sides of the change of the clock; Paris is UTC+1 in winter and UTC+2 in summer.</summary>
    [Theory]
    [InlineData("2000")]
    [InlineData("2027")]
    [InlineData("2036")]
    [InlineData("2037")]
    [InlineData("2038")]
    [InlineData("2100")]
    [InlineData("2200")]
    public async Task An_event_of_any_year_is_on_its_page_in_the_agenda_and_in_every_calendar(string year)
    {
        var winter = await hub.ShowAsync(Happening.On($"{year}-12-02T09:00:00", title: "Rencontre d’hiver"));
        var summer = await hub.ShowAsync(Happening.On($"{year}-07-02T09:00:00", title: "Rencontre d’été"));
        foreach (var (id, title, hour) in new[] { (winter, "Rencontre d’hiver", 8), (summer, "Rencontre d’été", 7) })
        {
            using var page = await hub.Http.GetAsync($"/evenements/{id}", TestContext.Current.CancellationToken);
            Assert.Contains(title, System.Net.WebUtility.HtmlDecode((await hub.GetAsync(page.Headers.Location?.ToString() ?? "")).Body),
                StringComparison.Ordinal);
            Assert.Contains(title, System.Net.WebUtility.HtmlDecode(
                (await hub.GetAsync($"/agenda/{year}-{(hour == 8 ? "12" : "07")}")).Body), StringComparison.Ordinal);
            Assert.Contains(id, (await hub.GetAsync("/api/v1/publications?limit=200")).Body, StringComparison.Ordinal);
            Assert.Contains(id, (await hub.GetAsync($"/agenda.ics?from={year}-01-01&to={year}-12-31")).Body, StringComparison.Ordinal);
            var entry = Assert.Single(Ical.Net.Calendar.Load((await hub.GetAsync($"/evenements/{id}.ics")).Body)!.Events);
            Assert.Equal((int.Parse(year, System.Globalization.CultureInfo.InvariantCulture), hour),
                (entry.Start!.AsUtc.Year, entry.Start.AsUtc.Hour));
        }
    }

    [Fact]
    public async Task Its_times_are_the_revisions_and_not_the_clocks()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var before = await CalendarAsync();
        Assert.Contains("DTSTAMP:20261123T080000Z", before);
        Assert.Contains("LAST-MODIFIED:20261123T080000Z", before);

        hub.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(before, await CalendarAsync());
    }

    [Fact]
    public async Task A_cancelled_event_says_so_for_thirty_days_and_leaves()
    {
        var id = await hub.ShowAsync(Happening.On("2027-03-10T09:00:00"));
        await hub.ShowAsync(Happening.On(
            "2027-03-10T09:00:00") with
        { Status = EventStatus.Cancelled, StatusReason = "Trop peu d’inscrits." }, id, revision: 2);
        hub.Clock.Advance(TimeSpan.FromDays(30));
        var lines = await CalendarAsync();
        Assert.Contains("STATUS:CANCELLED", lines);
        Assert.Contains("SUMMARY:ANNULÉ\u00a0:\u00a0Petit déjeuner", lines);
        Assert.Contains(lines, line => line.StartsWith("DESCRIPTION:Annulé. Trop peu d’inscrits.", StringComparison.Ordinal));
        Assert.Contains("SUMMARY:CANCELLED:\u00a0Petit déjeuner", await CalendarAsync("/en/agenda.ics"));

        hub.Clock.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain("BEGIN:VEVENT", await CalendarAsync());
        Assert.DoesNotContain("Petit déjeuner", (await hub.GetAsync("/agenda.rss")).Body, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", await CalendarAsync($"/evenements/{id}.ics"));
    }

    [Fact]
    public async Task A_postponed_event_is_tentative_and_says_that_its_date_is_open()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with { Status = EventStatus.Postponed });
        var lines = await CalendarAsync();
        Assert.Contains("STATUS:TENTATIVE", lines);
        Assert.Contains("SUMMARY:REPORTÉ\u00a0:\u00a0Petit déjeuner", lines);
        Assert.Contains(lines, line => line.StartsWith("DESCRIPTION:Reporté\\, date à fixer.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_withdrawn_event_leaves()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        await hub.ShowAsync(null, id, revision: 2);
        Assert.DoesNotContain("BEGIN:VEVENT", await CalendarAsync());
    }

    [Fact]
    public async Task The_way_in_is_where_each_reader_looks_for_it()
    {
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Webinaire",
            Summary = "Une heure",
            Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T10:00:00")],
            Attendance = Attendance.Hybrid,
            PlatformUrl = "https://visio.example/salle;a=1,2",
            RegistrationUrl = "https://bsc.example/inscription",
            Place = new Place { Name = "Le Mabilay", City = "Rennes", Latitude = "48.1099", Longitude = "-1.7030" },
            Image = new Picture("https://bsc.example/affiche.png", "L’affiche"),
            Themes = [KnownThemes.Urban],
        });
        var lines = await CalendarAsync();
        Assert.Contains("CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Suivre en ligne:https://visio.example/salle;a=1,2", lines);
        Assert.Contains("LOCATION:Le Mabilay\\, Rennes\\, https://visio.example/salle\\;a=1\\,2", lines);
        Assert.Contains(lines, line => line.StartsWith("DESCRIPTION:Une heure\\n\\nEn ligne\u00a0: "
            + "https://visio.example/salle\\;a=1\\,2\\n\\nInscription\u00a0: https://bsc.example/inscription", StringComparison.Ordinal));
        Assert.Contains("IMAGE;VALUE=URI;DISPLAY=BADGE:https://bsc.example/affiche.png", lines);
        Assert.Contains("ORGANIZER;CN=Bretagne Supply Chain:mailto:contact@bsc.example", lines);
        Assert.Contains("GEO:48.109900;-1.703000", lines);
        Assert.Contains("CATEGORIES:Logistique urbaine", lines);
        Assert.Contains("TRANSP:TRANSPARENT", lines);
    }

    [Fact]
    public async Task A_day_without_an_end_ends_with_it()
    {
        await hub.ShowAsync(Happening.On("2026-12-10"));
        var lines = await CalendarAsync();
        Assert.Contains("DTSTART;VALUE=DATE:20261210", lines);
        Assert.Contains("DTEND;VALUE=DATE:20261211", lines);
    }

    [Fact]
    public async Task A_session_on_the_day_of_an_exception_is_that_repeat_changed()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-01T18:00:00", "2026-12-01T19:00:00") with
        {
            Sessions = [
                new Session("1", "2026-12-01T18:00:00", "2026-12-01T19:00:00"),
                    new Session("2", "2026-12-08T19:30:00", "2026-12-08T20:30:00"),
                new Session("3", "2026-12-18T18:00:00"), new Session("4", "2027-02-02T18:00:00"),
            ],
            // The third of them lies after the end of the series.
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-08T18:00:00", "2026-12-15T18:00:00", "2027-02-02T18:00:00"]),
        });
        var lines = await CalendarAsync();
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Paris:20261208T180000", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("EXDATE", StringComparison.Ordinal)
            && line.Contains("20261208T180000", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("EXDATE", StringComparison.Ordinal)
            && line.Contains("20261215T180000", StringComparison.Ordinal));
        Assert.Equal(
            [$"UID:{id}-3@interclustering", $"UID:{id}-4@interclustering", $"UID:{id}@interclustering", $"UID:{id}@interclustering"],
            lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Single(lines, line => line.StartsWith("RRULE:FREQ=WEEKLY", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("RECURRENCE-ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_for_members_is_a_day_with_its_title_and_cluster()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:17:00", "2026-12-10T10:43:00", "Club") with
        {
            Visibility = Visibility.Members,
            Summary = "secret",
            OnlineUrl = "https://secret.example/",
            Themes = [KnownThemes.Urban],
            Full = true,
            Place = new Place { City = "secret", Latitude = "1", Longitude = "1" },
            Image = new Picture("https://secret.example/", "secret"),
        });
        var lines = await CalendarAsync();
        var entry = lines.SkipWhile(line => line != "BEGIN:VEVENT").TakeWhile(line => line != "END:VEVENT").Skip(1)
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "CREATED:20261123T080000Z",
                    $"DESCRIPTION:Réservé aux adhérents de Bretagne Supply Chain.\\n\\nhttp://localhost/evenements/{id}/club",
                "DTEND;VALUE=DATE:20261211", "DTSTAMP:20261123T080000Z", "DTSTART;VALUE=DATE:20261210", "LAST-MODIFIED:20261123T080000Z",
                "ORGANIZER;CN=Bretagne Supply Chain:mailto:contact@bsc.example", "SEQUENCE:0", "STATUS:CONFIRMED", "SUMMARY:Club",
                    "TRANSP:TRANSPARENT",
                $"UID:{id}@interclustering", $"URL:http://localhost/evenements/{id}/club",
            ],
            entry);
    }

    [Fact]
    public async Task Texts_of_others_stay_texts()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "C:\\new; a, b\u0007") with
        {
            Text = "Un [lien](https://bsc.example/)\r\n\r\nEND:VEVENT\r\nBEGIN:VEVENT",
            Place = new Place { Name = "Salle \\N" },
            OnlineUrl = "https://bsc.example/a\r\nSUMMARY:faux",
        });
        var lines = await CalendarAsync();
        Assert.Equal("SUMMARY:C:\\\\new\\; a\\, b", lines.Single(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("BEGIN:VEVENT", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("LOCATION:Salle \\\\N\\, https://bsc.example/a", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("DESCRIPTION:Un lien\\nEND:VEVENT\\nBEGIN:VEVENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_is_called_by_its_filter()
    {
        Assert.Contains("NAME:Agenda de l’interclustering logistique", await CalendarAsync());
        var lines = await CalendarAsync("/agenda.ics?cluster=bsc&cluster=lsn&theme=logistique-urbaine&from=2026-12-01");
        Assert.Contains(
            "NAME:Agenda de l’interclustering logistique — Bretagne Supply Chain ou Logistique Seine Normandie · Logistique urbaine · à "
                + "partir du mardi 1er\u00a0décembre 2026",
            lines);
        Assert.Contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H", lines);
    }

    /// <summary>The content lines, unfolded (RFC 5545 §3.1).</summary>
    private async Task<IReadOnlyList<string>> CalendarAsync(string path = "/agenda.ics") =>
        (await hub.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("\r\n");
}
