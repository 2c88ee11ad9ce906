using Interclustering.Contracts;
using Interclustering.Node.Letters;
using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Letters;

/// <summary>What a letter has said, and what has become of it since.</summary>
public sealed class LetterCorrectionTests
{
    private static readonly DateTime SentAt = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static readonly Event Visit = LetterTexts.Visit;

    public static TheoryData<string, Event?, string?> Changes { get; } = new()
    {
        { EventStatus.Confirmed, Visit, null },
        { EventStatus.Confirmed, Visit with { Title = "Autre titre", Full = true }, null },
        { EventStatus.Confirmed, On("2026-12-17T09:00:00"), nameof(LetterChange.Moved) },
        { EventStatus.Confirmed, On("2026-12-10T14:00:00"), nameof(LetterChange.Moved) },
        { EventStatus.Confirmed, On("2026-12-17T09:00:00") with { Status = EventStatus.Rescheduled }, nameof(LetterChange.Moved) },
        { EventStatus.Rescheduled, Visit, null },
        { EventStatus.Confirmed, Visit with { Status = EventStatus.Cancelled }, nameof(LetterChange.Cancelled) },
        { EventStatus.Confirmed, Visit with { Status = EventStatus.Postponed }, nameof(LetterChange.Postponed) },
        { EventStatus.Confirmed, null, nameof(LetterChange.Withdrawn) },
        { EventStatus.Cancelled, Visit with { Status = EventStatus.Cancelled }, null },
        { EventStatus.Cancelled, Visit, nameof(LetterChange.Maintained) },
        { EventStatus.Postponed, On("2027-01-14T09:00:00") with { Status = EventStatus.Rescheduled }, nameof(LetterChange.Maintained) },
        { LetterItem.Withdrawn, null, null },
        { LetterItem.Withdrawn, Visit, nameof(LetterChange.Maintained) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_told_and_what_still_holds_is_not(string told, Event? now, string? change) =>
        Assert.Equal(change, Of(told, now)?.Change.ToString());

    [Fact]
    public void Of_a_series_the_date_that_was_named_counts()
    {
        var series = Visit with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) };
        Assert.Null(Of(EventStatus.Confirmed, series));
        Assert.Equal(LetterChange.Moved, Of(EventStatus.Confirmed, series with
        {
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", ["2026-12-10T09:00:00"]),
        })?.Change);
    }

    [Fact]
    public void Of_several_dates_that_are_ahead_the_first_four_are_named()
    {
        Session At(int number, string day) => new($"{number}", day + "T14:00:00", day + "T16:30:00");
        var sessions = (Session[])[At(1, "2026-12-18"), At(2, "2026-12-09")];
        Assert.Equal("Dates désormais : mercredi 9 décembre 2026, 14 h – 16 h 30 ; vendredi 18 décembre 2026, 14 h – 16 h 30",
            FactsOf(Visit with { Sessions = sessions }, out _).ElementAt(1));
        var many = Visit with { Sessions = [At(1, "2026-12-18")], Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=9", []) };
        Assert.EndsWith("vendredi 8 janvier 2027, 14 h – 16 h 30…", FactsOf(many, out _).ElementAt(1), StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_date_and_the_new_one_are_named()
    {
        Assert.Equal(["Était annoncé : jeudi 10 décembre 2026, 9 h", "Nouvelle date : jeudi 17 décembre 2026, 9 h", "Quai Ouest, Rennes"],
            FactsOf(On("2026-12-17T09:00:00") with { Status = EventStatus.Rescheduled }, out var mark));
        Assert.Equal("Nouvelle date", mark);
    }

    [Fact]
    public void What_is_cancelled_or_withdrawn_names_the_date_that_no_longer_holds()
    {
        Assert.Equal(["Était annoncé : jeudi 10 décembre 2026, 9 h"],
            FactsOf(Visit with { Status = EventStatus.Cancelled, StatusReason = "Grève." }, out var mark));
        Assert.Equal("Annulé", mark);
        Assert.Equal(["Était annoncé : jeudi 10 décembre 2026, 9 h"], FactsOf(null, out mark));
        Assert.Equal("Retiré du programme", mark);
    }

    [Fact]
    public void Once_it_is_told_it_is_not_told_again_until_it_changes_again()
    {
        var cancelled = Visit with { Status = EventStatus.Cancelled };
        var said = Of(EventStatus.Confirmed, cancelled)!.Said(Guid.NewGuid(), 1, LetterTexts.Today);
        Assert.Equal((EventStatus.Cancelled, "2026-12-10T09:00:00", new DateOnly(2026, 12, 10)), (said.Status, said.Start, said.LastDay));
        Assert.Null(LetterCorrection.Of(said, SentAt, Item(cancelled), LetterTexts.Today));
        var moved = On("2026-12-17T09:00:00");
        var next = Of(EventStatus.Confirmed, moved)!.Said(Guid.NewGuid(), 1, LetterTexts.Today);
        Assert.Equal("2026-12-17T09:00:00", next.Start);
        Assert.Null(LetterCorrection.Of(next, SentAt, Item(moved), LetterTexts.Today));
        Assert.NotNull(LetterCorrection.Of(next, SentAt, Item(Visit), LetterTexts.Today));
    }

    [Fact]
    public void A_members_date_is_a_day()
    {
        var members = Visit with { Visibility = Visibility.Members };
        var told = Told(EventStatus.Confirmed);
        told.Start = "2026-12-10";
        Assert.Null(LetterCorrection.Of(told, SentAt, Item(members), LetterTexts.Today));
        var moved = LetterCorrection.Of(told, SentAt, Item(On("2026-12-17T09:00:00") with { Visibility = Visibility.Members }),
            LetterTexts.Today)!;
        Assert.Equal("2026-12-17", moved.Said(Guid.NewGuid(), 1, LetterTexts.Today).Start);
        Assert.Equal(["Était annoncé : jeudi 10 décembre 2026", "Nouvelle date : jeudi 17 décembre 2026"], FactsOf(moved));
    }

    private static IEnumerable<string> FactsOf(Event? now, out string? mark)
    {
        var correction = Of(EventStatus.Confirmed, now)!;
        mark = Language.InFrench(() => correction.Announce(LetterTexts.Today, LetterTexts.Site, Directories.Two)).Mark;
        return FactsOf(correction);
    }

    private static IEnumerable<string> FactsOf(LetterCorrection correction) => Language.InFrench(() =>
        correction.Announce(LetterTexts.Today, LetterTexts.Site, Directories.Two)).Facts.Select(fact => fact.Replace('\u00a0', ' '));

    private static LetterCorrection? Of(string told, Event? now) =>
        LetterCorrection.Of(Told(told), SentAt, now is null ? null : Item(now), LetterTexts.Today);

    private static LetterItem Told(string status) => new()
    {
        Letter = Guid.NewGuid(),
        Subject = "bsc-1",
        Position = 1,
        Kind = Kinds.Event,
        Title = "Visite du quai",
        Start = "2026-12-10T09:00:00",
        LastDay = new DateOnly(2026, 12, 10),
        Status = status,
    };

    private static Event On(string start) => Visit with { Sessions = [new Session("1", start)] };

    private static NationalItem Item(Event now) => new("bsc-1", Directories.Two.Find("bsc")!, Kinds.Event, now, SentAt) { Revision = 2 };
}
