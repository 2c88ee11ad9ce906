using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.EditPage;
using Interclustering.Testing;

namespace Interclustering.Tests.Publishing;

/// <summary>What another cluster has written is a start, and is named.</summary>
public sealed class TakenUpTextTests
{
    private static readonly Webinar Webinar = new()
    {
        Nonce = "",
        Title = "Le dernier [kilomètre]",
        Text = "Trois retours d’expérience.",
        Themes = [KnownThemes.Urban],
        Speakers = ["lsn-1"],
        RegistrationUrl = "https://lsn.example/inscription",
        ReplayUrl = "https://lsn.example/replay",
        Place = new Place { Name = "Le Dock" },
        Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T10:30:00")],
    };

    [Fact]
    public void The_text_the_theme_and_the_hours_are_taken_up_and_the_source_is_named()
    {
        var form = TakenUpText.Of(Item(Webinar), Kinds.Webinar, "https://national.example", "53");
        Assert.Equal("Trois retours d’expérience.\n\nD’après « [Le dernier \\[kilomètre\\]](https://national.example/evenements/lsn-9) », "
            + "de Logistique Seine Normandie.", form["text"].Replace('\u00a0', ' '));
        Assert.Equal(["logistique-urbaine"], form.Themes);
        Assert.Equal(("", "09:00", "10:30"), (form.Sessions[0].Date, form.Sessions[0].Start, form.Sessions[0].End));
    }

    [Fact]
    public void What_belongs_to_the_other_event_is_not_taken_up()
    {
        var form = TakenUpText.Of(Item(Webinar), Kinds.Webinar, "https://national.example", "53");
        Assert.All(["speakers", "registrationUrl", "replayUrl", "placeName"], field => Assert.Empty(form[field]));
    }

    [Fact]
    public void What_is_for_teams_is_named_without_a_link() => Assert.Equal(
        "D’après « Entre nous », de Logistique Seine Normandie.",
        TakenUpText.Of(Item(new Event { Nonce = "", Title = "Entre nous", Visibility = Visibility.Staff, Sessions = [] }), Kinds.Event,
            "https://national.example", "53")["text"].Replace('\u00a0', ' '));

    [Fact]
    public void A_sheet_keeps_the_address_among_its_related_ones() => Assert.Equal("https://national.example/evenements/lsn-9",
        TakenUpText.Of(Item(Webinar), Kinds.BestPractice, "https://national.example", "53")["related"]);

    private static NationalItem Item(PublishedItem item) => new("lsn-9", Directories.Two.Clusters[1], item is Webinar
        ? Kinds.Webinar : Kinds.Event, item, DateTime.UnixEpoch);
}
