using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>
/// A members' item is public in four fields: title, date, cluster, and that it is theirs; in the page and in all that others show of it.
/// </summary>
public sealed class MembersPageTests : IAsyncLifetime
{
    private const string Reserved = "Réservé aux adhérents de Bretagne Supply Chain";

    private static readonly Webinar Club = new()
    {
        Nonce = "n",
        Title = "Club des adhérents",
        Summary = "secret",
        Text = "secret",
        Visibility = Visibility.Members,
        Themes = [KnownThemes.Urban],
        Attendance = Attendance.Online,
        Sessions = [new Session("1", "2026-12-10T09:17:00", "2026-12-10T10:43:00", "secret")],
        Audiences = [Audiences.Shippers],
        PlatformUrl = "https://secret.example/",
        RegistrationUrl = "https://secret.example/",
        OnlineUrl = "https://secret.example/",
        Full = true,
        Image = new Picture("https://secret.example/1.jpg", "secret"),
        Url = "https://secret.example/",
        CoOrganisers = ["lsn"],
        MovedOnline = true,
        Place = new Place { City = "secret" },
    };

    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task An_event_s_page_shows_four_fields_and_leads_to_the_cluster()
    {
        var page = await SitePage.OpenAsync(hub, Club);
        Assert.Equal($"Club des adhérents Bretagne Supply Chain {Reserved} Quand Jeudi 10 décembre 2026", page.Words);
        Assert.Equal("mailto:contact@bsc.example", page.Target(Reserved));
        Assert.Equal(["/clusters/bsc", "mailto:contact@bsc.example"], page.Document.QuerySelectorAll("main a")
            .Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_sheet_s_page_shows_four_fields()
    {
        var page = await SitePage.OpenAsync(
            hub, new BestPractice
            {
                Nonce = "n",
                Title = "Nos tarifs",
                Summary = "secret",
                Text = "secret",
                Visibility = Visibility.Members,
                Themes = [KnownThemes.Urban]
            });
        Assert.Equal($"Nos tarifs Bretagne Supply Chain {Reserved} Dernière révision Lundi 23 novembre 2026", page.Words);
        var thing = page.Thing("Article").ToDictionary(property => property.Key, property => property.Value!.ToString());
        Assert.Equal(["@context", "@type", "dateModified", "description", "headline", "publisher"],
            thing.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("2026-11-23", thing["dateModified"]);
    }

    [Fact]
    public async Task Search_engines_and_networks_are_told_the_same_four_fields()
    {
        var page = await SitePage.OpenAsync(hub, Club);
        var thing = page.Thing("Event");
        Assert.Equal(
            ["@context", "@type", "description", "endDate", "name", "organizer", "startDate"],
            thing.Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.Equal("2026-12-10", (string?)thing["startDate"]);
        Assert.Equal("2026-12-10", (string?)thing["endDate"]);
        Assert.Equal("Bretagne Supply Chain", (string?)thing["organizer"]!["name"]);
        Assert.Equal(Reserved, (string?)thing["description"]);
        Assert.Equal(Reserved, page.Meta("description"));
        Assert.Equal(Reserved, page.Meta("og:description"));
        Assert.Equal("Club des adhérents", page.Meta("og:title"));
        Assert.StartsWith("http://localhost/partage/publications/", page.Meta("og:image"), StringComparison.Ordinal);
        Assert.StartsWith("http://localhost/evenements/", page.Link("canonical"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page.Document.Head!.InnerHtml, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("webinaire", page.Document.Head!.InnerHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_day_that_no_longer_holds_is_said_without_its_reason()
    {
        var page = await SitePage.OpenAsync(hub, Club with { Status = EventStatus.Cancelled, StatusReason = "secret" });
        Assert.Equal($"Club des adhérents Bretagne Supply Chain Annulé. {Reserved} Quand Jeudi 10 décembre 2026", page.Words);
        Assert.Equal("https://schema.org/EventCancelled", (string?)page.Thing("Event")["eventStatus"]);
    }

    [Fact]
    public async Task It_is_neither_under_a_theme_nor_related_to_anything()
    {
        await hub.ShowAsync(Club);
        await hub.ShowAsync(Happening.On("2026-12-11T09:00:00", title: "Club des adhérents ouvert") with { Themes = [KnownThemes.Urban] });
        var page = await SitePage.OpenAsync(
            hub, Happening.On("2026-12-12T09:00:00", title: "Club des adhérents à Rennes") with { Themes = [KnownThemes.Urban] });
        Assert.Equal(["Club des adhérents ouvert"], page.Document.QuerySelectorAll(".see-also h3").Select(title => title.TextContent));
        Assert.DoesNotContain("Club des adhérents Réservé", (await SitePage.OpenAsync(hub, "/themes/logistique-urbaine")).Words,
            StringComparison.Ordinal);
    }
}
