using System.Net;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>Events of several clusters on the national site: under who has agreed, and once where two are one.</summary>
public sealed class AgreedEventsOnTheSiteTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;
    private long said;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    /// <summary>Every reader is asked: page, lists, feeds, API, calendar, search, the embedded agenda.</summary>
    [Fact]
    public async Task Until_a_co_organiser_agrees_the_owner_stands_alone()
    {
        var id = await SayAsync("lsn", Morning("Le canal et le camion") with { CoOrganisers = ["bsc"] });
        await ShowsCoOrganiserAsync(id, expected: false);

        var answer = await SayAsync("bsc", Part(id, CoOrganisationAnswers.Agreed));
        await ShowsCoOrganiserAsync(id, expected: true);

        await SayAsync("bsc", Part(id, CoOrganisationAnswers.Declined), answer, revision: 2);
        await ShowsCoOrganiserAsync(id, expected: false);
    }

    [Fact]
    public async Task The_answer_counts_whichever_came_first()
    {
        var id = $"lsn-{Guid.CreateVersion7()}";
        await SayAsync("bsc", Part(id, CoOrganisationAnswers.Agreed));
        await SayAsync("lsn", Morning("Le canal") with { CoOrganisers = ["bsc"] }, id);
        await ShowsCoOrganiserAsync(id, expected: true);
    }

    [Fact]
    public async Task Two_that_are_one_are_shown_once_under_both_with_every_registration()
    {
        var (lead, part) = await TwoAsync();
        var agenda = (await hub.GetAsync("/agenda")).Body;
        Assert.DoesNotContain("Réunion du canal", agenda, StringComparison.Ordinal);
        Assert.Contains("Le canal et le camion", (await hub.GetAsync("/agenda?cluster=bsc")).Body, StringComparison.Ordinal);

        var page = (await hub.GetAsync($"/evenements/{lead}/le-canal-et-le-camion")).Body;
        string[] links = ["https://lsn.example/inscription", "https://bsc.example/inscription"];
        Assert.All(["Bretagne Supply Chain", "Logistique Seine Normandie", .. links], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        var calendar = (await hub.GetAsync("/agenda.ics")).Body.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Equal(2, calendar.Split("BEGIN:VEVENT").Length);
        Assert.All([.. links, $"UID:{lead}"], words =>
            Assert.Contains(words, calendar, StringComparison.Ordinal));

        // The old address leads there, from every door.
        using var moved = await hub.Http.GetAsync($"/evenements/{part}/reunion-du-canal?lang=x", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Found, $"/evenements/{lead}/le-canal-et-le-camion?lang=x"),
            (moved.StatusCode, moved.Headers.Location!.OriginalString));
        Assert.Contains($"UID:{lead}", (await hub.GetAsync($"/evenements/{part}.ics")).Body, StringComparison.Ordinal);
        using var api = await hub.Http.GetAsync($"/api/v1/publications/{part}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, $"/api/v1/publications/{lead}"),
            (api.StatusCode, api.Headers.Location!.OriginalString));
        Assert.Contains("Le canal et le camion", (await hub.GetAsync($"/embed/publication/{part}")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"/oembed?url=http://localhost/evenements/{part}")).Status);
    }

    [Fact]
    public async Task A_reader_that_follows_the_changes_learns_of_both()
    {
        var (lead, part, claim) = (await SayAsync("lsn", Lead), await SayAsync("bsc", Part()), "");
        var before = Changes((await hub.GetAsync("/api/v1/publications")).Body);
        await SayAsync("bsc", Same(lead, part));
        claim = await SayAsync("lsn", Same(lead, part));
        var answer = (await hub.GetAsync($"/api/v1/publications?changes={before}")).Body;
        Assert.Contains($"\"id\":\"{lead}\"", answer[..answer.IndexOf("\"removed\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains(part, answer[answer.IndexOf("\"removed\"", StringComparison.Ordinal)..], StringComparison.Ordinal);

        before = Changes(answer);
        await SayAsync("lsn", Same(lead, part) with { Same = false }, claim, revision: 2);
        answer = (await hub.GetAsync($"/api/v1/publications?changes={before}&limit=1")).Body;
        // One position tells of both: a page does not end between them.
        Assert.All([lead, part], id => Assert.Contains($"\"id\":\"{id}\"", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_part_again_when_one_owner_says_so()
    {
        var (lead, part) = await TwoAsync();
        await SayAsync("bsc", Same(lead, part) with { Same = false });
        var agenda = (await hub.GetAsync("/agenda")).Body;
        Assert.All(["Réunion du canal", "Le canal et le camion"], title => Assert.Contains(title, agenda, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"/evenements/{part}/reunion-du-canal")).Status);
    }

    [Fact]
    public async Task What_is_left_of_two_is_shown_alone()
    {
        var (lead, part) = await TwoAsync();
        await SayAsync("lsn", null, lead, revision: 2);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/evenements/{lead}/le-canal-et-le-camion")).Status);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"/evenements/{part}/reunion-du-canal")).Status);
        Assert.DoesNotContain("lsn.example", (await hub.GetAsync($"/evenements/{part}/reunion-du-canal")).Body, StringComparison.Ordinal);
    }

    /// <summary>What only members may read is not shown to all because another cluster's event is public.</summary>
    [Theory]
    [InlineData(Visibility.Members)]
    [InlineData(Visibility.Staff)]
    public async Task What_is_not_public_is_never_put_together_with_what_is(string visibility)
    {
        var lead = await SayAsync("lsn", Lead);
        var part = await SayAsync("bsc", Part() with { Visibility = visibility });
        await SayAsync("bsc", Same(lead, part));
        await SayAsync("lsn", Same(lead, part));
        Assert.DoesNotContain("bsc.example", (await hub.GetAsync($"/evenements/{lead}/le-canal-et-le-camion")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_of_the_part_shows_in_the_whole()
    {
        var (lead, part) = await TwoAsync();
        await SayAsync("bsc", Part() with { RegistrationUrl = "https://bsc.example/autre" }, part, revision: 2);
        Assert.Contains("https://bsc.example/autre", (await hub.GetAsync($"/evenements/{lead}/le-canal-et-le-camion")).Body,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Réunion du canal", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
    }

    /// <summary>The change of the one shows the other again: a reader that follows the changes gets it, and the search finds it.</summary>
    [Fact]
    public async Task What_is_left_when_the_other_is_for_members_comes_again_to_who_follows()
    {
        var (lead, part) = await TwoAsync();
        var before = Changes((await hub.GetAsync("/api/v1/publications")).Body);
        await SayAsync("lsn", Lead with { Visibility = Visibility.Members }, lead, revision: 2);
        var answer = (await hub.GetAsync($"/api/v1/publications?changes={before}")).Body;
        Assert.Contains($"\"id\":\"{part}\"", answer[..answer.IndexOf("\"removed\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        var again = await hub.StartAgainAsync();
        Assert.Equal(hub.Shown.Items[part].Position, again.Items[part].Position);
    }

    [Fact]
    public async Task A_statement_that_is_taken_back_counts_no_longer()
    {
        var id = await SayAsync("lsn", Morning("Le canal et le camion") with { CoOrganisers = ["bsc"] });
        var answer = await SayAsync("bsc", Part(id, CoOrganisationAnswers.Agreed));
        var before = Changes((await hub.GetAsync("/api/v1/publications")).Body);
        await SayAsync("bsc", null, answer, revision: 2);
        await ShowsCoOrganiserAsync(id, expected: false);
        Assert.Contains(id, (await hub.GetAsync($"/api/v1/publications?changes={before}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_cluster_says_alone_changes_nothing_of_another_one_s_event()
    {
        var (lead, part) = (await SayAsync("lsn", Lead), await SayAsync("bsc", Part()));
        var position = hub.Shown.Items[lead].Position;
        await SayAsync("bsc", Same(lead, part));
        await SayAsync("bsc", Part(lead, CoOrganisationAnswers.Agreed));
        Assert.Equal(position, hub.Shown.Items[lead].Position);
    }

    /// <summary>A process that starts now shows the same, position by position.</summary>
    [Fact]
    public async Task A_start_comes_to_the_same()
    {
        await TwoAsync();
        await SayAsync("lsn", Morning("À trois") with { CoOrganisers = ["bsc"] });
        var again = await hub.StartAgainAsync();
        Assert.Equal(hub.Shown.Items.Values.Select(item => (item.Id, item.Position, string.Join(' ', item.Item.CoOrganisers))),
            again.Items.Values.Select(item => (item.Id, item.Position, string.Join(' ', item.Item.CoOrganisers))));
        Assert.Equal(hub.Shown.Withdrawn.Values.Select(gone => (gone.Id, gone.Position)),
            again.Withdrawn.Values.Select(gone => (gone.Id, gone.Position)));
        Assert.Equal(hub.Shown.Into, again.Into);
    }

    private async Task ShowsCoOrganiserAsync(string id, bool expected)
    {
        const string Name = "Bretagne Supply Chain";
        var page = (await hub.GetAsync($"/evenements/{id}")).Body;
        page = page.Length == 0 ? (await hub.GetAsync(hub.Shown.Items[id].Path)).Body : page;
        Assert.Equal(expected, Organisers(page).Contains(Name, StringComparison.Ordinal));
        Assert.Equal(expected, (await hub.GetAsync("/agenda?cluster=bsc")).Body.Contains("Le canal", StringComparison.Ordinal));
        Assert.Equal(expected, (await hub.GetAsync("/agenda.ics?cluster=bsc")).Body.Contains("Le canal", StringComparison.Ordinal));
        Assert.Equal(expected, (await hub.GetAsync("/agenda.rss?cluster=bsc")).Body.Contains("Le canal", StringComparison.Ordinal));
        Assert.Equal(expected, (await hub.GetAsync("/embed/agenda.json?cluster=bsc")).Body.Contains("Le canal", StringComparison.Ordinal));
        Assert.Equal(expected, (await hub.GetAsync($"/api/v1/publications/{id}")).Body.Contains("\"bsc\"", StringComparison.Ordinal));
        Assert.Contains(id, (await hub.GetAsync("/api/v1/publications?cluster=lsn")).Body, StringComparison.Ordinal);
    }

    /// <summary>Its main part: the footer and filters name every cluster.</summary>
    private static string Organisers(string page) =>
        page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];

    private async Task<(string Lead, string Part)> TwoAsync()
    {
        var lead = await SayAsync("lsn", Lead);
        var part = await SayAsync("bsc", Part());
        await SayAsync("bsc", Same(lead, part));
        Assert.Contains("Réunion du canal", (await hub.GetAsync("/agenda")).Body, StringComparison.Ordinal);
        await SayAsync("lsn", Same(lead, part));
        return (lead, part);
    }

    private Task<string> SayAsync(string cluster, Publication? item, string? subject = null, long revision = 1)
    {
        var kind = item switch
        {
            null => Kinds.Withdrawn,
            SameEvent => Kinds.SameEvent,
            CoOrganisation => Kinds.CoOrganisation,
            _ => Kinds.Event,
        };
        // Of one cluster about the same the last id counts.
        said++;
        return hub.HearAsync(Entries.Of(item ?? new Withdrawal { Nonce = Nonce }, kind, subject ?? $"{cluster}-{Guid.CreateVersion7()}",
            revision, sequence: said, journal: cluster));
    }

    private const string Nonce = "0123456789abcdef0123456789abcdef";

    private static Event Morning(string title) => Happening.On("2026-12-10T09:00:00", title: title);

    private static Event Lead => Morning("Le canal et le camion") with { RegistrationUrl = "https://lsn.example/inscription" };

    private static Event Part() => Morning("Réunion du canal") with { RegistrationUrl = "https://bsc.example/inscription" };

    private static CoOrganisation Part(string id, string answer) => new() { Nonce = Nonce, Event = id, Cluster = "bsc", Answer = answer };

    private static SameEvent Same(string stays, string other) => new() { Nonce = Nonce, Event = stays, Other = other, Same = true };

    private static string Changes(string body) => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("changes").GetString()!;
}
