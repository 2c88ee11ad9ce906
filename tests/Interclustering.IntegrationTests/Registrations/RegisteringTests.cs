using System.Net;
using Interclustering.Contracts;
using Interclustering.Node.Mail;
using Interclustering.Node.PersonalData;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>A person registers, waits, moves up and gives up, by the public pages and the mails alone.</summary>
public sealed class RegisteringTests : RegistrationVisit
{
    [Fact]
    public async Task One_mail_with_a_link_confirms_and_opening_the_link_changes_nothing()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 2 });
        var form = await GetAsync($"/espace/bsc/inscription/{id}");
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.False(form.Headers.Contains("Set-Cookie"));
        Assert.Contains("Il reste 2 places.", await WordsOfAsync(form), StringComparison.Ordinal);

        var asked = await AskAsync(id, "Test Un", "un@exemple.invalid");
        Assert.Equal($"/espace/bsc/inscription/{id}/envoyee", asked.Headers.Location!.ToString());
        await SendMailsAsync();
        var link = Sent.LinkTo("un@exemple.invalid");
        for (var times = 0; times < 3; times++)
        {
            Assert.Contains("Confirmer mon inscription", await PageOfAsync(link), StringComparison.Ordinal);
        }

        Assert.Equal([RegistrationState.Unconfirmed], await StatesAsync(id));
        Assert.Contains("Il reste 2 places.", await WordsOfAsync(await GetAsync($"/espace/bsc/inscription/{id}")),
            StringComparison.Ordinal);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(HttpStatusCode.Redirect, (await PressAsync(link, "confirm")).StatusCode);
        }

        await SendMailsAsync();
        await SendMailsAsync();
        Assert.Contains("Vous êtes inscrit.", await PageOfAsync(link), StringComparison.Ordinal);
        Assert.Equal(["Confirmez votre inscription : Visite d’entrepôt", "Inscription confirmée : Visite d’entrepôt"],
            Sent.SubjectsTo("un@exemple.invalid"));
    }

    [Fact]
    public async Task The_same_address_is_one_registration_and_the_answer_does_not_tell()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 5 });
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        var known = await AskAsync(id, "Test Un bis", "UN@exemple.invalid");
        var fresh = await AskAsync(id, "Test Deux", "deux@exemple.invalid");
        Assert.Equal(fresh.Headers.Location, known.Headers.Location);
        Assert.Equal(await WordsOfAsync(await GetAsync(fresh.Headers.Location!.ToString())),
            await WordsOfAsync(await GetAsync(known.Headers.Location!.ToString())));
        await SendMailsAsync();
        Assert.Equal([RegistrationState.Registered, RegistrationState.Unconfirmed], await StatesAsync(id));
        Assert.Equal("Votre inscription : Visite d’entrepôt", Sent.SubjectsTo("un@exemple.invalid")[^1]);
        Assert.Contains("Vous êtes déjà inscrit", Sent.To("un@exemple.invalid")[^1].TextBody, StringComparison.Ordinal);

        // Asking over and over sends no mail each time.
        await AskAsync(id, "Test Un", "un@exemple.invalid");
        await AskAsync(id, "Test Deux", "deux@exemple.invalid");
        await SendMailsAsync();
        Assert.Equal(3, Sent.To("un@exemple.invalid").Count);
        Assert.Single(Sent.To("deux@exemple.invalid"));

        // Later it does, by a mail of its own.
        Clock.Advance(TimeSpan.FromMinutes(11));
        await AskAsync(id, "Test Un", "un@exemple.invalid");
        await SendMailsAsync();
        Assert.Equal(4, Sent.To("un@exemple.invalid").Select(mail => mail.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Who_waits_moves_up_in_order_when_a_seat_is_given_up_twice()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        var first = await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        var second = await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        var third = await RegisterAsync(id, "Test Trois", "trois@exemple.invalid");
        Assert.Contains("liste d’attente, et vous n’êtes pas encore inscrit", await PageOfAsync(second), StringComparison.Ordinal);

        await PressAsync(first, "cancel");
        await PressAsync(first, "cancel");
        await SendMailsAsync();
        Assert.Equal([RegistrationState.Cancelled, RegistrationState.Registered, RegistrationState.Waiting], await StatesAsync(id));
        Assert.Equal("Une place s’est libérée : Visite d’entrepôt", Sent.SubjectsTo("deux@exemple.invalid")[^1]);

        // Moved up and cancelled: not moved up again; and coming back is at the end.
        await PressAsync(second, "cancel");
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await KeepAsync();
        Assert.Equal([RegistrationState.Waiting, RegistrationState.Cancelled, RegistrationState.Registered], await StatesAsync(id));
        Assert.Contains("Vous êtes inscrit.", await PageOfAsync(third), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raising_the_limit_moves_up_and_tells_and_lowering_keeps_everyone()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        await ChangeAsync(id, item => item with { Registration = item.Registration! with { Places = 2 } });
        await KeepAsync();
        Assert.Equal("Une place s’est libérée : Visite d’entrepôt", Sent.SubjectsTo("deux@exemple.invalid")[^1]);

        await ChangeAsync(id, item => item with { Registration = item.Registration! with { Places = 0 } });
        await KeepAsync();
        Assert.Equal([RegistrationState.Registered, RegistrationState.Registered], await StatesAsync(id));
        var form = await WordsOfAsync(await GetAsync($"/espace/bsc/inscription/{id}"));
        Assert.Contains("Complet : vous pouvez vous mettre sur la liste d’attente.", form, StringComparison.Ordinal);
        Assert.Equal((2, 0, 0), await CountAsync(id));
    }

    [Fact]
    public async Task Counts_travel_without_a_name()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1, SeatsPerPerson = 2, Fields = [new(RegistrationFields.Company)] });
        await RegisterAsync(id, "Test Secret", "secret@exemple.invalid", ("company", "Entreprise Secret"));
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid", ("seats", "2"));
        await KeepAsync();
        Assert.Equal((1, 2, 1), await CountAsync(id));
        await using var db = Open();
        var rows = await db.Publications.AsNoTracking().Select(row => row.Data).ToListAsync(Cancellation);
        Assert.All(rows, data => Assert.DoesNotContain("ecret", data ?? "", StringComparison.Ordinal));
        var kept = await db.Registrations.AsNoTracking().ToListAsync(Cancellation);
        Assert.All(kept, row => Assert.DoesNotContain("ecret", row.Sealed + row.AddressKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_was_open_counts_for_five_minutes_after_the_end_and_then_keeps_its_answers_on_the_page()
    {
        var id = await OpenAsync(new RegistrationTerms { Closes = "2026-12-01T09:00:00" });
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 7, 59, 0, TimeSpan.Zero));
        var path = $"/espace/bsc/inscription/{id}";
        var page = await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation);
        var stamp = page.Split("name=\"stamp\" value=\"")[1].Split('"')[0];
        KeyValuePair<string, string>[] typed =
        [
            new("name", "Test Un"), new("email", "un@exemple.invalid"), new("stamp", stamp),
        ];
        Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(path, typed)).StatusCode);
        // Without the page it was never open.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(path, typed[..2])).StatusCode);
        Clock.Advance(TimeSpan.FromMinutes(3));
        typed[1] = new("email", "deux@exemple.invalid");
        var late = await WordsOfAsync(await SendAsync(path, typed));
        Assert.Contains("Les inscriptions sont closes.", late, StringComparison.Ordinal);
        Assert.Contains("deux@exemple.invalid", late, StringComparison.Ordinal);
        Assert.Equal([RegistrationState.Unconfirmed], await StatesAsync(id));

        // Asked for in time, it is confirmed later; and giving up is always possible.
        await SendMailsAsync();
        var link = Sent.LinkTo("un@exemple.invalid");
        await PressAsync(link, "confirm");
        Assert.Equal([RegistrationState.Registered], await StatesAsync(id));
        Clock.Advance(TimeSpan.FromDays(3));
        await PressAsync(link, "cancel");
        Assert.Equal([RegistrationState.Cancelled], await StatesAsync(id));
    }

    [Fact]
    public async Task Before_it_opens_one_reads_when_and_a_members_event_asks()
    {
        var id = await OpenAsync(new RegistrationTerms { Opens = "2026-12-02T10:00:00", MembersOnly = true });
        Assert.Contains("Les inscriptions ouvrent le mercredi 2 décembre 2026 à 10 h.",
            await WordsOfAsync(await GetAsync($"/espace/bsc/inscription/{id}")), StringComparison.Ordinal);
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero));
        var refused = await AskAsync(id, "Test Un", "un@exemple.invalid");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(id, "Test Un", "un@exemple.invalid", ("member", "on"))).StatusCode);
    }

    [Fact]
    public async Task Between_two_days_and_two_hours_before_a_seat_is_offered_and_goes_on_when_it_is_not_accepted()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        var first = await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        var second = await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        var third = await RegisterAsync(id, "Test Trois", "trois@exemple.invalid");
        // 10 December at nine in Paris is eight in UTC.
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 9, 8, 0, 0, TimeSpan.Zero));
        await PressAsync(first, "cancel");
        await SendMailsAsync();
        Assert.Equal("Une place vous est proposée : Visite d’entrepôt", Sent.SubjectsTo("deux@exemple.invalid")[^1]);
        Assert.Contains("Accepter la place", await PageOfAsync(second), StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromHours(12));
        await PressAsync(second, "accept");
        await KeepAsync();
        Assert.Equal([RegistrationState.Cancelled, RegistrationState.Lapsed, RegistrationState.Offered], await StatesAsync(id));
        await PressAsync(third, "accept");
        Assert.Equal(RegistrationState.Registered, (await StatesAsync(id))[2]);

        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 10, 6, 30, 0, TimeSpan.Zero));
        var late = await RegisterAsync(id, "Test Quatre", "quatre@exemple.invalid");
        await PressAsync(third, "cancel");
        await KeepAsync();
        Assert.Contains("pas encore inscrit", await PageOfAsync(late), StringComparison.Ordinal);
        Assert.DoesNotContain(Sent.SubjectsTo("quatre@exemple.invalid"), subject => subject.Contains("place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_are_registered_for_one_by_one()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1, PerSession = true },
            new Session("1", "2026-12-10T09:00:00"), new Session("2", "2026-12-17T09:00:00"));
        await AskAsync(id, "Test Un", "un@exemple.invalid", ("session", "1"), ("session", "2"));
        Assert.Equal([RegistrationState.Unconfirmed, RegistrationState.Unconfirmed], await StatesAsync(id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AskAsync(id, "Test Deux", "deux@exemple.invalid")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await AskAsync(id, "Test Deux", "deux@exemple.invalid", ("session", "3"))).StatusCode);
        // The first one is over, the second is not.
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 11, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await AskAsync(id, "Test Deux", "deux@exemple.invalid", ("session", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(id, "Test Deux", "deux@exemple.invalid", ("session", "2"))).StatusCode);
    }

    [Fact]
    public async Task Who_registered_for_a_session_that_is_taken_out_hears_that_it_is_off_and_the_others_hear_nothing()
    {
        Session[] sessions = [new("1", "2026-12-10T09:00:00"), new("2", "2026-12-17T09:00:00")];
        var id = await OpenAsync(new RegistrationTerms { PerSession = true }, sessions);
        var (one, two) = (await RegisterAsync(id, "Test Un", "un@exemple.invalid", ("session", "1")),
            await RegisterAsync(id, "Test Deux", "deux@exemple.invalid", ("session", "2")));
        await KeepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var before = Sent.All.Count;
        await ChangeAsync(id, item => item with { Sessions = [sessions[0]] });
        await KeepAsync();
        await KeepAsync();
        Assert.Equal(before + 1, Sent.All.Count);
        var told = Sent.To("deux@exemple.invalid")[^1].TextBody!.Replace('\u00a0', ' ');
        Assert.Contains("Cette séance est annulée.", told, StringComparison.Ordinal);
        Assert.Contains("Jeudi 17 décembre 2026", told, StringComparison.Ordinal);
        Assert.Contains("Cette séance est annulée.", await PageOfAsync(two), StringComparison.Ordinal);
        Assert.DoesNotContain("annulée", await PageOfAsync(one), StringComparison.Ordinal);
        Clock.SetUtcNow(new DateTimeOffset(2026, 12, 16, 8, 30, 0, TimeSpan.Zero));
        await KeepAsync();
        Assert.DoesNotContain(Sent.SubjectsTo("deux@exemple.invalid"), subject => subject.Contains("demain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "a@exemple.invalid", "name")]
    [InlineData("Test", "", "email")]
    [InlineData("Test", "pas une adresse", "email")]
    [InlineData("Test", "a@b", "email")]
    [InlineData("Test", "a@exemple.invalid, b@exemple.invalid", "email")]
    [InlineData("Test", "Test <a@exemple.invalid>", "email")]
    public async Task What_can_not_stand_is_said_beside_its_field_and_kept(string name, string email, string field)
    {
        var id = await OpenAsync(new RegistrationTerms());
        var answer = await AskAsync(id, name, email);
        var page = await WordsOfAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"id=\"{field}-erreur\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{(field == "name" ? email : name)}\"", page, StringComparison.Ordinal);
        Assert.Empty(await StatesAsync(id));
    }

    [Fact]
    public async Task A_program_that_fills_in_everything_registers_no_one_and_asks_too_often_from_one_address_are_refused()
    {
        var id = await OpenAsync(new RegistrationTerms());
        Assert.Equal(HttpStatusCode.Redirect,
            (await AskAsync(id, "Test", "a@exemple.invalid", ("website", "https://x.invalid"))).StatusCode);
        Assert.Empty(await StatesAsync(id));
        HttpStatusCode last = HttpStatusCode.OK;
        for (var asked = 0; asked < 60; asked++)
        {
            last = (await AskAsync(id, "Test", $"a{asked}@exemple.invalid")).StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task What_is_not_registered_for_here_is_not_found_and_a_forged_link_opens_nothing()
    {
        var id = await PublishAsync(Morning());
        foreach (var path in (string[])[$"/espace/bsc/inscription/{id}", "/espace/bsc/inscription/x", "/espace/bsc/mon-inscription/x"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(path, [KeyValuePair.Create("do", "confirm")])).StatusCode);
        }

        Assert.Equal($"/espace/bsc/inscription/{id}", (await GetAsync($"/inscription/{id}")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_request_without_confirmation_ends_after_a_day_and_names_go_ninety_days_after_the_event()
    {
        var id = await OpenAsync(new RegistrationTerms());
        var link = await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        await AskAsync(id, "Test Deux", "deux@exemple.invalid");
        Clock.Advance(TimeSpan.FromHours(25));
        await KeepAsync();
        Assert.Equal([RegistrationState.Registered], await StatesAsync(id));

        Clock.SetUtcNow(new DateTimeOffset(2027, 3, 11, 8, 0, 0, TimeSpan.Zero));
        await KeepAsync();
        await using var db = Open();
        var row = await db.Registrations.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal((RegistrationState.Registered, ""), (row.State, row.Sealed));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task An_address_that_the_mail_server_refuses_frees_its_seat_after_a_day()
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1 });
        await AskAsync(id, "Test Un", "un@exemple.invalid");
        await SendMailsAsync();
        await PressAsync(Sent.LinkTo("un@exemple.invalid"), "confirm");
        Sent.Refuses = new MailRefusedException("550 5.1.1 <un@exemple.invalid> unknown", null, 550);
        await SendMailsAsync();
        Sent.Refuses = null;
        await using (var db = Open())
        {
            Assert.Contains(await db.RegistrationNotices.AsNoTracking().ToListAsync(Cancellation), notice => notice.Failure == "550");
        }

        await KeepAsync();
        Assert.Equal([RegistrationState.Registered], await StatesAsync(id));
        Clock.Advance(TimeSpan.FromHours(25));
        await KeepAsync();
        Assert.Equal([RegistrationState.Cancelled], await StatesAsync(id));
    }

    [Theory]
    [InlineData("un@exemple.invalid")]
    [InlineData("TEST UN")]
    public async Task An_export_holds_what_a_person_said_and_an_erasure_frees_the_seat(string asked)
    {
        var id = await OpenAsync(new RegistrationTerms { Places = 1, Fields = [new(RegistrationFields.Company)] });
        await RegisterAsync(id, "Test Un", "un@exemple.invalid", ("company", "Entreprise Un"));
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        await using var db = Open();
        var person = await (await KnownPerson.FindAsync(db, "bsc", asked, Cancellation))
            .WithRegistrationsAsync(db, "bsc", Service<RegistrationSeal>(), Cancellation);
        var told = (await PersonExport.ReadAsync(db, person, Cancellation)).ToJsonString();
        Assert.Contains("Entreprise Un", told, StringComparison.Ordinal);
        Assert.DoesNotContain("deux@exemple.invalid", told, StringComparison.Ordinal);

        await PersonErasure.RunAsync(db, new PublicationEditor(db, Journal, Clock), person, Cancellation);
        await KeepAsync();
        Assert.Equal([RegistrationState.Registered], await StatesAsync(id));
        Assert.Equal("Une place s’est libérée : Visite d’entrepôt", Sent.SubjectsTo("deux@exemple.invalid")[^1]);
        Assert.False(await db.RegistrationNotices.AnyAsync(
            notice => !db.Registrations.Any(row => row.Id == notice.Registration), Cancellation));
    }

    private async Task<(int Registered, int Waiting, int Places)> CountAsync(string id)
    {
        await using var db = Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Kind == Kinds.RegistrationCount, Cancellation);
        var said = (RegistrationCount)PublicationText.Read(copy.Kind, copy.Data);
        Assert.Equal(id, said.Event);
        var count = Assert.Single(said.Counts);
        return (count.Registered, count.Waiting, count.Places ?? -1);
    }
}
