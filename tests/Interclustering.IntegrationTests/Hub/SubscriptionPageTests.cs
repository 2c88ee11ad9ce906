using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>« S’abonner ».</summary>
public sealed class SubscriptionPageTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_button_comes_first_then_the_address_then_the_readers()
    {
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00"));
        var page = await PageAsync("/abonnement");
        page = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        Assert.Contains("Tout l’agenda", page, StringComparison.Ordinal);
        Assert.Contains("1\u00a0date à venir.", page, StringComparison.Ordinal);
        string[] inOrder =
        [
            "href=\"webcal://localhost/agenda.ics\"", "value=\"http://localhost/agenda.ics\"", "<summary>Google Agenda</summary>",
                "<summary>Outlook</summary>",
            "<summary>Apple</summary>", "<summary>Thunderbird</summary>", "href=\"/agenda.rss\"", "href=\"/agenda.atom\"",
                "href=\"/agenda.json\"",
            "href=\"https://bsc.example/\"",
        ];
        var places = inOrder.Select(part => page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task It_says_in_words_what_the_subscription_holds_and_carries_the_filter_everywhere()
    {
        const string Query = "?cluster=bsc&theme=logistique-urbaine&kind=webinar&q=ville&from=2026-12-01";
        var page = await PageAsync("/abonnement" + Query);
        Assert.Contains(
            "Bretagne Supply Chain · Logistique urbaine · Webinaire · avec «\u00a0ville\u00a0» · à partir du mardi 1er\u00a0décembre 2026",
            page, StringComparison.Ordinal);
        Assert.Contains("Rien de prévu pour l’instant", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/agenda{Query}\">Changer le filtre", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"webcal://localhost/agenda.ics{Query}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/agenda.json{Query}\"", page, StringComparison.Ordinal);
        // What a sheet has none of does not narrow the sheets.
        Assert.Contains("href=\"/ressources.rss?cluster=bsc&theme=logistique-urbaine&q=ville\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_english_and_subscribes_to_the_english_calendar()
    {
        var page = await PageAsync("/en/abonnement?cluster=bsc");
        Assert.Contains("Add to my calendar", page, StringComparison.Ordinal);
        Assert.Contains("href=\"webcal://localhost/en/agenda.ics?cluster=bsc\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_does_not_exist_is_said() =>
        Assert.Contains("«\u00a0nulle-part\u00a0»", await PageAsync("/abonnement?cluster=nulle-part"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/agenda?theme=logistique-urbaine", "/abonnement?theme=logistique-urbaine")]
    [InlineData("/agenda/2026-12?cluster=bsc", "/abonnement?cluster=bsc")]
    [InlineData("/ressources?theme=logistique-urbaine", "/abonnement?theme=logistique-urbaine#fiches")]
    [InlineData("/clusters/bsc", "/abonnement?cluster=bsc")]
    [InlineData("/clusters", "/abonnement")]
    public async Task Every_view_leads_here_with_what_it_shows(string view, string subscription) =>
        Assert.Contains($"href=\"{subscription}\"", await PageAsync(view), StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_in_it_needs_what_the_security_policy_forbids()
    {
        var page = await PageAsync("/abonnement");
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick=", page, StringComparison.Ordinal);
        Assert.Contains("<script type=\"module\" src=\"/_content/Interclustering.Ui/copy.js\"></script>", page, StringComparison.Ordinal);
        Assert.Contains("data-copies=\"adresse\" data-says=\"copie\" hidden>", page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string path) => (await hub.GetAsync(path)).Body;
}
