using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ical.Net.CalendarComponents;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.JointWebinars;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;
using Calendar = Ical.Net.Calendar;
using EventStatus = Interclustering.Contracts.EventStatus;

namespace Interclustering.IntegrationTests.MemberCalendars;

/// <summary>What a member's private calendar shows of the cluster, as another reader of calendars reads it.</summary>
public sealed partial class MemberCalendarTests : DossierPagesVisit
{
    private static readonly string Day = Iso(Today.AddDays(40));

    [Fact]
    public async Task An_event_is_confirmed_in_Paris_and_its_series_and_sessions_stand_one_by_one()
    {
        var subject = await PublishAsync(Morning("Visite du quai") with
        {
            Sessions =
            [
                new Session("1", Day + "T09:00:00", Day + "T12:00:00"),
                new Session("2", Day + "T22:00:00", Iso(Today.AddDays(41)) + "T00:00:00", "Soirée"),
            ],
            Place = new Place { Name = "Quai Ouest", City = "Rennes" },
            Summary = "Deux heures; trois au plus, à Rennes.",
        });
        await PublishAsync(Morning("Petit-déjeuner") with
        {
            Sessions = [new Session("1", Day)],
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []),
        });

        var calendar = await SubscribedAsync();
        var visit = Only(calendar, "Visite du quai");
        Assert.Equal(("CONFIRMED", "TRANSPARENT", "Europe/Paris"), (visit.Status, visit.Transparency, visit.Start!.TzId));
        Assert.Equal((At(Day + "T09:00:00"), At(Day + "T12:00:00")), (visit.Start.Value, visit.End!.Value));
        Assert.Equal($"{subject}-1@bsc.espace.interclustering", visit.Uid);
        Assert.Equal("Quai Ouest, Rennes", visit.Location);
        Assert.StartsWith("Deux heures; trois au plus, à Rennes.\n", visit.Description, StringComparison.Ordinal);
        Assert.Equal($"http://localhost/espace/bsc/publications/{subject}", visit.Url!.AbsoluteUri);
        // It ends at midnight, on the day after its last one.
        Assert.Equal(At(Iso(Today.AddDays(41)) + "T00:00:00"), Only(calendar, "Visite du quai — Soirée").End!.Value);
        var breakfasts = calendar.Events.Where(entry => entry.Summary == "Petit-déjeuner").ToList();
        Assert.All(breakfasts, entry => Assert.False(entry.Start!.HasTime));
        Assert.Equal((3, 3), (breakfasts.Count, breakfasts.Select(entry => entry.Uid).Distinct().Count()));
        Assert.Equal("Europe/Paris", Assert.Single(calendar.TimeZones).TzId);
    }

    [Fact]
    public async Task What_is_scheduled_is_there_and_a_cancelled_event_says_so_and_nothing_else_of_what_is_not_public_yet()
    {
        await PublishAsync(Ahead("Annulée") with { Status = EventStatus.Cancelled });
        await PublishAsync(Ahead("Reportée") with { Status = EventStatus.Postponed });
        await PublishAsync(Ahead("Pour les adhérents") with { Visibility = Visibility.Members });
        var withdrawn = await PublishAsync(Ahead("Retirée"));
        await PublishAsync(Morning("Passée") with { Sessions = [new Session("1", Iso(Today.AddDays(-91)) + "T09:00:00")] });
        await using (var db = Open())
        {
            var editor = new PublicationEditor(db, Journal, TimeProvider.System);
            await editor.WithdrawAsync(withdrawn, null, "Anne", Cancellation);
            db.AddRange(Draft("bsc-brouillon", "Brouillon", null), Draft("bsc-programmee", "Programmée", DateTime.UtcNow.AddDays(2)));
            await db.SaveChangesAsync(Cancellation);
        }

        var calendar = await SubscribedAsync();
        Assert.Equal(["Annulé : Annulée", "Pour les adhérents", "Programmée"], calendar.Events.Select(entry => entry.Summary).Order());
        Assert.Equal(("CANCELLED", "CONFIRMED"), (Only(calendar, "Annulé : Annulée").Status, Only(calendar, "Programmée").Status));
        Assert.StartsWith("Programmé : paraît", Only(calendar, "Programmée").Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_are_tentative_until_they_expire()
    {
        await HoldAsync("Assises", Day + "T09:00:00", Today, HoldPurposes.Option);
        await HoldAsync("Salon", Day, Today.AddDays(3), HoldPurposes.Avoid);
        await HoldAsync("Oubliée", Day, Today.AddDays(-1), HoldPurposes.Option);
        var calendar = await SubscribedAsync();
        Assert.Equal(["Option : Assises", "À éviter : Salon"], calendar.Events.Select(entry => entry.Summary).OrderDescending());
        Assert.All(calendar.Events, entry => Assert.Equal("TENTATIVE", entry.Status));
    }

    [Fact]
    public async Task Slots_wait_for_an_answer_until_it_is_given_and_the_chosen_one_stays()
    {
        var id = await InvitedAsync("Canicules");
        var asked = await SubscribedAsync();
        var slots = asked.Events.Where(entry => entry.Summary == "À répondre : Canicules").ToList();
        Assert.Equal([At(SlotIn(6)), At(SlotIn(7))], slots.Select(entry => entry.Start!.Value));
        Assert.All(slots, entry => Assert.Equal(("TENTATIVE", entry.Start!.Value.AddHours(1)), (entry.Status, entry.End!.Value)));
        var last = Only(asked, "Dernier jour pour répondre : Canicules");
        Assert.Equal((Today.AddDays(10).ToDateTime(TimeOnly.MinValue), false), (last.Start!.Value, last.Start.HasTime));

        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        Assert.Empty((await SubscribedAsync()).Events);

        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) });
        var chosen = Assert.Single((await SubscribedAsync()).Events);
        Assert.Equal(("Canicules", "CONFIRMED", At(SlotIn(6))), (chosen.Summary, chosen.Status, chosen.Start!.Value));
        Assert.Equal($"{id}@interclustering", chosen.Uid);
        Assert.EndsWith($"/espace/bsc/webinaires-communs/{id}", chosen.Url!.AbsoluteUri, StringComparison.Ordinal);

        await HearAsync("lsn", Fact(id, JointWebinarFacts.Cancelled) with { Text = "Intervenant souffrant" });
        var cancelled = Assert.Single((await SubscribedAsync()).Events);
        Assert.Equal((chosen.Uid, "CANCELLED"), (cancelled.Uid, cancelled.Status));
    }

    [Fact]
    public async Task A_declined_webinar_and_one_of_others_are_not_there()
    {
        var id = await InvitedAsync("Décliné");
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) });
        var others = $"lsn-{Guid.CreateVersion7()}";
        await HearAsync("lsn", Fact(others, JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Sans nous", 60, ["pil"], [SlotIn(6)], Iso(Today.AddDays(10))),
        });
        await InvitedAsync("Trop tard", deadline: Today.AddDays(-1));
        Assert.Empty((await SubscribedAsync()).Events);
    }

    [Fact]
    public async Task A_sheet_stands_on_the_day_by_which_it_has_to_be_read_again()
    {
        await PublishAsync(new BestPractice { Nonce = "", Title = "Mutualiser", ReviewedOn = Iso(Today), ReviewBy = Day });
        await PublishAsync(new BestPractice { Nonce = "", Title = "Sans date" });
        var entry = Assert.Single((await SubscribedAsync()).Events);
        Assert.Equal(("Fiche à relire : Mutualiser", At(Day), false), (entry.Summary, entry.Start!.Value, entry.Start.HasTime));
    }

    [Fact]
    public async Task English_has_English_words_and_long_lines_are_folded_between_letters()
    {
        await HoldAsync("Assises 🚚 " + new string('é', 90), Day, Today.AddDays(3), HoldPurposes.Option);
        var text = await FileAsync("/en");
        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        var entry = Assert.Single(Calendar.Load(text)!.Events);
        Assert.Equal("Hold: Assises 🚚 " + new string('é', 90), entry.Summary);
        Assert.Contains("/en/espace/bsc/options#", entry.Url!.OriginalString, StringComparison.Ordinal);
    }

    private static Event Ahead(string title) => Morning(title) with { Sessions = [new Session("1", Day + "T09:00:00")] };

    private static WorkingCopy Draft(string subject, string title, DateTime? publishAt) => new()
    {
        Subject = subject,
        Kind = Kinds.Event,
        State = PublicationState.Draft,
        Title = title,
        Data = PublicationText.Of(Ahead(title)),
        PublishAt = publishAt,
    };

    private async Task HoldAsync(string title, string start, DateOnly expires, string purpose)
    {
        await using var db = Open();
        await new PublicationEditor(db, Journal, TimeProvider.System).PublishAsync(null,
            new DateHold { Nonce = "", Title = title, Start = start, ExpiresOn = Iso(expires), Purpose = purpose }, "Anne", Cancellation);
    }

    private async Task<Calendar> SubscribedAsync() => Calendar.Load(Plain(await FileAsync()))!;

    /// <summary>What a new address of the team's first account brings, without signing in.</summary>
    private async Task<string> FileAsync(string language = "")
    {
        await SignInAsync(language: language);
        var page = await WordsOfAsync(await PostAsync($"{language}/espace/bsc/mon-calendrier", new Dictionary<string, string>()));
        var path = new Uri(Address().Match(page).Groups[1].Value).PathAndQuery;
        Cookies.Clear();
        var answer = await GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static CalendarEvent Only(Calendar calendar, string summary) =>
        Assert.Single(calendar.Events, entry => entry.Summary == summary);

    /// <summary>No-break spaces as plain ones.</summary>
    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private static DateTime At(string local) => DateTime.Parse(local, CultureInfo.InvariantCulture);

    [GeneratedRegex("id=\"adresse\" type=\"text\" readonly value=\"([^\"]+)\"")]
    private static partial Regex Address();
}
