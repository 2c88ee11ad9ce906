using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.Hub.About;
using Interclustering.Hub.Items;
using Interclustering.Server.Configuration;
using Interclustering.Testing;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Hub;

public sealed class AboutAndThemePagesTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("/mentions-legales", "Mentions légales", "Legal notice")]
    [InlineData("/donnees-personnelles", "Données personnelles", "Personal data")]
    [InlineData("/accessibilite", "Accessibilité", "Accessibility")]
    [InlineData("/contact", "Contact", "Contact")]
    public async Task The_footer_leads_to_pages_in_both_languages_that_say_what_is_missing(string path, string french, string english)
    {
        var page = await SitePage.OpenAsync(hub, "/agenda");
        Assert.Equal(path, Assert.Single(page.Document.QuerySelectorAll("footer a"), link => link.TextContent == french)
            .GetAttribute("href"));
        Assert.Contains("à compléter par l’exploitant", (await SitePage.OpenAsync(hub, path)).Words, StringComparison.Ordinal);
        var translated = await SitePage.OpenAsync(hub, "/en" + path);
        Assert.Equal(english, translated.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("to be completed by the operator", translated.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operator_has_set_is_shown_instead()
    {
        CultureInfo.CurrentUICulture = Language.French;
        var settings = Read(("Site:Publisher", "Association\nÀ Rennes"), ("Site:Director", "A. Le Goff"), ("Site:Host", "Hébergeur"),
            ("Site:Contact", "contact@site.example"));
        await using var renderer = new HtmlRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            WebUtility.HtmlDecode((await renderer.RenderComponentAsync<LegalNoticePage>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LegalNoticePage.Publisher)] = settings })))
                .ToHtmlString()));
        Assert.Contains("mailto:contact@site.example", html, StringComparison.Ordinal);
        Assert.Contains("Association\nÀ Rennes", html, StringComparison.Ordinal);
        Assert.DoesNotContain("à compléter", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Site:Contact", "contact")]
    [InlineData("Site:DataProtection", "A <a@site.example>")]
    [InlineData("Site:Accessibility", "almost")]
    public void A_wrong_setting_stops_the_start(string key, string value) =>
        Assert.Contains($"Interclustering:{key}", Assert.Throws<WrongSettingException>(() => Read((key, value))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_theme_has_what_comes_what_is_known_and_what_can_be_seen_again()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Demain en ville") with { Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Autre thème") with { Themes = [KnownThemes.Skills] });
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires de livraison", Themes = [KnownThemes.Urban] });
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Déjà vu",
            Sessions = [new Session("1", "2026-10-01T11:00:00")],
            Themes = [KnownThemes.Urban],
            ReplayUrl = "https://video.example/1",
        });
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Thème nouveau") with { Themes = ["dernier-kilometre"] });

        var page = await SitePage.OpenAsync(hub, "/themes/logistique-urbaine");
        foreach (var (part, title) in (ValueTuple<string, string>[])[
            ("a-venir", "Demain en ville"), ("fiches", "Aires de livraison"), ("replays", "Déjà vu")])
        {
            Assert.Contains(title, page.Document.GetElementById(part)!.TextContent, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Autre thème", page.Words, StringComparison.Ordinal);
        Assert.Contains("Logistique urbaine 1 date à venir · 1 fiche", (await SitePage.OpenAsync(hub, "/themes")).Words,
            StringComparison.Ordinal);
        Assert.Contains("Thème nouveau", (await SitePage.OpenAsync(hub, "/themes/dernier-kilometre")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/themes/inconnu")).Status);
    }

    [Fact]
    public async Task Replays_have_a_library_of_their_own_and_say_nothing_of_registration()
    {
        string[] themes = [KnownThemes.Urban];
        var webinar = new Webinar
        {
            Nonce = "n",
            Title = "Déjà vu",
            Sessions = [new Session("1", "2026-10-01T11:00:00")],
            Themes = themes,
            Attendance = Attendance.Online,
            RegistrationUrl = "https://register.example/",
            Registrations = [new ClusterRegistration("bsc") { Url = "https://register.example/bsc" }],
            ReplayUrl = "https://video.example/1",
        };
        var id = await hub.ShowAsync(webinar);
        await hub.ShowAsync(webinar with { Title = "Pas encore en ligne", ReplayUrl = null });
        await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires de livraison", Themes = themes });

        var resources = await SitePage.OpenAsync(hub, "/ressources");
        Assert.Contains("Aires de livraison", resources.Words, StringComparison.Ordinal);
        Assert.Contains("Déjà vu", resources.Document.QuerySelector("section[aria-labelledby=replays]")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("/ressources?kind=replay", resources.Target("Voir tous les replays"));
        var library = await SitePage.OpenAsync(hub, "/ressources?theme=logistique-urbaine&kind=replay");
        Assert.Equal(["Déjà vu"], library.Document.QuerySelectorAll(".sheet h2").Select(title => title.TextContent));
        Assert.Equal("Logistique urbaine · Replay", library.Document.QuerySelector("title")!.TextContent.Split(" — ")[0]);
        var none = await SitePage.OpenAsync(hub, "/ressources?theme=emploi-competences&kind=replay");
        Assert.Empty(none.Document.QuerySelectorAll(".sheet"));
        Assert.Equal("/ressources?kind=replay&theme=logistique-urbaine",
            (await SitePage.OpenAsync(hub, "/themes/logistique-urbaine")).Target("Tous les replays de ce thème"));
        Assert.Equal("/ressources?kind=replay&cluster=bsc", (await SitePage.OpenAsync(hub, "/clusters/bsc")).Target("Tous ses replays"));
        foreach (var path in (string[])[$"/evenements/{id}", $"/evenements/{id}.ics"])
        {
            Assert.DoesNotContain("register.example", (await hub.GetAsync(path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cluster_s_page_says_how_to_reach_it_and_what_it_does_alone_or_with_others()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Ensemble") with { CoOrganisers = ["lsn"] });
        await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Déjà vu",
            Sessions = [new Session("1", "2026-10-01T11:00:00")],
            ReplayUrl = "https://video.example/1"
        });
        var page = await SitePage.OpenAsync(hub, "/clusters/bsc");
        Assert.Equal("https://bsc.example/", page.Target("bsc.example"));
        Assert.Equal("https://bsc.example/", page.Target("s’inscrire sur son site"));
        Assert.Equal("mailto:contact@bsc.example", page.Target("contact@bsc.example"));
        Assert.Contains("Déjà vu", page.Words, StringComparison.Ordinal);
        var other = await SitePage.OpenAsync(hub, "/clusters/lsn");
        Assert.Contains("Ensemble", other.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Déjà vu", other.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Qui sommes-nous", "Ateliers et visites en Bretagne.", "depuis 2013")]
    [InlineData("/en", "Who we are", "Workshops and visits in Brittany.", "since 2013")]
    public async Task It_says_who_the_clusters_are_and_how_another_joins(string language, string title, string presentation, string since)
    {
        var page = await SitePage.OpenAsync(hub, language + "/qui-sommes-nous");
        Assert.Contains(title, page.Words, StringComparison.Ordinal);
        Assert.Contains(presentation, page.Words, StringComparison.Ordinal);
        Assert.Contains(since, page.Words, StringComparison.Ordinal);
        Assert.Equal(language + "/clusters/lsn", page.Target("Logistique Seine Normandie"));
        Assert.Contains(presentation, (await SitePage.OpenAsync(hub, language + "/clusters/bsc")).Words, StringComparison.Ordinal);
        Assert.Contains(title, (await SitePage.OpenAsync(hub, language + "/")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agenda", "/", false)]
    [InlineData("/", "/", false)]
    [InlineData("/en/agenda", "/en/", false)]
    [InlineData("/agenda?theme=logistique-urbaine", null, true)]
    [InlineData("/agenda/1999-01", null, true)]
    [InlineData("/recherche?q=quai", null, true)]
    [InlineData("/ressources?theme=logistique-urbaine", null, true)]
    public async Task Search_engines_list_each_page_once(string path, string? canonical, bool isLeftOut)
    {
        var page = await SitePage.OpenAsync(hub, path);
        Assert.Equal(canonical, page.Link("canonical") is { } address ? new Uri(address).AbsolutePath : null);
        Assert.Equal(isLeftOut ? "noindex" : null, page.Meta("robots"));
    }

    [Theory]
    [InlineData("/agenda?format=webinar&theme=logistique-urbaine", "Logistique urbaine · Webinaire")]
    [InlineData("/agenda?past=1", "Ce qui a eu lieu")]
    [InlineData("/en/ressources?theme=logistique-urbaine", "Urban logistics")]
    public async Task A_filtered_page_is_titled_by_its_filter(string path, string title) =>
        Assert.Equal(title + " — Interclustering", (await SitePage.OpenAsync(hub, path)).Document.Title);

    [Fact]
    public async Task The_title_of_a_cancelled_event_says_so()
    {
        var page = await SitePage.OpenAsync(hub, new Event
        {
            Nonce = "n",
            Title = "Visite",
            Sessions = [new Session("1", "2026-12-10T11:00:00")],
            Status = EventStatus.Cancelled,
        });
        Assert.StartsWith("Annulé : Visite", SitePage.Plain(page.Document.Title!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_without_an_address_is_reached_by_its_site_and_no_link_promises_more()
    {
        CultureInfo.CurrentUICulture = Language.French;
        var silent = Directories.Two.Clusters[1];
        Assert.Null(ClusterContact.AddressOf(silent));
        Assert.Null(ClusterContact.ReportAddressOf(silent, "Titre", "https://page.example/"));
        Assert.Equal("https://lsn.example/", ClusterContact.AddressOf(silent with { Site = "https://lsn.example/" }));
        Assert.Equal("https://lsn.example/",
            ClusterContact.ReportAddressOf(silent with { Site = "https://lsn.example/" }, "Titre", "https://page.example/"));
        Assert.Equal("mailto:a%26b%3Fc@lsn.example", ClusterContact.AddressOf(silent with { Contact = "a&b?c@lsn.example" }));
    }

    private static SitePublisher Read(params IEnumerable<(string Key, string Value)> settings) =>
        SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Append(("Directory", Repository.PathTo("src", "Interclustering.Server", "directory.json")))
            .Select(setting => KeyValuePair.Create($"Interclustering:{setting.Item1}", (string?)setting.Item2)))
        .Build()).Site;
}
