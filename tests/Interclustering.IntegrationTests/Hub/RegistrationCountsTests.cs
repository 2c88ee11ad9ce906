using System.Net;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>Where one registers, and how many have, as each cluster has said it.</summary>
public sealed class RegistrationCountsTests : IAsyncLifetime
{
    private const string Nonce = "0123456789abcdef0123456789abcdef", AtLsn = "https://lsn.example/inscription/1",
        AtBsc = "https://bsc.example/inscription/1";

    private TemporaryHub hub = null!;
    private long said;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData(19, 0, 50, "19 places prises sur 50", "S’inscrire")]
    [InlineData(50, 4, 50, "Complet, 4 en attente", "Voir la page d’inscription")]
    [InlineData(3, 0, 0, "Complet", "Voir la page d’inscription")]
    [InlineData(19, 0, null, "19 inscrits", "S’inscrire")]
    public async Task The_page_says_how_full_an_event_is(int registered, int waiting, int? places, string words, string button)
    {
        var id = await SayAsync("lsn", Kinds.Event, OfLsn);
        Assert.DoesNotContain("places prises", await PageAsync(id), StringComparison.Ordinal);
        await SayAsync("lsn", Kinds.RegistrationCount, Count(id, new SeatCount(registered, waiting, places)));
        var page = await PageAsync(id);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains(button, page, StringComparison.Ordinal);
        Assert.Contains(AtLsn, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_follow_and_come_before_or_after_their_event()
    {
        var id = $"lsn-{Guid.CreateVersion7()}";
        var count = await SayAsync("lsn", Kinds.RegistrationCount, Count(id, new SeatCount(1, 0, 9)));
        await SayAsync("lsn", Kinds.Event, OfLsn, id);
        Assert.Contains("1 place prise sur 9", await PageAsync(id), StringComparison.Ordinal);
        await SayAsync("lsn", Kinds.RegistrationCount, Count(id, new SeatCount(2, 0, 9)), count, revision: 2);
        Assert.Contains("2 places prises sur 9", await PageAsync(id), StringComparison.Ordinal);
        // Registering elsewhere from now on: the old count says nothing.
        await SayAsync("lsn", Kinds.Event, OfLsn with { Registration = null }, id, revision: 2);
        Assert.DoesNotContain("places prises", await PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_several_register_each_stands_with_its_own_link_and_count_on_page_calendar_and_embed()
    {
        var id = await SayAsync("lsn", Kinds.Event, OfLsn with { CoOrganisers = ["bsc"] });
        await SayAsync("bsc", Kinds.CoOrganisation, new CoOrganisation
        {
            Nonce = Nonce,
            Event = id,
            Cluster = "bsc",
            Answer = CoOrganisationAnswers.Agreed,
            RegistrationUrl = AtBsc,
            Registration = new RegistrationTerms { Places = 20 },
        });
        await SayAsync("lsn", Kinds.RegistrationCount, Count(id, new SeatCount(30, 2, 30)));
        await SayAsync("bsc", Kinds.RegistrationCount, Count(id, new SeatCount(5, 0, 20)));
        // A cluster without a part in it counts for nothing.
        await SayAsync("tenlog", Kinds.RegistrationCount, Count(id, new SeatCount(77, 0, 99)));
        var page = await PageAsync(id);
        Assert.All(["Auprès de Logistique Seine Normandie", "Auprès de Bretagne Supply Chain", AtLsn, AtBsc, "Complet, 2 en attente",
            "5 places prises sur 20"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("77 places prises", page, StringComparison.Ordinal);
        var calendar = (await hub.GetAsync("/agenda.ics")).Body.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains(AtLsn, calendar, StringComparison.Ordinal);
        Assert.Contains(AtBsc, calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_for_members_shows_no_count_and_no_form()
    {
        var id = await SayAsync("lsn", Kinds.Event, OfLsn with { Visibility = Visibility.Members });
        await SayAsync("lsn", Kinds.RegistrationCount, Count(id, new SeatCount(19, 0, 50)));
        var page = await PageAsync(id);
        Assert.DoesNotContain("places prises", page, StringComparison.Ordinal);
        Assert.DoesNotContain(AtLsn, page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string id) =>
        WebUtility.HtmlDecode((await hub.GetAsync($"/evenements/{id}/matinee")).Body).Replace('\u00a0', ' ');

    private Task<string> SayAsync(string cluster, string kind, Publication publication, string? subject = null, long revision = 1) =>
        hub.HearAsync(Entries.Of(publication, kind, subject ?? $"{cluster}-{Guid.CreateVersion7()}", revision, sequence: ++said,
            journal: cluster));

    private static Event OfLsn => Happening.On("2026-12-10T09:00:00", title: "Matinée") with
    {
        RegistrationUrl = AtLsn,
        Registration = new RegistrationTerms { Places = 50 },
    };

    private static RegistrationCount Count(string id, params SeatCount[] counts) => new() { Nonce = Nonce, Event = id, Counts = counts };
}
