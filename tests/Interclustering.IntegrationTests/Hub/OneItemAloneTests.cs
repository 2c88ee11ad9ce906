using System.Net;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>An item that was accepted before there were checks, and that no reader can read, blocks no other.</summary>
public sealed class OneItemAloneTests
{
    private const string Day = "2026-12-10";
    private static readonly Event Good = new()
    {
        Nonce = "n",
        Title = "Bonne matinée",
        Themes = [KnownThemes.Urban],
        Sessions = [new Session("1", $"{Day}T09:00:00", $"{Day}T11:00:00")]
    };

    private static readonly string[] Public = [
        "/agenda", "/agenda?q=matin", "/agenda/carte", "/agenda/2026-12", "/agenda/2026-W50", "/agenda.ics", "/agenda.csv",
        "/agenda.jscal.json",
        "/agenda.rss", "/agenda.atom", "/agenda.json", "/embed/agenda", "/embed/agenda.json",
        "/ressources", "/ressources.rss", "/ressources.atom", "/ressources.json", "/themes", "/themes/logistique-urbaine", "/clusters",
            "/clusters/bsc", "/recherche?q=matin", "/recherche/suggestions?q=mat",
        "/abonnement", "/integrer", "/api/v1/publications", "/api/v1/filters", "/api/v1/themes", "/api/v1/clusters",
            "/api/v1/search?q=matin", "/sitemap.xml", "/etat",
    ];

    private static Dictionary<string, (PublishedItem Item, bool IsShown)> Items { get; } = new()
    {
        ["a zone in small letters"] = (Good with { Title = "Encore une", TimeZone = "europe/paris" }, true),
        ["the zone of the machine"] = (Good with { Title = "Encore une", TimeZone = "localtime" }, true),
        ["a zone on Mars"] = (Good with { Title = "Encore une", TimeZone = "Mars/Olympus" }, true),
        ["year 1"] = (Good with { Title = "Encore une", Sessions = [new Session("1", "0001-01-01T00:00:00")] }, false),
        ["year 9999"] =
            (Good with { Title = "Encore une", Sessions = [new Session("1", "9999-12-31T23:59:00", "9999-12-31T23:59:59")] }, false),
        ["all day in year 9999"] = (Good with { Title = "Encore une", Sessions = [new Session("1", "9999-12-31", "9999-12-31")] }, false),
        ["an end in year 9999"] = (Good with { Title = "Encore une", Sessions = [new Session("1", Day, "9999-12-31")] }, false),
        ["soon"] = (Good with { Title = "Encore une", Sessions = [new Session("1", "soon")] }, false),
        ["a start of nine letters"] = (
            Good with
            {
                Title = "Encore une",
                Sessions = [new Session("1", $"{Day}T09:00:00"), new Session("2", "10 déc 26")],
                Recurrence = new Recurrence("FREQ=DAILY;COUNT=2", ["1 dec"])
            }, false),
        ["a rule that is none"] = (Good with { Title = "Encore une", Recurrence = new Recurrence("FREQ=SOMETIMES", []) }, true),
        ["an empty theme"] = (Good with { Title = "Encore une", Themes = [null!] }, false),
        ["an empty audience"] = (Good with { Title = "Encore une", Audiences = [null!] }, false),
        ["an empty speaker"] = (Good with { Title = "Encore une", Speakers = [null!] }, false),
        ["an empty co-organiser"] = (Good with { Title = "Encore une", CoOrganisers = [null!] }, false),
        ["an empty session"] = (Good with { Title = "Encore une", Sessions = [null!] }, false),
        ["a sheet with an empty contact"] = (new BestPractice { Nonce = "n", Title = "Encore une", Contacts = [null!] }, false),
        ["a text nested 200 deep"] = (Good with { Title = "Encore une", Text = string.Concat(Enumerable.Repeat("> ", 200)) + "fin" }, true),
        ["control characters"] =
            (Good with
            {
                Title = "En\u0000core\u0007",
                Summary = "a\u0000b",
                Text = "c\u0000d",
                Place = new Place { Name = "\u0001", City = "\u0002" }
            }, true),
        ["addresses that are none"] = (
            Good with { Title = "Encore une", OnlineUrl = "https://", RegistrationUrl = "::", Image = new Picture("\u0000", "x") }, true),
        ["coordinates that are none"] =
            (Good with { Title = "Encore une", Place = new Place { City = "Rennes", Latitude = "1e400", Longitude = "NaN" } }, true),
        ["a former start that is none"] =
            (Good with { Title = "Encore une", Status = EventStatus.Rescheduled, PreviousStart = "0001-01-01T00:00:00" }, false),
    };

    [Fact]
    public async Task Unreadable_items_take_nothing_else_off_the_site()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var good = await hub.ShowAsync(Good);
        var odd = new List<(string Name, string Id, bool IsShown)>();
        foreach (var (name, (item, isShown)) in Items)
        {
            odd.Add((name, await hub.ShowAsync(item), isShown));
        }

        Assert.Equal(odd.Where(item => !item.IsShown).Select(item => item.Name), odd.Where(item => hub.Shown.SetAside.Contains(item.Id))
            .Select(item => item.Name));
        foreach (var path in Public.Concat(Public.Take(12).Select(path => "/en" + path)))
        {
            var (status, _) = await hub.GetAsync(path);
            Assert.True(status == HttpStatusCode.OK, $"{path} answers {(int)status}");
        }

        foreach (
            var path in (string[])["/agenda", "/agenda.ics", "/agenda.rss", "/agenda.json", "/api/v1/publications", "/embed/agenda.json"])
        {
            Assert.Contains("Bonne matinée", (await hub.GetAsync(path)).Body.Replace("\r\n ", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }

        foreach (var (name, id, isShown) in odd)
        {
            var wanted = isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            foreach (var path in (string[])[hub.Shown.Items.GetValueOrDefault(id)?.Path ?? $"/evenements/{id}/", $"/evenements/{id}.ics",
                $"/api/v1/publications/{id}"])
            {
                var (status, _) = await hub.GetAsync(path);
                Assert.True(status == wanted, $"{name}: {path} answers {(int)status}");
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"/api/v1/publications/{good}")).Status);
        Assert.Contains("sont mises de côté", (await hub.GetAsync("/etat")).Body, StringComparison.Ordinal);

        // Corrected, it is there.
        var corrected = odd.First(item => !item.IsShown).Id;
        await hub.ShowAsync(Good with { Title = "Corrigée" }, corrected, revision: 2);
        Assert.Contains("Corrigée", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(corrected, hub.Shown.SetAside);
    }

    [Fact]
    public async Task What_was_shown_and_can_no_longer_be_is_told_to_those_who_know_it()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var id = await hub.ShowAsync(Good);
        await hub.ShowAsync(Good with { TimeZone = null!, Sessions = [new Session("1", "soon")] }, id, revision: 2);
        Assert.Contains($"\"removed\":[{{\"id\":\"{id}\"",
            (await hub.GetAsync("/api/v1/publications?updatedAfter=2020-01-01T00:00:00Z")).Body, StringComparison.Ordinal);
        Assert.Equal(hub.Shown.Withdrawn.Keys, (await hub.StartAgainAsync()).Withdrawn.Keys);
    }
}
