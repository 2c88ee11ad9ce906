using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>From a pasted address to events that follow it.</summary>
public sealed class SourcePagesTests : WorkspaceVisit
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(Paris.Now).AddDays(20);
    private AwkwardSite site = null!;

    protected override async Task PrepareAsync(IServiceCollection services)
    {
        site = await AwkwardSite.StartAsync();
        services.AddSingleton(new FetchSettings { Allowed = [site.Allowed], Patience = TimeSpan.FromSeconds(30) });
    }

    protected override ValueTask CleanUpAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_page_of_ones_own_site_becomes_a_source_in_two_steps()
    {
        site.Serve("/agenda", "<!doctype html><html><head><link rel=\"alternate\" type=\"text/calendar\" "
            + "href=\"/agenda.ics\"></head><body>Agenda</body></html>", "text/html");
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon), ("2", "Atelier palettes", Soon.AddDays(1))));
        await SignInAsync();
        var found = await WordsOfAsync(
            await PostAsync("/espace/bsc/sources/chercher", new Dictionary<string, string> { ["address"] = site.To("/agenda") },
            from: "/espace/bsc/sources"));
        Assert.All(["Calendrier (iCalendar)", "2 événements à venir à reprendre", "Visite du quai", "Ateliers"], words =>
            Assert.Contains(words, found, StringComparison.Ordinal));

        var added = await AddAsync(policy: "propose", ("Ateliers", KnownThemes.Urban));
        var page = await WordsOfAsync(await GetAsync(added));
        Assert.All(["À décider", "Visite du quai", "Nouveau", "Voir ce qui serait publié", "Salle A", "Publier tout ce qui est proposé"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("Une source attend votre avis sur 2 événements", await WordsOfAsync(await GetAsync("/espace/bsc/")),
            StringComparison.Ordinal);

        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "1", ["answer"] = "yes" }, from: added);
        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "2", ["answer"] = "no" }, from: added);
        Assert.Contains("1 événement écarté", await WordsOfAsync(await GetAsync(added)), StringComparison.Ordinal);
        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "2", ["answer"] = "again" }, from: added);
        Assert.Contains("Publier « Atelier palettes »", await WordsOfAsync(await GetAsync(added)), StringComparison.Ordinal);
        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "2", ["answer"] = "no" }, from: added);
        await using var db = Open();
        var copy = await db.WorkingCopies.SingleAsync(Cancellation);
        var item = (Event)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(("Visite du quai", PublicationState.Published), (item.Title, copy.State));
        Assert.Equal([KnownThemes.Urban], item.Themes);
        Assert.DoesNotContain("attend votre avis", await WordsOfAsync(await GetAsync("/espace/bsc/")), StringComparison.Ordinal);
        Assert.Contains("Cette publication suit une source", await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{copy.Subject}")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_that_had_no_theme_or_came_later_can_be_given_one()
    {
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon)));
        await SignInAsync();
        var added = await AddAsync(policy: "publish", ("Ateliers", ""));
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon))
            .Replace("CATEGORIES:Ateliers", "CATEGORIES:Ateliers,Clubs", StringComparison.Ordinal));
        await PostAsync($"{added}/relever", new Dictionary<string, string>(), from: added);
        var page = await WordsOfAsync(await GetAsync(added));
        Assert.All(["Ateliers", "Clubs"], category =>
            Assert.Contains($"name=\"category\" value=\"{category}\"", page, StringComparison.Ordinal));

        await PostAsync(added, [new("name", "Notre site"), new("policy", "publish"), new("hours", "6"), new("category", "Ateliers"),
            new("theme", ""), new("category", "Clubs"), new("theme", KnownThemes.Urban)], from: added);
        await PostAsync($"{added}/relever", new Dictionary<string, string>(), from: added);
        await using var db = Open();
        var copy = await db.WorkingCopies.SingleAsync(Cancellation);
        Assert.Equal([KnownThemes.Urban], ((Event)PublicationText.Read(copy.Kind, copy.Data)).Themes);
    }

    [Fact]
    public async Task What_a_source_changed_is_shown_before_it_is_taken()
    {
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon)));
        await SignInAsync();
        var added = await AddAsync(policy: "propose");
        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "1", ["answer"] = "yes" }, from: added);
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du port", Soon)));
        await PostAsync($"{added}/relever", new Dictionary<string, string>(), from: added);
        var page = await WordsOfAsync(await GetAsync(added));
        Assert.All(["La source l’a changé", "<del>quai</del>", "<ins>port</ins>"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WordPress_is_found_by_what_its_pages_say()
    {
        site.Serve("/agenda", $"<!doctype html><html><head><link rel=\"https://api.w.org/\" href=\"{site.To("/wp-json/")}\"></head></html>",
            "text/html");
        site.Serve("/wp-json/tribe/events/v1/events",
            """{"events":[{"id":1,"global_id":"x?id=1","title":"Rencontre","start_date":"2027-12-01"""
                + """ 09:00:00","utc_start_date":"2027-12-01 08:00:00","categories":[{"name":"Clubs","slug":"clubs"}]}],"rest_url":"x"}""",
            "application/json");
        await SignInAsync();
        var found = await WordsOfAsync(
            await PostAsync("/espace/bsc/sources/chercher", new Dictionary<string, string> { ["address"] = site.To("/agenda") },
            from: "/espace/bsc/sources"));
        Assert.All(["The Events Calendar", "1 événement à venir à reprendre", "Rencontre", "Clubs"], words =>
            Assert.Contains(words, found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Ce n’est pas une adresse")]
    [InlineData("https://localhost/agenda", "réseau privé")]
    [InlineData("https://10.0.0.1/agenda", "réseau privé")]
    public async Task An_address_that_cannot_be_taken_says_why_beside_itself(string address, string words)
    {
        await SignInAsync();
        var answer = await PostAsync("/espace/bsc/sources/chercher", new Dictionary<string, string> { ["address"] = address },
            from: "/espace/bsc/sources");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, await WordsOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_events_is_said_to_have_none()
    {
        site.Serve("/about", "<!doctype html><html><body>Qui sommes-nous</body></html>", "text/html");
        await SignInAsync();
        var answer = await PostAsync("/espace/bsc/sources/chercher", new Dictionary<string, string> { ["address"] = site.To("/about") },
            from: "/espace/bsc/sources");
        Assert.Contains("ne contient ni calendrier ni événement", await WordsOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_change_at_once_and_a_stopped_source_leaves_what_it_brought()
    {
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon)));
        await SignInAsync();
        var added = await AddAsync(policy: "publish");
        await PostAsync(added, new Dictionary<string, string>
        {
            ["name"] = "Notre agenda",
            ["policy"] = "propose",
            ["gone"] = "withdraw",
            ["hours"] = "24"
        });
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du grand quai", Soon)));
        await PostAsync($"{added}/relever", new Dictionary<string, string>(), from: added);
        var page = await WordsOfAsync(await GetAsync(added));
        Assert.All(["Notre agenda", "propose, toutes les 24 heures", "La source l’a changé", "1 à décider"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));

        Assert.Equal("/espace/bsc/sources",
            (await PostAsync($"{added}/arreter", new Dictionary<string, string>(), from: added)).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(added)).StatusCode);
        await using var db = Open();
        Assert.Equal("Visite du quai", (await db.WorkingCopies.SingleAsync(Cancellation)).Title);
    }

    [Fact]
    public async Task The_answer_that_it_is_the_same_moves_the_publication_to_its_new_key()
    {
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1", "Visite du quai", Soon), ("2", "Atelier", Soon.AddDays(2))));
        await SignInAsync();
        var added = await AddAsync(policy: "publish");
        site.Serve("/agenda.ics", AwkwardSite.Calendar(("1b", "Visite du quai", Soon.AddDays(40)), ("2", "Atelier", Soon.AddDays(2))));
        await PostAsync($"{added}/relever", new Dictionary<string, string>(), from: added);
        Assert.Contains("Est-ce « Visite du quai », qui a disparu", await WordsOfAsync(await GetAsync(added)), StringComparison.Ordinal);
        await PostAsync($"{added}/repondre", new Dictionary<string, string> { ["key"] = "1b", ["answer"] = "yes" }, from: added);
        await using var db = Open();
        var copies = await db.WorkingCopies.OrderBy(copy => copy.SourceKey).ToListAsync(Cancellation);
        Assert.Equal(["1b", "2"], copies.Select(copy => copy.SourceKey));
        Assert.Equal(2, copies[0].Revision);
    }

    private async Task<string> AddAsync(string policy, params (string Category, string Theme)[] themes)
    {
        var fields = new List<KeyValuePair<string, string>> { new("address", site.To("/agenda.ics")), new("name", "Notre site"),
            new("policy", policy), new("gone", "cancel"), new("hours", "6") };
        foreach (var (category, theme) in themes)
        {
            fields.AddRange([new("category", category), new("theme", theme)]);
        }

        var answer = await PostAsync("/espace/bsc/sources", fields);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }
}
