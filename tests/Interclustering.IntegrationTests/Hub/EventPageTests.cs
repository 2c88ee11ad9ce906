using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

public sealed class EventPageTests : IAsyncLifetime
{
    private static readonly Event Breakfast = Happening.On("2026-12-10T09:00:00", "2026-12-10T10:30:00") with
    {
        Summary = "Un café et trois exemples.",
        Themes = [KnownThemes.Urban],
        Place = new Place { Name = "La Halle", City = "Rennes", PostalCode = "35000" },
        RegistrationUrl = "https://inscription.example/1",
        CoOrganisers = ["lsn"],
    };

    private static readonly Webinar Webinar = new()
    {
        Nonce = "n",
        Title = "La chaleur",
        Attendance = Attendance.Online,
        Sessions = [new Session("1", "2026-12-10T11:00:00", "2026-12-10T12:00:00")],
        PlatformUrl = "https://visio.example/1",
        RegistrationUrl = "https://inscription.example/1",
        CoOrganisers = ["lsn"],
    };

    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_speaker_with_two_roles_is_one_person()
    {
        var (one, other) = (await hub.ShowAsync(new Person { Nonce = "n", Name = "Anne Démo", Role = "directrice" }),
            await hub.ShowAsync(new Person { Nonce = "n", Name = "Anne Démo", Role = "animatrice" }));
        var page = await SitePage.OpenAsync(hub, Breakfast with { Speakers = [one, other] });
        Assert.Equal("Anne Démodirectrice, animatrice", Assert.Single(page.Document.QuerySelectorAll(".people li")).TextContent);
        Assert.Single(page.Document.Scripts.Single(script => script.Type == "application/ld+json"
            && script.Text.Contains("performer", StringComparison.Ordinal)).Text.Split("\"Anne Démo\"").Skip(1));
        // No workspace is known to this hub: no link leads to one.
        Assert.DoesNotContain("/espace/", page.Document.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_says_who_when_where_and_how_to_take_part()
    {
        var page = await SitePage.OpenAsync(hub, Breakfast);
        foreach (var words in (string[])
        [
            "Proposé par Bretagne Supply Chain et Logistique Seine Normandie", "Jeudi 10 décembre 2026 9 h – 10 h 30, heure de Paris",
            "La Halle 35000 Rennes", "Logistique urbaine",
        ])
        {
            Assert.Contains(words, page.Words, StringComparison.Ordinal);
        }

        Assert.Equal("https://inscription.example/1", page.Target("S’inscrire"));
        Assert.Equal("/themes/logistique-urbaine", page.Target("Logistique urbaine"));
    }

    [Fact]
    public async Task A_joint_webinar_leads_each_clusters_members_to_their_own_registration()
    {
        var page = await SitePage.OpenAsync(hub, Webinar with
        {
            Registrations = [new ClusterRegistration("bsc", "https://bsc.example/inscription", 80),
                new ClusterRegistration("lsn", "https://lsn.example/inscription", Full: true), new ClusterRegistration("tenlog")],
        });

        Assert.Equal("https://bsc.example/inscription", page.Target("Auprès de Bretagne Supply Chain"));
        Assert.Contains("Auprès de Bretagne Supply Chain · 80 places", page.Words, StringComparison.Ordinal);
        Assert.Contains("Auprès de Logistique Seine Normandie · Complet", page.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, null, false, false, "Annulé. Plus de salle.")]
    [InlineData(EventStatus.Rescheduled, "2026-11-12T11:00:00", false, false,
        "Reporté à une nouvelle date. Initialement prévu le jeudi 12 novembre 2026 à 11 h. Plus de salle.")]
    [InlineData(EventStatus.Rescheduled, null, false, false, "Reporté à une nouvelle date. Plus de salle.")]
    [InlineData(EventStatus.Postponed, "2026-12-01", false, false,
        "Reporté, date à fixer. Initialement prévu le mardi 1er décembre 2026. Plus de salle.")]
    [InlineData(EventStatus.Confirmed, null, true, false, "Déplacé en ligne. Plus de salle.")]
    [InlineData(EventStatus.Confirmed, null, false, true, "Complet. Toutes les places sont prises.")]
    public async Task What_has_changed_is_said_before_everything_else(string status, string? before, bool moved, bool full, string banner)
    {
        var page = await SitePage.OpenAsync(
            hub, Breakfast with
            {
                Status = status,
                PreviousStart = before,
                MovedOnline = moved,
                Full = full,
                StatusReason = "Plus de salle."
            });
        Assert.Equal(banner, SitePage.Plain(Assert.Single(page.Document.QuerySelectorAll("main .banner")).TextContent));
        Assert.Equal("HEADER", page.Document.QuerySelector("main .banner")!.ParentElement!.TagName);
    }

    [Fact]
    public async Task What_is_cancelled_or_has_no_date_offers_no_registration()
    {
        foreach (var status in (string[])[EventStatus.Cancelled, EventStatus.Postponed])
        {
            var page = await SitePage.OpenAsync(hub, Breakfast with { Status = status });
            Assert.DoesNotContain("Ajouter à mon agenda", page.Words, StringComparison.Ordinal);
            Assert.Equal(status == EventStatus.Postponed, page.Words.Contains("Date à fixer", StringComparison.Ordinal));
            // One may still want to see that page, but to register is not the first thing to do.
            Assert.DoesNotContain("S’inscrire", page.Words, StringComparison.Ordinal);
            Assert.Equal(status == EventStatus.Postponed, page.Words.Contains("Voir la page d’inscription", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_webinar_says_before_how_to_take_part_and_after_how_to_see_it_again()
    {
        var id = await hub.ShowAsync(Webinar);
        var path = SitePage.PathOf(Webinar, id);
        var before = await SitePage.OpenAsync(hub, path);
        Assert.Contains("Webinaire commun", before.Words, StringComparison.Ordinal);
        Assert.Contains("Comment participer", before.Words, StringComparison.Ordinal);
        Assert.Equal("https://visio.example/1", before.Target("Rejoindre en ligne"));

        hub.Clock.Advance(TimeSpan.FromDays(20));
        var after = await SitePage.OpenAsync(hub, path);
        Assert.Contains("Le replay n’est pas encore en ligne.", after.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Comment participer", after.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Ajouter à mon agenda", after.Words, StringComparison.Ordinal);

        await hub.ShowAsync(Webinar with
        {
            ReplayUrl = "https://video.example/1",
            Slides = [new Link("Diaporama", "https://video.example/1.pdf")]
        }, id, revision: 2);
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Rafraîchir", Related = [id], ReviewedOn = "2026-10-02" });
        var replay = await SitePage.OpenAsync(hub, path);
        Assert.Equal("https://video.example/1", replay.Target("Voir le replay"));
        Assert.Equal("https://video.example/1.pdf", replay.Target("Diaporama"));
        Assert.Contains("Rafraîchir, Bretagne Supply Chain, relue en octobre 2026", replay.Words, StringComparison.Ordinal);
        Assert.True(replay.Words.IndexOf("Revoir", StringComparison.Ordinal) < replay.Words.IndexOf("Quand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_never_hides_how_to_register_for_what_is_still_to_come()
    {
        var early = Webinar with { ReplayUrl = "https://video.example/1" };
        var series = early with
        {
            Title = "Le froid",
            Sessions = [
                new Session("1", "2026-11-20T11:00:00", "2026-11-20T12:00:00"), .. Webinar.Sessions.Select(one => one with { Id = "2" })],
        };
        var before = await SitePage.OpenAsync(hub, early);
        Assert.Equal("https://inscription.example/1", before.Target("S’inscrire"));
        Assert.DoesNotContain("Voir le replay", before.Words, StringComparison.Ordinal);
        var between = await SitePage.OpenAsync(hub, series);
        Assert.Equal("https://inscription.example/1", between.Target("S’inscrire"));
        Assert.Equal("https://video.example/1", between.Target("Voir le replay"));
        // One entry for each session in a calendar, one for each webinar in a feed.
        Assert.Equal((3, 2, 2),
            (await RegistrationsIn("/agenda.ics"), await RegistrationsIn("/agenda.rss"), await RegistrationsIn("/agenda.atom")));

        hub.Clock.Advance(TimeSpan.FromDays(30));
        await hub.ShowAsync(early with { Title = "Vu" });
        Assert.Equal((3, 2), (await RegistrationsIn("/agenda.ics"), await RegistrationsIn("/agenda.rss")));

        async Task<int> RegistrationsIn(string path) => (await hub.GetAsync(path)).Body.Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("https://inscription.example/1").Length - 1;
    }

    [Fact]
    public async Task Several_sessions_are_all_there_and_many_past_ones_are_folded_away()
    {
        var page = await SitePage.OpenAsync(hub, Breakfast with
        {
            Sessions = [
                new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00", "Première séance"),
                    new Session("2", "2026-12-14", "2026-12-17"),
                new Session("3", "2026-12-31T20:00:00", "2027-01-01T02:00:00"),
            ],
        });
        Assert.Contains("Jeudi 10 décembre 2026 9 h – 12 h, heure de Paris Première séance", page.Words, StringComparison.Ordinal);
        Assert.Contains("Du lundi 14 au mercredi 16 décembre 2026", page.Words, StringComparison.Ordinal);
        Assert.Contains(
            "Du jeudi 31 décembre 2026 au vendredi 1er janvier 2027 Début à 20 h, fin à 2 h, heure de Paris", page.Words,
                StringComparison.Ordinal);

        var weekly = await SitePage.OpenAsync(
            hub, Happening.On("2026-11-02T09:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=10", []) });
        Assert.Equal(["3 autres dates", "3 dates passées"], weekly.Document.QuerySelectorAll("main summary")
            .Select(fold => SitePage.Plain(fold.TextContent)));
        Assert.Equal("2026-11-23T09:00+01:00", weekly.Document.QuerySelector("main time.big")!.GetAttribute("datetime"));
        Assert.Equal(10, weekly.Document.QuerySelectorAll("main time").Length);
    }

    [Fact]
    public async Task A_reader_reaches_the_organiser_and_tells_of_a_mistake()
    {
        var contact = await hub.ShowAsync(
            new Person { Nonce = "n", Name = "Anne Le Goff", Role = "chargée de mission", Email = "anne@bsc.example" });
        var item = Breakfast with { Title = "Café & quais : « 50 % » ?", Contact = contact };
        var id = await hub.ShowAsync(item);
        var page = await SitePage.OpenAsync(hub, SitePage.PathOf(item, id));
        Assert.Equal("mailto:contact@bsc.example", page.Target("contact@bsc.example"));
        Assert.Contains("Anne Le Goff chargée de mission", page.Words, StringComparison.Ordinal);
        Assert.Equal("mailto:anne@bsc.example", page.Target("anne@bsc.example"));

        var report = new Uri(page.Target("Signaler une erreur"));
        var fields = report.Query[1..].Split('&').Select(field => field.Split('='))
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));
        Assert.Equal("contact@bsc.example", $"{report.UserInfo}@{report.Host}");
        Assert.Equal("Erreur signalée : Café & quais : « 50 % » ?", SitePage.Plain(fields["subject"]));
        Assert.Contains($"http://localhost{SitePage.PathOf(item, id)}\r\n", fields["body"], StringComparison.Ordinal);
        Assert.Equal(2, fields.Count);
    }

    [Fact]
    public async Task Canonical_is_the_origin_s_page_where_there_is_one_else_this_one()
    {
        var own = await SitePage.OpenAsync(hub, Breakfast);
        Assert.StartsWith("http://localhost/evenements/bsc-", own.Link("canonical"), StringComparison.Ordinal);
        var imported = await SitePage.OpenAsync(hub, Breakfast with { Url = "https://bsc.example/agenda/1" });
        Assert.Equal("https://bsc.example/agenda/1", imported.Link("canonical"));
        Assert.Equal("https://bsc.example/agenda/1", imported.Meta("og:url"));
        Assert.Equal("https://bsc.example/agenda/1", imported.Target("Page de l’organisateur"));
    }

    [Fact]
    public async Task What_is_shared_shows_title_summary_and_picture()
    {
        var page = await SitePage.OpenAsync(hub, Breakfast with { Image = new Picture("https://bsc.example/1.jpg", "Un quai") });
        Assert.Equal("Petit déjeuner", page.Meta("og:title"));
        Assert.Equal("Un café et trois exemples.", page.Meta("og:description"));
        Assert.Equal("Un café et trois exemples.", page.Meta("description"));
        Assert.Equal("https://bsc.example/1.jpg", page.Meta("og:image"));
        Assert.Equal("Un quai", page.Meta("og:image:alt"));
        Assert.Equal("summary_large_image", page.Meta("twitter:card"));
        Assert.Equal("fr_FR", page.Meta("og:locale"));

        var bare = await SitePage.OpenAsync(
            hub, Breakfast with { Summary = null, Text = "## Au programme\n\nUn **café** et [un lien](https://a.example/)." });
        Assert.Equal("Au programme Un café et un lien.", bare.Meta("description"));
        Assert.Equal("summary_large_image", bare.Meta("twitter:card"));
    }

    [Fact]
    public async Task English_pages_keep_what_is_not_translated_in_french()
    {
        var page = await SitePage.OpenAsync(hub, Breakfast with { Status = EventStatus.Cancelled, StatusReason = "Plus de salle." }, "/en");
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Organised by Bretagne Supply Chain and Logistique Seine Normandie", page.Words, StringComparison.Ordinal);
        Assert.Contains("Thursday 10 December 2026", page.Words, StringComparison.Ordinal);
        Assert.Equal("fr", page.Document.QuerySelector("main h1")!.GetAttribute("lang"));
        Assert.Equal("fr", page.Document.QuerySelector("main .prose")!.GetAttribute("lang"));
        Assert.Equal("fr", page.Document.QuerySelector("main .banner span")!.GetAttribute("lang"));
        Assert.Equal(["fr", "en"], page.Document.QuerySelectorAll("head > link[hreflang]").Select(link => link.GetAttribute("hreflang")));
        Assert.StartsWith("http://localhost/en/evenements/", page.Link("canonical"), StringComparison.Ordinal);
    }
}
