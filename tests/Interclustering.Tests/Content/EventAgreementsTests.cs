using System.Text.Json;
using Interclustering.Content.Agreements;
using Interclustering.Contracts;

namespace Interclustering.Tests.Content;

/// <summary>What clusters have agreed on follows from their records, in whatever order these come.</summary>
public sealed class EventAgreementsTests
{
    private static readonly string Bsc = Id("bsc", 1), Tenlog = Id("tenlog", 2), Pasca = Id("pasca", 3);
    private readonly EventAgreements agreements = new();
    private int taken;

    [Fact]
    public void A_co_organiser_is_one_once_it_has_agreed()
    {
        Assert.False(agreements.HasAgreed(Tenlog, "bsc"));
        Say("bsc", Part(CoOrganisationAnswers.Agreed));
        Assert.True(agreements.HasAgreed(Tenlog, "bsc"));
        Assert.False(agreements.HasAgreed(Tenlog, "pasca"));
    }

    /// <summary>Neither another cluster nor the owner can agree for it.</summary>
    [Theory]
    [InlineData("pasca")]
    [InlineData("tenlog")]
    public void Another_cluster_cannot_agree_for_it(string by)
    {
        Say(by, Part(CoOrganisationAnswers.Agreed));
        Assert.False(agreements.HasAgreed(Tenlog, "bsc"));
    }

    [Fact]
    public void It_may_change_its_mind_and_take_back_what_it_said()
    {
        var said = Say("bsc", Part(CoOrganisationAnswers.Agreed));
        Say("bsc", Part(CoOrganisationAnswers.Declined), said);
        Assert.False(agreements.HasAgreed(Tenlog, "bsc"));
        Say("bsc", Part(CoOrganisationAnswers.Agreed), said);
        Assert.True(agreements.HasAgreed(Tenlog, "bsc"));
        agreements.Take(said, Kinds.Withdrawn, null, 4, default, ++taken);
        Assert.False(agreements.HasAgreed(Tenlog, "bsc"));
    }

    [Fact]
    public void Two_are_one_once_both_owners_say_so()
    {
        Say("bsc", Same(Tenlog, Bsc));
        Assert.Equal([Bsc], agreements.GroupOf(Bsc));
        var answer = Say("tenlog", Same(Tenlog, Bsc));
        Assert.Equal([Bsc, Tenlog], agreements.GroupOf(Bsc));
        Assert.Equal(Tenlog, agreements.LeadOf(agreements.GroupOf(Bsc)));

        Say("tenlog", Same(Tenlog, Bsc) with { Same = false }, answer);
        Assert.Equal([Tenlog], agreements.GroupOf(Tenlog));
    }

    [Fact]
    public void A_third_cluster_cannot_put_two_together()
    {
        Say("bsc", Same(Tenlog, Bsc));
        Say("pasca", Same(Tenlog, Bsc));
        Assert.False(agreements.AreOne(Tenlog, Bsc));
    }

    [Fact]
    public void One_cluster_puts_two_of_its_own_together_alone()
    {
        var older = Id("bsc", 0);
        Say("bsc", Same(older, Bsc));
        Assert.Equal(older, agreements.LeadOf(agreements.GroupOf(Bsc)));
    }

    /// <summary>Each would have the other one's page stay: nothing is put together before they agree on that.</summary>
    [Fact]
    public void Where_both_would_be_part_of_the_other_they_are_not_one()
    {
        var asked = Say("bsc", Same(Tenlog, Bsc));
        Say("tenlog", Same(Bsc, Tenlog));
        Assert.False(agreements.AreOne(Bsc, Tenlog));
        Say("bsc", Same(Bsc, Tenlog), asked);
        Assert.Equal(Bsc, agreements.LeadOf(agreements.GroupOf(Tenlog)));
    }

    /// <summary>Neither by turning its claim round, nor by one more event of its own, does a partner take an address over.</summary>
    [Fact]
    public void A_partner_cannot_take_the_address_over()
    {
        var claim = Say("bsc", Same(Tenlog, Bsc));
        Say("tenlog", Same(Tenlog, Bsc));
        var lower = Id("bsc", 0);
        Say("bsc", Same(lower, Bsc));
        Assert.Equal([lower, Bsc, Tenlog], agreements.GroupOf(Tenlog));
        Assert.Equal(Tenlog, agreements.LeadOf(agreements.GroupOf(Tenlog)));

        Say("bsc", Same(Bsc, Tenlog), claim);
        Assert.Equal([Tenlog], agreements.GroupOf(Tenlog));
    }

    [Fact]
    public void What_one_cluster_says_alone_tells_nothing_of_another_one_s_event()
    {
        Say("pasca", Same(Tenlog, Pasca));
        Say("bsc", Part(CoOrganisationAnswers.Agreed));
        Assert.Empty(agreements.Telling(Tenlog, named: []));
        Assert.Single(agreements.Telling(Tenlog, named: ["bsc"]));
        Say("tenlog", Same(Tenlog, Pasca) with { Same = false });
        Assert.Equal(2, agreements.Telling(Tenlog, named: []).Count());
    }

    /// <summary>A link that a partner gives for another cluster is not that cluster's.</summary>
    [Fact]
    public void Only_a_cluster_itself_says_where_its_members_register()
    {
        var foreign = new ClusterRegistration("tenlog", "https://evil.example/");
        var part = Of("https://b.example/2") with { Registrations = [foreign, new("bsc", "https://b.example/3")] };
        var shown = AgreedEvent.Together([(Tenlog, Of("https://a.example/1")), (Bsc, part)]);
        Assert.Equal(["https://a.example/1", "https://b.example/2", "https://b.example/3"], shown.Registrations!.Select(each => each.Url));
        Assert.Equal(["https://b.example/3"],
            AgreedEvent.WithCoOrganisers(part, Bsc, agreements).Registrations!.Select(each => each.Url));
    }

    /// <summary>Every order of the same records, and every record twice, leads to the same.</summary>
    [Fact]
    public void The_order_of_records_does_not_count()
    {
        (string By, Publication Said)[] records =
        [
            ("bsc", Same(Tenlog, Bsc)), ("tenlog", Same(Tenlog, Bsc)), ("pasca", Same(Tenlog, Pasca)), ("tenlog", Same(Tenlog, Pasca)),
            ("bsc", Part(CoOrganisationAnswers.Agreed)),
        ];
        var named = records.Select((record, number) => (Id: Id(record.By, 10 + number), record.Said)).ToList();
        foreach (var order in Orders(named))
        {
            var again = new EventAgreements();
            foreach (var (id, said) in order.Concat(order))
            {
                again.Take(id, KindOf(said), Json(said), 1, default, 1);
            }

            Assert.Equal([Bsc, Pasca, Tenlog], again.GroupOf(Pasca));
            Assert.Equal(Tenlog, again.LeadOf(again.GroupOf(Bsc)));
            Assert.True(again.HasAgreed(Tenlog, "bsc"));
        }
    }

    [Fact]
    public void It_tells_which_events_are_concerned()
    {
        var first = Id("bsc", 20);
        Assert.Equal([Bsc, Tenlog], agreements.Take(first, Kinds.SameEvent, Json(Same(Tenlog, Bsc)), 1, default, 1).Order());
        agreements.Take(Id("tenlog", 21), Kinds.SameEvent, Json(Same(Tenlog, Bsc)), 1, default, 2);
        Assert.Equal([Bsc, Tenlog], agreements.Take(first, Kinds.Withdrawn, null, 2, default, 3).Order());
    }

    [Fact]
    public void Together_they_have_all_organisers_and_every_registration()
    {
        var shown = AgreedEvent.Together([(Tenlog, Of("https://a.example/1", "pil")), (Bsc, Of("https://b.example/2", "tenlog"))]);
        Assert.Equal(["pil", "bsc"], shown.CoOrganisers);
        Assert.Equal([("tenlog", "https://a.example/1"), ("bsc", "https://b.example/2")],
            shown.Registrations!.Select(each => (each.Cluster, each.Url)));
        Assert.Equal("https://a.example/1", shown.RegistrationUrl);
    }

    private static Event Of(string url, params string[] with) => new()
    {
        Nonce = "",
        Title = url,
        Sessions = [new Session("1", "2026-12-10T09:00:00")],
        RegistrationUrl = url,
        CoOrganisers = with,
    };

    private string Say(string by, Publication said, string? subject = null)
    {
        subject ??= Id(by, 100 + taken);
        agreements.Take(subject, KindOf(said), Json(said), ++taken, default, taken);
        return subject;
    }

    private static IEnumerable<IReadOnlyList<T>> Orders<T>(IReadOnlyList<T> items) => items.Count == 0 ? [[]]
        : items.SelectMany((item, at) => Orders([.. items.Where((_, index) => index != at)])
            .Select(rest => (IReadOnlyList<T>)[item, .. rest]));

    private static CoOrganisation Part(string answer) => new() { Nonce = "", Event = Tenlog, Cluster = "bsc", Answer = answer };

    private static SameEvent Same(string stays, string other) => new() { Nonce = "", Event = stays, Other = other, Same = true };

    private static string KindOf(Publication said) => said is SameEvent ? Kinds.SameEvent : Kinds.CoOrganisation;

    private static string Json(Publication said) => JsonSerializer.Serialize(said, said.GetType(), ContractJson.Options);

    private static string Id(string code, int number) => $"{code}-01937d2e-6f00-7a10-8000-{number:x12}";
}
