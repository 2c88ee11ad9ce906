using Interclustering.Contracts;

namespace Interclustering.Tests.Letters;

/// <summary>When, where, whose and what has become of it: each item in the words of a letter.</summary>
public sealed class LetterEntryTests
{
    [Fact]
    public void An_event_says_what_whose_when_and_where()
    {
        var entry = LetterTexts.Entry(LetterTexts.Visit with { CoOrganisers = ["lsn"] });
        Assert.Equal("Visite de site · Bretagne Supply Chain, Logistique Seine Normandie", entry.Who);
        Assert.Equal(["Jeudi 10 décembre 2026, 9 h – 12 h 30", "Quai Ouest, Rennes"], entry.Facts.Select(Plain));
        Assert.Equal(("https://interclustering.example/evenements/bsc-1", "Programme et inscription", null),
            (entry.Link, entry.Call, entry.Mark));
    }

    public static TheoryData<Event, string?, string> Times { get; } = new()
    {
        { With("2026-12-10", "2026-12-11"), null, "Jeudi 10 décembre 2026" },
        { With("2026-12-10", "2026-12-13"), null, "Du jeudi 10 au samedi 12 décembre 2026" },
        { With("2026-12-10T18:00:00", "2026-12-11T17:00:00"), null, "Du jeudi 10 au vendredi 11 décembre 2026" },
        { With("2026-12-10T09:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) }, null,
            "Jeudi 10 décembre 2026, 9 h, et 2 autres dates" },
        { With("2026-12-10T09:00:00", "2026-12-10T10:00:00") with { TimeZone = "America/Martinique" }, null,
            "Jeudi 10 décembre 2026, 14 h – 15 h, heure de Paris" },
        { With("2026-12-10T09:00:00") with { Status = EventStatus.Rescheduled }, null, "Nouvelle date : jeudi 10 décembre 2026, 9 h" },
        { With("2026-12-10T09:00:00") with { Status = EventStatus.Postponed }, null, "Reporté : la nouvelle date sera annoncée." },
        { With("2026-12-10T09:00:00") with { Status = EventStatus.Cancelled }, "Annulé", "Jeudi 10 décembre 2026, 9 h" },
        { With("2026-12-10T09:00:00") with { Full = true }, "Complet", "Jeudi 10 décembre 2026, 9 h" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Dates_are_said_in_words_with_what_has_become_of_them(Event happening, string? mark, string when)
    {
        var entry = LetterTexts.Entry(happening);
        Assert.Equal((mark, when), (entry.Mark, Plain(entry.Facts[0])));
    }

    [Fact]
    public void What_is_online_or_moved_there_has_no_place()
    {
        Assert.Equal("En ligne", LetterTexts.Entry(LetterTexts.Visit with { MovedOnline = true }).Facts[1]);
        Assert.Equal("Quai Ouest, Rennes, et en ligne",
            Plain(LetterTexts.Entry(LetterTexts.Visit with { Attendance = Attendance.Hybrid }).Facts[1]));
    }

    [Fact]
    public void What_is_for_members_has_title_and_days_only()
    {
        var entry = LetterTexts.Entry(LetterTexts.Visit with { Visibility = Visibility.Members }, withPicture: true);
        Assert.Equal("Réservé aux adhérents de Bretagne Supply Chain", Plain(entry.Who));
        Assert.Equal(["Jeudi 10 décembre 2026"], entry.Facts.Select(Plain));
        Assert.Equal((null, null), (entry.Summary, entry.Picture));
    }

    [Fact]
    public void A_sheet_is_read_and_a_webinar_that_is_over_is_seen_again()
    {
        Assert.Equal("Lire la fiche", LetterTexts.Entry(new BestPractice { Nonce = "", Title = "Mutualiser" }).Call);
        var replay = LetterTexts.Entry(new Webinar
        {
            Nonce = "",
            Title = "Canicules",
            Sessions = [new Session("1", "2026-11-03T11:00:00")],
            ReplayUrl = "https://video.example/1",
        });
        Assert.Equal(("Revoir le webinaire", 0), (replay.Call, replay.Facts.Count));
    }

    [Theory]
    [InlineData("http://bsc.example/quai.jpg", "Un quai")]
    [InlineData("javascript:alert(1)", "Un quai")]
    [InlineData("/quai.jpg", "Un quai")]
    [InlineData("https://bsc.example/quai.jpg", " ")]
    public void A_picture_without_https_or_without_words_is_left_out(string url, string alt) =>
        Assert.Null(LetterTexts.Entry(LetterTexts.Visit with { Image = new Picture(url, alt) }, withPicture: true).Picture);

    [Fact]
    public void Pictures_are_shown_only_where_they_are_wanted()
    {
        Assert.Null(LetterTexts.Entry(LetterTexts.Visit).Picture);
        Assert.Equal("Un quai à l’aube", LetterTexts.Entry(LetterTexts.Visit, withPicture: true).Picture?.Alt);
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private static Event With(string start, string? end = null) => new()
    {
        Nonce = "",
        Title = "Visite du quai",
        Sessions = [new Session("1", start, end)],
    };
}
