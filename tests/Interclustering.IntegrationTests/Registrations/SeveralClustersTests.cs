using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>Two clusters, one event: each registers its own people, and places move by what is said in journals.</summary>
public sealed class SeveralClustersTests : RegistrationVisit
{
    private static readonly Event OfLsn = Morning("Matinée commune") with
    {
        Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00")],
        CoOrganisers = ["bsc"],
        Registration = new RegistrationTerms { Places = 30 },
        RegistrationUrl = "https://espace.lsn.example/inscription",
    };

    [Fact]
    public async Task A_co_organiser_registers_its_own_people_and_says_where()
    {
        var id = await OpenAtBscAsync(places: 2);
        var said = (await SaidAsync<CoOrganisation>())!;
        Assert.Equal((2, CoOrganisationAnswers.Agreed), (said.Registration!.Places, said.Answer));
        Assert.EndsWith($"/espace/bsc/inscription/{id}", said.RegistrationUrl, StringComparison.Ordinal);

        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        await RegisterAsync(id, "Test Trois", "trois@exemple.invalid");
        await KeepAsync();
        Assert.Equal([RegistrationState.Registered, RegistrationState.Registered, RegistrationState.Waiting], await StatesAsync(id));
        await using var db = Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Kind == Kinds.RegistrationCount, Cancellation);
        var count = (RegistrationCount)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal((id, new SeatCount(2, 1, 2)), (count.Event, Assert.Single(count.Counts)));
        await HearAsync(new RegistrationCount { Nonce = "", Event = id, Counts = [new SeatCount(19, 0, 30)] });
        foreach (var page in (string[])[$"/espace/bsc/publications/{id}/inscriptions", $"/espace/bsc/national/lire/{id}"])
        {
            var words = await ReadAsync(page);
            Assert.Contains("19 places prises sur 30", words, StringComparison.Ordinal);
            Assert.Contains("Complet, 1 en attente", words, StringComparison.Ordinal);
        }

        Assert.StartsWith("bsc-", copy.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_that_another_gives_count_once_they_are_heard_of_and_move_those_up_who_wait()
    {
        var id = await OpenAtBscAsync(places: 1);
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        var gift = await HearAsync(new PlacesGiven { Nonce = "", Event = id, To = "bsc", Count = 2 });
        // What is given to another, or of another event, is not bsc's.
        await HearAsync(new PlacesGiven { Nonce = "", Event = id, To = "tenlog", Count = 50 });
        await HearAsync(new PlacesGiven { Nonce = "", Event = Mint(), To = "bsc", Count = 50 });
        await KeepAsync();
        Assert.Equal([RegistrationState.Registered, RegistrationState.Registered], await StatesAsync(id));
        Assert.Contains("Il reste 1 place.", await FormAsync(id), StringComparison.Ordinal);

        // The same record, risen: its count is since ever.
        await HearAsync(new PlacesGiven { Nonce = "", Event = id, To = "bsc", Count = 5 }, gift, revision: 2);
        Assert.Contains("Il reste 4 places.", await FormAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_is_off_at_once_and_said_afterwards_and_what_is_taken_can_not_be_given()
    {
        var id = await OpenAtBscAsync(places: 5);
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        Assert.Equal(HttpStatusCode.Redirect, await GiveAsync(id, "lsn", "2"));
        Assert.Contains("Il reste 2 places.", await FormAsync(id), StringComparison.Ordinal);
        Assert.Null(await GiftAsync());
        await KeepAsync();
        Assert.Equal(("lsn", 2), await GiftAsync());
        Assert.Equal(HttpStatusCode.Redirect, await GiveAsync(id, "lsn", "1"));
        foreach (var (to, count) in ((string, string)[])[("lsn", "2"), ("lsn", "0"), ("lsn", "-1"), ("lsn", ""), ("bsc", "1"), ("x", "1")])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await GiveAsync(id, to, count));
        }

        await KeepAsync();
        await KeepAsync();
        Assert.Equal(("lsn", 3), await GiftAsync());
        Assert.Contains("Il reste 1 place.", await FormAsync(id), StringComparison.Ordinal);

        // A restored database has lost the decision, and its journal has it back: the places stay given.
        await using var db = Open();
        await db.RegistrationGifts.ExecuteDeleteAsync(Cancellation);
        Assert.Contains("Il reste 1 place.", await FormAsync(id), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await GiveAsync(id, "lsn", "1"));
        await KeepAsync();
        Assert.Equal(("lsn", 4), await GiftAsync());
    }

    [Fact]
    public async Task Three_days_before_the_start_free_places_go_to_the_lead_unless_people_wait()
    {
        var id = await OpenAtBscAsync(places: 3);
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 7, 7, 59, 0, TimeSpan.Zero));
        await KeepAsync();
        Assert.Null(await GiftAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync();
        await KeepAsync();
        Assert.Equal(("lsn", 2), await GiftAsync());
        Assert.Contains("Complet", await FormAsync(id), StringComparison.Ordinal);
        Assert.Equal([RegistrationState.Registered], await StatesAsync(id));
    }

    [Fact]
    public async Task People_hear_of_a_change_and_of_the_end_of_another_clusters_event()
    {
        var id = await OpenAtBscAsync(places: 3);
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await HearAsync(OfLsn with { Place = new Place { City = "Le Havre" } }, id, revision: 2);
        await KeepAsync();
        Assert.Contains("Le Havre", Sent.To("un@exemple.invalid")[^1].TextBody, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromHours(1));
        await using (var db = Open())
        {
            await db.Publications.Where(row => row.Subject == id).ExecuteUpdateAsync(row => row
                .SetProperty(each => each.Data, (string?)null).SetProperty(each => each.Kind, Kinds.Withdrawn)
                .SetProperty(each => each.Revision, 3), Cancellation);
        }

        await KeepAsync();
        Assert.Contains("L’événement est annulé.", Sent.To("un@exemple.invalid")[^1].TextBody, StringComparison.Ordinal);
        Assert.Contains("Matinée commune", Sent.To("un@exemple.invalid")[^1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_cluster_no_longer_organises_it_its_people_hear_and_find_their_page()
    {
        var id = await OpenAtBscAsync(places: 3);
        var link = await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await PostAsync($"/espace/bsc/national/lire/{id}/co-organisation", new Dictionary<string, string> { ["do"] = "quitter" },
            from: $"/espace/bsc/national/lire/{id}");
        await KeepAsync();
        Assert.Contains("BSC n’inscrit plus à cet événement", Sent.To("un@exemple.invalid")[^1].TextBody!.Replace('\u00a0', ' '),
            StringComparison.Ordinal);
        Assert.Contains("n’inscrit plus à cet événement", await PageOfAsync(link), StringComparison.Ordinal);
        Assert.DoesNotContain("M’inscrire", await FormAsync(id), StringComparison.Ordinal);
        Assert.Contains("Test Un", await ReadAsync($"/espace/bsc/publications/{id}/inscriptions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_a_part_in_an_event_registers_no_one_for_it()
    {
        await SignInAsync();
        var id = await HearAsync(OfLsn with { CoOrganisers = [] });
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/publications/{id}/inscriptions")).StatusCode);
        id = await HearAsync(OfLsn);
        // Named, and it has not agreed.
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/publications/{id}/inscriptions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/inscription/{id}")).StatusCode);
    }

    private async Task<string> OpenAtBscAsync(int places)
    {
        await SignInAsync();
        var id = await HearAsync(OfLsn);
        await PostAsync($"/espace/bsc/national/lire/{id}/co-organisation", new Dictionary<string, string> { ["do"] = "accepter" },
            from: $"/espace/bsc/national/lire/{id}");
        var page = $"/espace/bsc/publications/{id}/inscriptions";
        Assert.Contains("Elles vont à", await ReadAsync(page), StringComparison.Ordinal);
        var saved = await PostAsync($"{page}/reglages", new Dictionary<string, string> { ["places"] = $"{places}", ["seats"] = "1" }, page);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains($"/espace/bsc/publications/{id}/inscriptions", await ReadAsync($"/espace/bsc/national/lire/{id}"),
            StringComparison.Ordinal);
        return id;
    }

    private Task<string> FormAsync(string id) => ReadAsync($"/espace/bsc/inscription/{id}");

    private async Task<HttpStatusCode> GiveAsync(string id, string to, string count)
    {
        var page = $"/espace/bsc/publications/{id}/inscriptions";
        var typed = new Dictionary<string, string> { ["to"] = to, ["count"] = count, ["session"] = "" };
        return (await PostAsync($"{page}/donner", typed, page)).StatusCode;
    }

    private async Task<(string To, int Count)?> GiftAsync()
    {
        await using var db = Open();
        return await db.WorkingCopies.AsNoTracking().SingleOrDefaultAsync(row => row.Kind == Kinds.PlacesGiven, Cancellation) is { } copy
            && PublicationText.Read(copy.Kind, copy.Data) is PlacesGiven said ? (said.To, said.Count) : null;
    }
}
