using CsCheck;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>Finding one's way in the agenda: filters, counts, views and pages.</summary>
public sealed class AgendaTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        browser = new Browser(hub.Http);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("region=11")]
    [InlineData("audience=chargeurs")]
    [InlineData("format=workshop")]
    [InlineData("attendance=hybrid")]
    [InlineData("status=full")]
    [InlineData("status=rescheduled")]
    [InlineData("theme=logistique-urbaine&audience=chargeurs&format=workshop&attendance=hybrid&q=livrer")]
    [InlineData("around=2026-12-05")]
    public async Task Every_filter_finds_what_it_names_and_nothing_else(string query)
    {
        await ShowWorkshopAsync();
        await hub.ShowAsync(Happening.On("2027-03-01T09:00:00", title: "Autre chose"));
        var page = await browser.ReadAsync("/agenda?" + query);
        Assert.Contains("Livrer la ville", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Autre chose</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_filters_are_removed_one_by_one()
    {
        await ShowWorkshopAsync();
        var page = await browser.ReadAsync("/agenda?theme=logistique-urbaine&format=workshop");
        Assert.Contains(
            "<a class=\"chip\" href=\"/agenda?format=workshop\"><span class=\"skip\">Retirer le filtre</span> Logistique urbaine", page,
            StringComparison.Ordinal);
        Assert.Contains("<a class=\"chip\" href=\"/agenda?theme=logistique-urbaine\"><span class=\"skip\">Retirer le filtre</span> "
            + "Atelier collaboratif", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_facet_counts_what_choosing_it_would_show()
    {
        await ShowWorkshopAsync();
        await hub.ShowAsync(Happening.On("2026-12-03T09:00:00") with { Format = EventFormats.Conference, Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-12-04T09:00:00") with { Format = EventFormats.Conference, Themes = [KnownThemes.Skills] });
        var agenda = hub.Agenda;
        var facets = Facets.Count(agenda, new AgendaFilter().With(Criterion.Theme, KnownThemes.Urban));
        // Two urban ones; of the themes, each alone would show what it has; of the formats, only urban ones count.
        Assert.Equal(
            (2, 2, 1), (facets.Total, facets.Of(Criterion.Theme, KnownThemes.Urban), facets.Of(Criterion.Theme, KnownThemes.Skills)));
        Assert.Equal((1, 1), (facets.Of(Criterion.Format, EventFormats.Workshop), facets.Of(Criterion.Format, EventFormats.Conference)));
    }

    [Fact]
    public async Task An_event_of_many_dates_counts_once_and_in_every_region_of_its_organisers_online()
    {
        await hub.ShowAsync(Happening.On("2026-12-01T09:00:00") with
        {
            Attendance = Attendance.Online,
            CoOrganisers = ["lsn"],
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", []),
        });
        await hub.ShowAsync(Happening.On("2026-12-01T09:00:00") with { Place = new Place { City = "Ajaccio", PostalCode = "20000" } });
        var facets = Facets.Count(hub.Agenda, new AgendaFilter());
        Assert.Equal((2, 1, 1, 1), (facets.Total, facets.Of(Criterion.Region, "53"), facets.Of(Criterion.Region, "28"),
            facets.Of(Criterion.Region, "94")));
        Assert.Contains("Corse, 1 événement", await browser.ReadAsync("/agenda/carte"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_members_item_is_found_by_cluster_date_and_title_only()
    {
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club secret",
            Sessions = [new Session("1", "2026-12-10T09:00:00")],
            Visibility = Visibility.Members,
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
            Format = EventFormats.Meetup,
            Attendance = Attendance.Online,
            Full = true,
            Place = new Place { Region = "53" },
        });
        var agenda = hub.Agenda;
        var facets = Facets.Count(agenda, new AgendaFilter());
        Assert.Equal((1, 1), (facets.Total, facets.Of(Criterion.Cluster, "bsc")));
        Assert.All(Criterion.All.Where(criterion => criterion.Name != Criterion.Cluster), criterion =>
            Assert.All(criterion.Known(Directories.Two), value => Assert.Equal(0, facets.Of(criterion.Name, value))));
        foreach (var query in (string[])["", "?cluster=bsc", "?q=club", "?from=2026-12-10&to=2026-12-10"])
        {
            Assert.Contains("Club secret", await browser.ReadAsync("/agenda" + query), StringComparison.Ordinal);
        }

        foreach (var query in (string[])["region=53", "theme=logistique-urbaine", "audience=chargeurs", "format=webinar", "format=meetup",
            "attendance=online", "attendance=on-site", "status=full", "status=confirmed", "kind=event", "kind=webinar"])
        {
            Assert.DoesNotContain("Club secret", await browser.ReadAsync("/agenda?" + query), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_found_proposes_what_is_near()
    {
        await ShowWorkshopAsync();
        var page = await browser.ReadAsync("/agenda?theme=logistique-urbaine&format=conference&q=livrer");
        Assert.Contains("Rien de prévu avec ces filtres.", page, StringComparison.Ordinal);
        Assert.Contains(
            "<a href=\"/agenda?theme=logistique-urbaine&q=livrer\">sans Conférence</a> <small class=\"soft\">1 événement</small>", page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("sans Logistique urbaine", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/recherche?q=livrer\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/agenda/carte?theme=logistique-urbaine&q=livrer\">sans Conférence</a>",
            await browser.ReadAsync("/agenda/carte?theme=logistique-urbaine&format=conference&q=livrer"), StringComparison.Ordinal);
        Assert.Contains("Le plus proche : <a href=\"/evenements/", await browser.ReadAsync("/agenda/2027-03"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/agenda/2026-W49\">mercredi 2 décembre 2026</a>", await browser.ReadAsync("/agenda/2027-W10"),
            StringComparison.Ordinal);
        page = await browser.ReadAsync("/agenda?theme=logistique-urbaine&format=conference&q=zzz");
        Assert.Contains("<a href=\"/agenda?theme=logistique-urbaine\">seulement Logistique urbaine</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_on_stands_first_and_what_is_past_is_shown_on_demand()
    {
        await hub.ShowAsync(Happening.On("2026-11-20", "2026-11-28", title: "Salon de la semaine"));
        await hub.ShowAsync(Happening.On("2026-11-10T09:00:00", title: "Déjà passé"));
        await hub.ShowAsync(Happening.On("2026-11-23T09:00:00", title: "Aujourd’hui même"));
        var page = await browser.ReadAsync("/agenda");
        Assert.Contains("En ce moment", page, StringComparison.Ordinal);
        Assert.True(
            page.IndexOf("Salon de la semaine", page.IndexOf("En ce moment", StringComparison.Ordinal), StringComparison.Ordinal) > 0);
        Assert.Contains("Cette semaine", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Déjà passé", page, StringComparison.Ordinal);
        var past = await browser.ReadAsync("/agenda?past=1");
        Assert.Contains("Déjà passé", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Aujourd’hui même", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Salon de la semaine", past, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agenda", true)]
    [InlineData("/agenda?from=2026-12-01", true)]
    [InlineData("/clusters/bsc", true)]
    [InlineData("/themes/logistique-urbaine", true)]
    [InlineData("/agenda?past=1", false)]
    [InlineData("/agenda?around=2026-12-10", false)]
    [InlineData("/agenda?from=2026-12-10&to=2026-12-10", false)]
    [InlineData("/agenda/2026-12", false)]
    [InlineData("/embed/agenda", false)]
    public async Task What_waits_for_a_date_stands_after_the_others_and_on_no_day(string path, bool shown)
    {
        await hub.ShowAsync(
            Happening.On("2026-12-10T09:00:00", title: "Attendu") with { Status = EventStatus.Postponed, Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-11-10T09:00:00", title: "Attendu aussi") with
        {
            Status = EventStatus.Postponed,
            Themes = [KnownThemes.Urban]
        });
        await hub.ShowAsync(
            Happening.On("2025-10-10T09:00:00", title: "Oublié") with { Status = EventStatus.Postponed, Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2027-02-10T09:00:00", title: "Bien plus tard") with { Themes = [KnownThemes.Urban] });
        var page = await browser.ReadAsync(path);
        Assert.DoesNotContain("Oublié", page, StringComparison.Ordinal);
        Assert.Equal(shown, page.Contains("Attendu aussi", StringComparison.Ordinal));
        if (shown)
        {
            var waiting = page[
                page.IndexOf("Date à fixer</h2>", page.IndexOf("Bien plus tard", StringComparison.Ordinal), StringComparison.Ordinal)..];
            Assert.Contains("Attendu", waiting, StringComparison.Ordinal);
            Assert.Contains("Initialement prévu le jeudi 10 décembre 2026.", waiting, StringComparison.Ordinal);
            Assert.DoesNotContain("9 h", waiting, StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain("Attendu", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task Around_the_first_and_the_last_day_that_there_is_nothing_takes_place(string day)
    {
        await ShowWorkshopAsync();
        Assert.Contains("Rien de prévu avec ces filtres.", await browser.ReadAsync("/agenda?around=" + day), StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN:VEVENT", await browser.ReadAsync("/agenda.ics?around=" + day), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agenda/2026-12", "Livrer la ville")]
    [InlineData("/agenda/2026-W49", "Livrer la ville")]
    [InlineData("/agenda/2026-W48", "Rien n’est publié pour ces dates.")]
    [InlineData("/agenda/2026-W54", "Cette semaine n’existe pas.")]
    [InlineData("/agenda/2026-13", "Ce mois n’existe pas.")]
    public async Task A_month_and_a_week_have_their_pages(string path, string words)
    {
        await ShowWorkshopAsync();
        Assert.Contains(words, await browser.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_a_long_list_hold_everything_once_forwards_and_lose_nothing_backwards() =>
        Gen.Int[0, 12].Array[0, 300].Sample(days =>
    {
        var item = new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], Happening.On("2026-12-01"), 1, default, default, 1);
        var ordered = days.Order().Select((day, index) =>
            new Occurrence(item, $"{index}", null, new DateOnly(2026, 12, 1).AddDays(day), null, new DateOnly(2026, 12, 1)
            .AddDays(day), null)).ToList();
        var seen = new List<Occurrence>();
        var slice = AgendaSlice.Of(ordered, null);
        var last = slice;
        for (var more = true; more; more = slice.Next is not null, slice = slice.Next is { } next ? AgendaSlice.Of(ordered, next) : slice)
        {
            seen.AddRange(slice.Times);
            last = slice;
        }

        Assert.Equal(ordered, seen);
        var back = new HashSet<Occurrence>(last.Times);
        while (last.Before is { } before)
        {
            last = AgendaSlice.Of(ordered, before.Length == 0 ? null : before);
            back.UnionWith(last.Times);
        }

        Assert.Equal(ordered.Count, back.Count);
    });

    [Fact]
    public async Task A_page_stays_in_its_place_when_something_is_published_before_it()
    {
        for (var number = 0; number < 45; number++)
        {
            await hub.ShowAsync(Happening.On($"2026-12-{1 + (number % 15):00}T09:00:00", title: $"Rencontre {number}"));
        }

        var first = await browser.ReadAsync("/agenda?q=rencontre");
        var next = System.Text.RegularExpressions.Regex.Match(first, "rel=\"next\" href=\"([^\"]+)\"").Groups[1].Value;
        var before = await browser.ReadAsync(next);
        await hub.ShowAsync(Happening.On("2026-12-01T08:00:00", title: "Rencontre ajoutée"));
        var after = await browser.ReadAsync(next);
        Assert.Equal(Titles(before), Titles(after));
        Assert.NotEmpty(Titles(after));
    }

    private static List<string> Titles(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "Rencontre [^<]+").Select(match => match.Value)];

    private Task<string> ShowWorkshopAsync() => hub.ShowAsync(Happening.On("2026-12-02T09:00:00", title: "Livrer la ville") with
    {
        Themes = [KnownThemes.Urban],
        Audiences = [Audiences.Shippers],
        Format = EventFormats.Workshop,
        Attendance = Attendance.Hybrid,
        Full = true,
        Status = EventStatus.Rescheduled,
        Place = new Place { City = "Paris", PostalCode = "75011" },
    });
}
