using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Radar;

/// <summary>Holds on a date, the radar beside a form, and what waits, as staff meet them.</summary>
public sealed class HoldTests : WorkspaceVisit
{
    private const string Options = "/espace/bsc/options";

    private static DateOnly Soon { get; } = NextWorking(DateOnly.FromDateTime(Paris.Now).AddDays(60));

    [Fact]
    public async Task A_hold_is_placed_prolonged_once_and_let_go()
    {
        await SignInAsync();
        var placed = await PlaceAsync("Matinée du report modal");
        Assert.Equal(HttpStatusCode.Redirect, placed.StatusCode);
        var (copy, hold) = await OnlyAsync();
        Assert.Equal(DateOnly.FromDateTime(Paris.Now)
            .AddDays(7).DayNumber, DateOnly.Parse(hold.ExpiresOn, System.Globalization.CultureInfo.InvariantCulture).DayNumber, 1.0);
        Assert.Contains("Matinée du report modal", await WordsOfAsync(await GetAsync(Options)), StringComparison.Ordinal);

        await PostAsync($"{Options}/{copy.Subject}/prolonger", new Dictionary<string, string>(), Options);
        await PostAsync($"{Options}/{copy.Subject}/prolonger", new Dictionary<string, string>(), Options);
        var (_, longer) = await OnlyAsync();
        Assert.True(longer.Prolonged);
        Assert.Equal(7, Days(longer) - Days(hold));
        Assert.DoesNotContain("Prolonger de 7 jours", await WordsOfAsync(await GetAsync(Options)), StringComparison.Ordinal);

        await PostAsync($"{Options}/{copy.Subject}/liberer", new Dictionary<string, string>(), Options);
        Assert.Equal(PublicationState.Withdrawn, (await CopyAsync(copy.Subject)).State);
        Assert.Contains("aucune option en cours", await WordsOfAsync(await GetAsync(Options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_is_placed()
    {
        await SignInAsync();
        var answer = await PostAsync(Options,
            new Dictionary<string, string> { ["title"] = "", ["date"] = "2020-01-01", ["end"] = "9:00", ["until"] = "2019-01-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.All(["titre de travail", "un jour à venir", "La fin vient après", "L’heure de fin"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        await using var db = Open();
        Assert.Equal(0, await db.WorkingCopies.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_hold_becomes_an_event_and_is_gone()
    {
        await SignInAsync();
        await PlaceAsync("Devient un événement", start: "09:00", end: "12:00");
        var (copy, _) = await OnlyAsync();
        var form = await WordsOfAsync(await GetAsync($"{NewEvent}?option={copy.Subject}"));
        Assert.All([$"name=\"hold\" value=\"{copy.Subject}\"", "value=\"Devient un événement\"", $"value=\"{DateWords.Iso(Soon)}\"",
            "value=\"09:00\""], part => Assert.Contains(part, form, StringComparison.Ordinal));

        var published = await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["do"] = "publish",
            ["hold"] = copy.Subject,
            ["title"] = "Devient un événement",
            ["date"] = DateWords.Iso(Soon),
            ["start"] = "09:00",
            ["end"] = "12:00",
            ["endDate"] = "",
            ["label"] = "",
            ["sessionId"] = "",
            ["timeZone"] = "Europe/Paris",
            ["attendance"] = "on-site",
            ["visibility"] = "public",
            ["status"] = "confirmed",
            ["version"] = "0",
        });
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        Assert.Equal(PublicationState.Withdrawn, (await CopyAsync(copy.Subject)).State);
    }

    [Fact]
    public async Task The_radar_knows_what_was_published_here_and_by_others_and_what_was_withdrawn()
    {
        await SignInAsync();
        await PublishAsync(
            Morning("La nôtre") with { Sessions = [new Session("1", $"{DateWords.Iso(Soon)}T09:00:00")], Themes = [KnownThemes.Urban] });
        await TellAsync("lsn", new DateHold
        {
            Nonce = "n",
            Title = "La leur",
            Start = DateWords.Iso(Soon),
            ExpiresOn = DateWords.Iso(Soon),
            Themes = [KnownThemes.Urban]
        });
        var radar = $"/espace/bsc/radar?date={DateWords.Iso(Soon)}&themes={KnownThemes.Urban}";
        var page = await WordsOfAsync(await GetAsync(radar));
        var until = DateWords.Abbreviated(Soon).Replace('\u00a0', ' ');
        Assert.All(
            ["La leur", "La nôtre", $"Logistique Seine Normandie, option jusqu’au {until}, journée :", "même thème : Logistique urbaine",
                "Bretagne Supply Chain, événement publié, 9 h :", "Votre date", "À éviter", "data.education.gouv.fr"], words =>
                Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("La leur", await WordsOfAsync(await GetAsync($"/espace/bsc/calendrier?month={DateWords.Iso(Soon)[..7]}")),
            StringComparison.Ordinal);

        await TellAsync("lsn", null, revision: 2);
        Assert.DoesNotContain("La leur", await WordsOfAsync(await GetAsync(radar)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_radar_follows_a_series_further_when_a_month_has_begun()
    {
        await PublishAsync(Morning("La série") with
        {
            Sessions = [new Session("1", "2022-01-04T09:00:00")],
            Recurrence = new Recurrence("FREQ=WEEKLY;UNTIL=20991231T225959Z", ["2022-01-04T09:00:00"]),
        });
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        var agenda = new NationalAgenda(Directories.Two, clock, NullLogger<NationalAgenda>.Instance);
        var days = await DaysAsync();
        Assert.Equal((new DateOnly(2022, 1, 11), new DateOnly(2028, 12, 26)), (days[0], days[^1]));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([.. days, new DateOnly(2029, 1, 2), new(2029, 1, 9), new(2029, 1, 16), new(2029, 1, 23), new(2029, 1, 30)],
            await DaysAsync());

        async Task<IReadOnlyList<DateOnly>> DaysAsync()
        {
            await using var db = Open();
            return [.. (await agenda.ReadAsync(db, "bsc", Cancellation)).Engagements.Select(each => each.Time.Day)];
        }
    }

    [Fact]
    public async Task Two_clusters_on_one_date_are_told_at_once()
    {
        await SignInAsync();
        await PlaceAsync("Notre matinée");
        Assert.DoesNotContain("Parlez-vous", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
        await TellAsync(
            "lsn", new DateHold { Nonce = "n", Title = "Leur matinée", Start = DateWords.Iso(Soon), ExpiresOn = DateWords.Iso(Soon) });
        var page = await WordsOfAsync(await GetAsync("/espace/bsc"));
        Assert.Contains("a aussi une option", page, StringComparison.Ordinal);
        Assert.Contains("« Leur matinée »", page, StringComparison.Ordinal);

        using var telling = new NotifyOfSharedDates(
            new Nodes([Node]), new NationalAgenda(Directories.Two, TimeProvider.System, NullLogger<NationalAgenda>.Instance),
                Mails, TimeProvider.System, NullLogger<NotifyOfSharedDates>.Instance);
        await telling.RunAsync(Node, Cancellation);
        await telling.RunAsync(Node, Cancellation);
        await using var db = Open();
        var mail = Assert.Single(await db.Mails.ToListAsync(Cancellation));
        Assert.Equal(DemonstrationAccounts.EmailOf("bsc"), mail.To);
        Assert.Contains("Leur matinée", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_member_who_placed_a_hold_is_told_when_it_expires()
    {
        await SignInAsync();
        await PlaceAsync("Oubliée");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(9));
        using var expiring = new ExpireHolds(new Nodes([Node]), Mails, clock, NullLogger<ExpireHolds>.Instance);
        await expiring.RunAsync(Node, Cancellation);
        await expiring.RunAsync(Node, Cancellation);
        await using var db = Open();
        var mail = Assert.Single(await db.Mails.ToListAsync(Cancellation));
        Assert.Contains("Oubliée", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_hold_is_withdrawn_and_its_cluster_is_told()
    {
        await SignInAsync();
        await PlaceAsync("Oubliée");
        var (copy, hold) = await OnlyAsync();
        await using (var db = Open())
        {
            var expiry = DateOnly.Parse(hold.ExpiresOn, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Empty(await Holds.ExpiredAsync(db, expiry, Cancellation));
            Assert.Single(await Holds.ExpiredAsync(db, expiry.AddDays(1), Cancellation));
        }

        using var expiring = new ExpireHolds(
            new Nodes([Node]), Mails, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(9)), NullLogger<ExpireHolds>.Instance);
        await expiring.RunAsync(Node, Cancellation);

        Assert.Equal(PublicationState.Withdrawn, (await CopyAsync(copy.Subject)).State);
        Assert.Contains("est effacée, la date est libre pour tous", await WordsOfAsync(await GetAsync("/espace/bsc")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_listed_and_goes_when_it_is_done()
    {
        await SignInAsync();
        Assert.Contains("Rien à faire", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
        var day = DateWords.Iso(DateOnly.FromDateTime(Paris.Now).AddDays(5));
        var subject = await PublishAsync(
            Morning("Sans lien") with { Attendance = Attendance.Online, Sessions = [new Session("1", $"{day}T09:00:00")] });
        await PublishAsync(new BestPractice { Nonce = "", Title = "Vieille fiche", ReviewBy = "2020-01-31" });
        var page = await WordsOfAsync(await GetAsync("/espace/bsc"));
        Assert.Contains("Le lien pour participer en ligne manque", page, StringComparison.Ordinal);
        Assert.Contains("Fiche à relire depuis le vendredi 31 janvier 2020", page, StringComparison.Ordinal);

        await EditAsync(subject, Morning("Sans lien") with
        {
            Attendance = Attendance.Online,
            Sessions = [new Session("1", $"{day}T09:00:00")],
            OnlineUrl = "https://visio.example/1"
        });
        Assert.DoesNotContain("Le lien pour participer", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_a_free_day_of_the_radar_fills_the_form()
    {
        await SignInAsync();
        var answer = await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["slot"] = "2027-03-04",
            ["title"] = "Gardée",
            ["date"] = "2027-03-03",
            ["start"] = "",
            ["end"] = "",
            ["endDate"] = "",
            ["label"] = "",
            ["sessionId"] = "",
            ["version"] = "0",
        });
        var page = await WordsOfAsync(answer);
        Assert.Contains("value=\"2027-03-04\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Gardée\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_may_last_shorter_or_longer_but_not_for_ever()
    {
        await SignInAsync();
        foreach (var (typed, days) in new[] { ("3", 3), ("14", 14), ("400", 7) })
        {
            await PlaceAsync("Choisie", days: typed);
            var (copy, hold) = await OnlyAsync();
            Assert.Equal(Interclustering.Dates.ParisDay.Today(TimeProvider.System).AddDays(days).DayNumber, Days(hold));
            await using var db = Open();
            await db.WorkingCopies.Where(row => row.Subject == copy.Subject).ExecuteDeleteAsync(Cancellation);
        }
    }

    [Theory]
    [InlineData("slot", "2027-03-04", "value=\"2027-03-04\"")]
    [InlineData("do", "radar", "Votre date")]
    public async Task Without_script_the_radar_beside_a_hold_is_asked_and_places_nothing(string field, string value, string shown)
    {
        await SignInAsync();
        var page = await WordsOfAsync(
            await PostAsync(
            Options, new Dictionary<string, string> { [field] = value, ["title"] = "Gardée", ["date"] = DateWords.Iso(Soon) }));
        Assert.All([shown, "value=\"Gardée\""], part => Assert.Contains(part, page, StringComparison.Ordinal));
        await using var db = Open();
        Assert.False(await db.WorkingCopies.AnyAsync(Cancellation));
    }

    private static int Days(DateHold hold) => DateOnly.Parse(hold.ExpiresOn, System.Globalization.CultureInfo.InvariantCulture).DayNumber;

    private static DateOnly NextWorking(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || Interclustering.Dates.PublicHolidays.NameOf(day) is not null
            ? NextWorking(day.AddDays(1)) : day;

    private Task<HttpResponseMessage> PlaceAsync(string title, string start = "", string end = "", string days = "7") =>
        PostAsync(Options, new Dictionary<string, string>
        {
            ["title"] = title,
            ["date"] = DateWords.Iso(Soon),
            ["until"] = "",
            ["start"] = start,
            ["end"] = end,
            ["purpose"] = HoldPurposes.Option,
            ["scope"] = HoldScopes.Regional,
            ["days"] = days,
            ["themes"] = KnownThemes.Urban,
        });

    private async Task<(WorkingCopy Copy, DateHold Hold)> OnlyAsync()
    {
        await using var db = Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Kind == Kinds.DateHold, Cancellation);
        return (copy, (DateHold)PublicationText.Read(copy.Kind, copy.Data));
    }

    /// <summary>As the hub's journal would have told it.</summary>
    private async Task TellAsync(string cluster, DateHold? hold, long revision = 1)
    {
        const string Subject = "-0190d7a2-0000-7000-8000-000000000001";
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        var position = 1 + await db.Publications.Where(row => row.Journal == FederationDirectory.HubCode).Select(row => (long?)row.Position)
            .MaxAsync(Cancellation) ?? 1;
        await FoldedState.ApplyAsync(db, [new PublicationRow
        {
            Journal = FederationDirectory.HubCode, Subject = cluster + Subject, Cluster = cluster, Kind = hold is null
                ? Kinds.Withdrawn : Kinds.DateHold, Revision = revision, Digest = "d",
            Data = hold is null ? null : PublicationText.WithNonce(hold), PublishedAt = DateTime.UtcNow, RevisedAt = DateTime.UtcNow,
                Position = position, VisibleAt = DateTime.UtcNow,
        }], Cancellation);
        if (await db.Cursors.SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, Cancellation) is { } cursor)
        {
            cursor.Sequence = position;
        }
        else
        {
            db.Cursors.Add(
                new() { Journal = FederationDirectory.HubCode, Epoch = "e", Sequence = position, Hash = "h", HeardAt = DateTime.UtcNow });
        }

        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);
    }
}
