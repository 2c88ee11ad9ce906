using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Sharing;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Publishing;

/// <summary>What a cluster hands on of a publication, and of which it hands on nothing.</summary>
public sealed class SharingKitTests
{
    private const string Site = "https://interclustering.example", Id = "bsc-1";
    private static readonly DateOnly Today = new(2026, 11, 30);

    private static readonly Event Visit = new()
    {
        Nonce = "",
        Title = "Visite du quai",
        Summary = "Deux heures entre les camions électriques.",
        Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:30:00")],
        Place = new Place { Name = "Quai Ouest", Street = "3 rue du Port", City = "Rennes" },
        RegistrationUrl = "https://inscription.example",
    };

    [Fact]
    public void The_text_of_an_event_says_what_when_where_and_where_to_go_on() => Assert.Equal(
        """
        Visite du quai

        Jeudi 10 décembre 2026, 9 h – 12 h 30
        Quai Ouest, Rennes

        Deux heures entre les camions électriques.

        Programme et inscription : https://interclustering.example/evenements/bsc-1
        À ajouter à votre agenda : https://interclustering.example/evenements/bsc-1.ics
        """, Text(Visit));

    [Fact]
    public void The_text_is_French_for_a_reader_of_English_too()
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Language.English, Language.English);
        try
        {
            Assert.Contains("Jeudi 10 décembre 2026", Text(Visit), StringComparison.Ordinal);
            Assert.True(Language.IsEnglish);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public void Sessions_of_one_day_are_one_time_and_other_days_are_counted()
    {
        Assert.Contains("Jeudi 10 décembre 2026, 9 h – 17 h, et 1 autre date\n", Text(Visit with
        {
            Sessions =
            [
                new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00"),
                new Session("2", "2026-12-10T14:00:00", "2026-12-10T17:00:00"), new Session("3", "2026-12-11T09:00:00"),
            ],
        }), StringComparison.Ordinal);
        Assert.Contains("Mardi 1er décembre 2026, 9 h, et 2 autres dates\n", Text(Visit with
        {
            Sessions = [new Session("1", "2026-10-06T09:00:00")],
            Recurrence = new Recurrence("FREQ=MONTHLY;BYDAY=1TU;COUNT=5", []),
        }), StringComparison.Ordinal);
        Assert.Contains("Du jeudi 10 au vendredi 11 décembre 2026\n", Text(Visit with
        {
            Sessions = [new Session("1", "2026-12-10", "2026-12-12")],
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_postponed_has_no_calendar_and_says_that_a_date_will_come()
    {
        var kit = Of(Visit with { Status = EventStatus.Postponed })!;
        Assert.Null(kit.Calendar);
        Assert.Contains("Reporté : la nouvelle date sera annoncée.", Plain(kit.Text), StringComparison.Ordinal);
        Assert.DoesNotContain(".ics", kit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("10 décembre", Plain(kit.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_over_has_no_calendar_and_invites_no_more()
    {
        var kit = Of(Visit with { Sessions = [new Session("1", "2026-10-06T09:00:00")] })!;
        Assert.Null(kit.Calendar);
        Assert.Contains("Plus d’informations : https://", Plain(kit.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Online_stands_where_the_place_would_and_a_new_date_says_so()
    {
        Assert.Contains("\nEn ligne\n", Text(Visit with { MovedOnline = true }), StringComparison.Ordinal);
        Assert.Contains("\nQuai Ouest, Rennes, et en ligne\n", Text(Visit with { Attendance = Attendance.Hybrid }),
            StringComparison.Ordinal);
        Assert.Contains("Nouvelle date : jeudi 10", Text(Visit with { Status = EventStatus.Rescheduled }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_has_neither_date_nor_calendar_and_its_first_sentence_where_it_has_no_summary()
    {
        var kit = SharingKit.Of(Copy(Kinds.BestPractice, new BestPractice
        {
            Nonce = "",
            Title = "Mutualiser les quais",
            Text = "Un quai **partagé** coûte moins. Voici comment.",
        }), Site, Today)!;
        Assert.Null(kit.Calendar);
        Assert.Equal(
            "Mutualiser les quais\n\nUn quai partagé coûte moins.\n\nÀ lire : https://interclustering.example/ressources/bsc-1",
            Plain(kit.Text));
    }

    [Fact]
    public void Nothing_is_handed_on_of_what_is_not_for_everyone_or_not_there()
    {
        Assert.Null(Of(Visit with { Status = EventStatus.Cancelled }));
        Assert.Null(Of(Visit with { Visibility = Visibility.Members }));
        Assert.Null(Of(Visit with { Visibility = Visibility.Staff }));
        Assert.Null(SharingKit.Of(Copy(Kinds.Event, Visit, PublicationState.Draft), Site, Today));
        Assert.Null(SharingKit.Of(Copy(Kinds.Event, Visit, PublicationState.Withdrawn), Site, Today));
    }

    private static SharingKit? Of(Event happening) => SharingKit.Of(Copy(Kinds.Event, happening), Site, Today);

    private static string Text(Event happening) => Plain(Of(happening)!.Text);

    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private static WorkingCopy Copy(string kind, PublishedItem item, string state = PublicationState.Published) => new()
    {
        Subject = Id,
        Kind = kind,
        State = state,
        Title = item.Title,
        Data = PublicationText.Of(item),
    };
}
