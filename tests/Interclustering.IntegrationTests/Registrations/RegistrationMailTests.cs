using Interclustering.Contracts;
using Interclustering.Node.Registrations;
using MimeKit;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>What people who registered are mailed, and what their calendars make of it.</summary>
public sealed class RegistrationMailTests : RegistrationVisit
{
    private const string One = "un@exemple.invalid", Two = "deux@exemple.invalid";

    [Fact]
    public async Task The_invitation_is_updated_and_taken_back_under_one_id_with_a_rising_number()
    {
        var id = await OpenAsync(new RegistrationTerms { Confirmation = "Accueil dès 8 h 45." });
        var link = await RegisterAsync(id, "Test Un", One);
        await KeepAsync();
        Assert.Contains("Accueil dès 8 h 45.", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
        Assert.Contains("Jeudi 10 décembre 2026", Sent.To(One)[^1].TextBody!.Replace('\u00a0', ' '), StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(id, item => item with { Sessions = [new Session("1", "2026-12-11T10:00:00", "2026-12-11T12:00:00")] });
        await KeepAsync();
        Assert.Contains("La date a changé", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
        Assert.Contains("Garder ou libérer ma place", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
        await PressAsync(link, "cancel");
        await SendMailsAsync();

        var entries = Sent.To(One).Select(CalendarOf).OfType<string>().ToList();
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], entries.Select(entry => ValueOf(entry, "METHOD")));
        Assert.Equal(["1", "2", "3"], entries.Select(entry => ValueOf(entry, "SEQUENCE")));
        Assert.Single(entries.Select(entry => ValueOf(entry, "UID")).Distinct());
        Assert.Contains("DTSTART;TZID=Europe/Paris:20261210T090000", entries[0], StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Europe/Paris:20261211T100000", entries[1], StringComparison.Ordinal);
        Assert.All(entries, entry => Assert.Contains(
            $"mailto:{One}", entry.Replace("\n ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(Sent.All.Count, Sent.All.Select(message => message.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Of_several_changes_within_half_an_hour_one_mail_tells_and_those_who_wait_hear_too()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        await RegisterAsync(id, "Test Un", One);
        await RegisterAsync(id, "Test Deux", Two);
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var before = Sent.All.Count;
        await ChangeAsync(id, item => item with { Place = new Place { City = "Rennes" } });
        await KeepAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await ChangeAsync(id, item => item with { Place = new Place { City = "Brest" } });
        await KeepAsync();
        Assert.Equal(before + 2, Sent.All.Count);
        Assert.Contains("Vous êtes toujours sur la liste d’attente.", Sent.To(Two)[^1].TextBody, StringComparison.Ordinal);
        Assert.Null(CalendarOf(Sent.To(Two)[^1]));

        Clock.Advance(TimeSpan.FromMinutes(21));
        await KeepAsync();
        Assert.Contains("Brest", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
        // What no one needs to know is no news.
        await ChangeAsync(id, item => item with { Summary = "Un résumé." });
        Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync();
        Assert.Equal(before + 4, Sent.All.Count);
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, "L’événement est annulé.")]
    [InlineData(EventStatus.Postponed, "L’événement est reporté.")]
    public async Task Who_is_registered_or_waits_hears_that_it_is_called_off(string status, string sentence)
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        await RegisterAsync(id, "Test Un", One);
        await RegisterAsync(id, "Test Deux", Two);
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(id, item => item with { Status = status, StatusReason = "La salle est fermée." });
        await KeepAsync();
        Assert.All((string[])[One, Two], email =>
        {
            Assert.Contains(sentence, Sent.To(email)[^1].TextBody, StringComparison.Ordinal);
            Assert.Contains("La salle est fermée.", Sent.To(email)[^1].TextBody, StringComparison.Ordinal);
        });
        Assert.Equal("CANCEL", ValueOf(CalendarOf(Sent.To(One)[^1])!, "METHOD"));
        Assert.Null(CalendarOf(Sent.To(Two)[^1]));
        Assert.Equal([RegistrationState.Registered, RegistrationState.Waiting], await StatesAsync(id));
    }

    [Fact]
    public async Task Reminders_come_the_day_before_and_an_hour_before_once_each_and_those_of_an_old_date_are_void()
    {
        var id = await OpenAsync(new RegistrationTerms());
        await RegisterAsync(id, "Test Un", One);
        await KeepAsync();
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 9, 8, 1, 0, TimeSpan.Zero));
        await KeepAsync();
        await KeepAsync();
        Assert.Equal("C’est demain : Visite d’entrepôt", Sent.SubjectsTo(One)[^1]);
        await ChangeAsync(id, item => item with { Sessions = [new Session("1", "2026-12-15T09:00:00")] });
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 10, 7, 30, 0, TimeSpan.Zero));
        await KeepAsync();
        Assert.Equal("Du nouveau : Visite d’entrepôt", Sent.SubjectsTo(One)[^1]);
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 14, 8, 1, 0, TimeSpan.Zero));
        await KeepAsync();
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 15, 7, 1, 0, TimeSpan.Zero));
        await KeepAsync();
        await KeepAsync();
        Assert.Equal(["C’est demain : Visite d’entrepôt", "C’est dans une heure : Visite d’entrepôt"], Sent.SubjectsTo(One).TakeLast(2));
        Assert.Equal(3, Sent.SubjectsTo(One).Count(subject => subject.StartsWith("C’est", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_was_registered_hears_once_of_the_replay_and_who_was_not_does_not()
    {
        var webinar = new Webinar
        {
            Nonce = "",
            Title = "Canicules",
            Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T10:00:00")],
            Registration = new RegistrationTerms { Places = 1 },
            RegistrationUrl = "https://espace.bsc.example/espace/bsc/inscription/x",
        };
        var id = await PublishAsync(webinar);
        await RegisterAsync(id, "Test Un", One);
        await RegisterAsync(id, "Test Deux", Two);
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 10, 10, 0, 0, TimeSpan.Zero));
        await KeepAsync();
        var before = Sent.All.Count;
        await EditAsync(id, webinar with
        {
            ReplayUrl = "https://replay.exemple.invalid/1",
            Slides = [new Link("Support", "https://supports.exemple.invalid/1")],
        });
        await KeepAsync();
        await KeepAsync();
        Assert.Equal(before + 1, Sent.All.Count);
        Assert.Equal("À revoir : Canicules", Sent.SubjectsTo(One)[^1]);
        Assert.Contains("https://replay.exemple.invalid/1", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
        Assert.Contains("https://supports.exemple.invalid/1", Sent.To(One)[^1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_about_a_state_that_is_over_is_not_sent()
    {
        var id = await OpenAsync(new RegistrationTerms());
        await AskAsync(id, "Test Un", One);
        await SendMailsAsync();
        var link = Sent.LinkTo(One);
        await PressAsync(link, "confirm");
        await PressAsync(link, "cancel");
        await SendMailsAsync();
        Assert.Equal(["Confirmez votre inscription : Visite d’entrepôt", "Inscription annulée : Visite d’entrepôt"],
            Sent.SubjectsTo(One));
    }

    [Fact]
    public async Task A_mail_server_that_is_away_gets_each_mail_later_and_a_page_in_English_writes_in_English()
    {
        var id = await OpenAsync(new RegistrationTerms());
        Sent.Refuses = new Interclustering.Node.Mail.MailRefusedException("Connection refused");
        var page = await (await GetAsync($"/en/espace/bsc/inscription/{id}")).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("First and last name", page, StringComparison.Ordinal);
        await SendAsync($"/en/espace/bsc/inscription/{id}",
            [KeyValuePair.Create("name", "Test Un"), KeyValuePair.Create("email", One)]);
        await SendMailsAsync();
        Sent.Refuses = null;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await SendMailsAsync();
        await SendMailsAsync();
        Assert.Equal(["Confirm your registration: Visite d’entrepôt"], Sent.SubjectsTo(One));
        Assert.Contains("/en/espace/bsc/mon-inscription/", Sent.To(One)[0].TextBody, StringComparison.Ordinal);
    }

    private static string? CalendarOf(MimeMessage message) => message.BodyParts.OfType<TextPart>()
        .FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar") && part.ContentType.Parameters.Contains("method"))?.Text
            .ReplaceLineEndings("\n");

    private static string ValueOf(string entry, string name) =>
        entry.Split('\n').First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
}
