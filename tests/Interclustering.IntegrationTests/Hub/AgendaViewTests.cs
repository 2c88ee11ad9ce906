using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;
using Interclustering.Ui.Calendar;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>A filter changes what the agenda shows, never how or when; a view keeps filter and days.</summary>
public sealed class AgendaViewTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        await hub.ShowAsync(Happening.On("2027-03-10T09:00:00", "2027-03-10T11:30:00", title: "Colloque de mars") with
        {
            Format = EventFormats.Conference,
            Themes = [KnownThemes.Urban],
            Audiences = [Audiences.Shippers],
        });
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Webinaire de mars",
            Sessions = [new Session("1", "2027-03-11T09:00:00")],
            Themes = [KnownThemes.Skills],
        });
        await hub.ShowAsync(Happening.On("2026-12-02T09:00:00", title: "Ailleurs") with { Themes = [KnownThemes.Urban] });
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("/agenda", "?format=webinar&q=mars&from=2027-03-01&to=2027-03-31")]
    [InlineData("/agenda", "?format=webinar&format=conference&cluster=bsc")]
    [InlineData("/agenda/carte", "?format=webinar&from=2027-03-01")]
    [InlineData("/agenda/2027-03", "?format=webinar&theme=emploi-competences")]
    [InlineData("/agenda/2027-W10", "?format=webinar")]
    [InlineData("/en/agenda/2027-03", "?format=webinar")]
    public async Task Every_chip_and_every_form_stays_in_its_view_and_keeps_the_rest(string path, string query)
    {
        var document = (await SitePage.OpenAsync(hub, path + query)).Document;
        var chips = document.QuerySelectorAll("nav.filters a:has(small), .chosen a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(chips);
        Assert.All(chips, address => Assert.Equal(path, address.Split('?')[0]));
        foreach (var form in document.QuerySelectorAll("main form.quick, .all-filters form").Cast<IHtmlFormElement>())
        {
            Assert.Equal(path, form.GetAttribute("action"));
            Assert.Equal(Sorted(query), Sorted(Submitted(form)));
        }
    }

    [Theory]
    [InlineData("/agenda?theme=logistique-urbaine", "/agenda?theme=logistique-urbaine", "/agenda/2026-W48?theme=logistique-urbaine",
        "/agenda/2026-11?theme=logistique-urbaine", "/agenda/carte?theme=logistique-urbaine")]
    [InlineData("/agenda/2027-03?format=webinar", "/agenda?format=webinar&from=2027-03-01&to=2027-03-31", "/agenda/2027-W09?format=webinar",
        "/agenda/2027-03?format=webinar", "/agenda/carte?format=webinar&from=2027-03-01&to=2027-03-31")]
    [InlineData("/agenda/2027-W09", "/agenda?from=2027-03-01&to=2027-03-07", "/agenda/2027-W09", "/agenda/2027-03",
        "/agenda/carte?from=2027-03-01&to=2027-03-07")]
    [InlineData("/agenda/2026-11", "/agenda", "/agenda/2026-W48", "/agenda/2026-11", "/agenda/carte")]
    [InlineData("/agenda?from=2027-03-01&to=2027-03-31", "/agenda?from=2027-03-01&to=2027-03-31", "/agenda/2027-W09", "/agenda/2027-03",
        "/agenda/carte?from=2027-03-01&to=2027-03-31")]
    public async Task Another_view_shows_the_same_days_with_the_same_filter(string path, params string[] views)
    {
        var document = (await SitePage.OpenAsync(hub, path)).Document;
        Assert.Equal(views, document.QuerySelectorAll(".views a").Take(4).Select(link => link.GetAttribute("href")));
        Assert.Single(document.QuerySelectorAll(".views a[aria-current]"));
    }

    [Theory]
    [InlineData("/agenda", 3, 1)]
    [InlineData("/agenda?format=webinar", 3, 1)]
    [InlineData("/agenda/2027-03", 2, 1)]
    [InlineData("/agenda/2027-03?format=webinar", 2, 1)]
    [InlineData("/agenda/2027-W10?theme=logistique-urbaine", 2, 0)]
    [InlineData("/agenda?from=2027-03-01", 2, 1)]
    [InlineData("/agenda?past=1", 0, 0)]
    [InlineData("/agenda/carte?to=2026-12-31", 1, 0)]
    public async Task Numbers_beside_each_other_count_the_same_days(string path, int all, int webinars)
    {
        var document = (await SitePage.OpenAsync(hub, path)).Document;
        var counts = document.QuerySelectorAll("nav.filters[aria-label='Filtres'] a small").Take(2).Select(small => small.TextContent);
        Assert.Equal([$"{all}", $"{webinars}"], counts);
    }

    [Theory]
    [InlineData("/agenda?from=2027-03-31&to=2027-03-01", "Ces dates se contredisent", "/agenda?from=2027-03-01&to=2027-03-31")]
    [InlineData("/agenda?to=2026-11-01", "est passé", "/agenda?to=2026-11-01&past=1")]
    public async Task Days_that_find_nothing_say_why(string path, string words, string remedy)
    {
        var page = await SitePage.OpenAsync(hub, path);
        Assert.Contains(words, page.Words, StringComparison.Ordinal);
        Assert.Equal(remedy, page.Document.QuerySelector("main .banner a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task A_last_day_alone_begins_today()
    {
        await hub.ShowAsync(Happening.On("2026-10-02T09:00:00", title: "Depuis longtemps passé"));
        var words = (await SitePage.OpenAsync(hub, "/agenda?to=2026-12-31")).Words;
        Assert.Contains("Ailleurs", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Depuis longtemps passé", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agenda/mois?month=2027-03&format=webinar", "/agenda/2027-03?format=webinar")]
    [InlineData("/en/agenda/mois?month=2027-03", "/en/agenda/2027-03")]
    [InlineData("/agenda/mois?month=https://exemple.invalid", "/agenda/2026-11")]
    public async Task A_chosen_month_leads_to_its_page(string path, string page)
    {
        using var answer = await hub.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((302, page), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_month_says_in_words_what_a_colour_tells_and_keeps_long_days_short()
    {
        await hub.ShowAsync(Happening.On("2027-03-01", "2027-03-05", title: "Salon de quatre jours") with { Full = true });
        for (var number = 0; number < 7; number++)
        {
            await hub.ShowAsync(Happening.On($"2027-03-16T1{number}:00:00", title: $"Atelier {number}"));
        }

        var document = (await SitePage.OpenAsync(hub, "/agenda/2027-03")).Document;
        var bar = Assert.Single(document.QuerySelectorAll(".grid .bar"));
        Assert.Equal("4", bar.GetAttribute("data-days"));
        Assert.Contains("BSC", bar.TextContent, StringComparison.Ordinal);
        Assert.Contains("Complet", bar.TextContent, StringComparison.Ordinal);
        Assert.Contains("Webinaire", document.QuerySelector(".grid li:has(a[href*='webinaire'])")!.TextContent, StringComparison.Ordinal);
        var more = document.QuerySelector(".grid .more")!;
        Assert.StartsWith("+ 2\u00a0autres", more.TextContent, StringComparison.Ordinal);
        Assert.Equal("/agenda?from=2027-03-16&to=2027-03-16", more.GetAttribute("href"));
        Assert.Contains("9 h – 11 h 30",
            SitePage.Plain((await SitePage.OpenAsync(hub, "/agenda/2027-W10")).Document.QuerySelector(".grid")!.TextContent),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_of_a_week_never_share_a_place_and_none_is_lost()
    {
        var monday = new DateOnly(2027, 3, 1);
        var item = new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], Happening.On("2027-03-01"), 1, default, default, 1);
        Occurrence Time(int first, int last) =>
            new(item, "1", null, monday.AddDays(first), null, monday.AddDays(last), null);

        var week = GridWeek.Of(
            monday, monday, monday.AddDays(30), [Time(-3, 1), Time(0, 8), Time(1, 2), Time(2, 3), Time(5, 5), Time(5, 6)],
            time => (time.Day, time.LastDay), mostLanes: 2);

        Assert.Equal([2, 7, 2, 2], week.Days.SelectMany(day => day.Lanes).OfType<GridBar<Occurrence>>().Select(bar => bar.Days));
        Assert.Equal((1, 1), (week.Days.Sum(day => day.More), week.Days.Sum(day => day.Times.Count)));
        for (var lane = 0; lane < 2; lane++)
        {
            var taken = week.Days.Index().Where(day => day.Item.Lanes.ElementAtOrDefault(lane) is not null)
                .SelectMany(day => Enumerable.Range(day.Index, day.Item.Lanes[lane]!.Days)).ToList();
            Assert.Equal(taken.Distinct(), taken);
        }
    }

    private static IEnumerable<string> Sorted(string query) => query.TrimStart('?').Split('&').Order(StringComparer.Ordinal);

    /// <summary>What a browser would send of a form that was not touched.</summary>
    private static string Submitted(IHtmlFormElement form) => string.Join('&', form.Elements.SelectMany(element => element switch
    {
        IHtmlInputElement { Type: "checkbox", IsChecked: false } => [],
        IHtmlInputElement { Name: { } name, Value: { Length: > 0 } value } => [$"{name}={value}"],
        IHtmlSelectElement { Name: { } name, Value: { Length: > 0 } value } => [$"{name}={value}"],
        _ => Array.Empty<string>(),
    }));
}
