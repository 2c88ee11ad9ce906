using System.Net;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>The team sets how one registers, and looks after those who have.</summary>
public sealed class RegistrationListTests : RegistrationVisit
{
    [Fact]
    public async Task The_team_opens_registration_and_the_event_leads_to_the_form()
    {
        await SignInAsync();
        var id = await PublishAsync(Morning());
        var page = await WordsOfAsync(await GetAsync(PathOf(id)));
        Assert.Contains("Tenir les inscriptions ici", page, StringComparison.Ordinal);
        var saved = await PostAsync($"{PathOf(id)}/reglages", Terms(("places", "50"), ("waitingPlaces", "0"), ("seats", "2"),
            ("closes", "2026-12-09T18:00"), ("ask-company", "mandatory"), ("ask-diet", "optional")), from: PathOf(id));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var item = (Event)PublicationText.Read(Kinds.Event, (await CopyAsync(id)).Data);
        Assert.Equal((50, 0, 2, "2026-12-09T18:00:00"), (item.Registration!.Places, item.Registration.WaitingPlaces,
            item.Registration.SeatsPerPerson, item.Registration.Closes));
        Assert.Equal([new RegistrationField("company", true), new RegistrationField("diet")], item.Registration.Fields);
        Assert.EndsWith($"/espace/bsc/inscription/{id}", item.RegistrationUrl, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"/espace/bsc/inscription/{id}")).StatusCode);

        // Empty is unlimited, 0 is none.
        await PostAsync($"{PathOf(id)}/reglages", Terms(("places", ""), ("waitingPlaces", ""), ("seats", "1"), ("version", "2")),
            from: PathOf(id));
        item = (Event)PublicationText.Read(Kinds.Event, (await CopyAsync(id)).Data);
        Assert.Equal(((int?)null, (int?)null, 0), (item.Registration!.Places, item.Registration.WaitingPlaces,
            item.Registration.Fields.Count));
    }

    [Theory]
    [InlineData("places", "-1")]
    [InlineData("places", "beaucoup")]
    [InlineData("waitingPlaces", "100001")]
    [InlineData("seats", "6")]
    [InlineData("opens", "demain")]
    [InlineData("closes", "2026-02-30T10:00")]
    public async Task What_can_not_stand_is_said_and_nothing_is_published(string field, string typed)
    {
        await SignInAsync();
        var id = await PublishAsync(Morning());
        var fields = Terms(("seats", "1")).Where(each => each.Key != field).Append(KeyValuePair.Create(field, typed)).ToList();
        var answer = await PostAsync($"{PathOf(id)}/reglages", fields, from: PathOf(id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await WordsOfAsync(answer);
        Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
        Assert.Contains(typed, page, StringComparison.Ordinal);
        Assert.Equal(1, (await CopyAsync(id)).Revision);
    }

    [Fact]
    public async Task The_list_shows_who_has_registered_adds_removes_with_a_reason_and_moves_up()
    {
        await SignInAsync();
        var id = await OpenAsync(new RegistrationTerms { Places = 1, Fields = [new(RegistrationFields.Company)] });
        await RegisterAsync(id, "Test Un", "un@exemple.invalid", ("company", "Entreprise Un"));
        var added = await PostAsync($"{PathOf(id)}/ajouter",
            [KeyValuePair.Create("name", "Test Deux"), KeyValuePair.Create("email", "deux@exemple.invalid")], from: PathOf(id));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var page = await WordsOfAsync(await GetAsync(PathOf(id)));
        Assert.Contains("Complet, 1 en attente", page, StringComparison.Ordinal);
        Assert.Contains("La liste d’attente n’avance pas : aucune place n’est libre.", page, StringComparison.Ordinal);
        Assert.Contains("Entreprise Un", page, StringComparison.Ordinal);

        await using var db = Open();
        var rows = await db.Registrations.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancellation);
        var refused = await PostAsync($"{PathOf(id)}/{rows[1].Id}", [KeyValuePair.Create("do", "move-up")], from: PathOf(id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        refused = await PostAsync($"{PathOf(id)}/{rows[0].Id}", [KeyValuePair.Create("do", "remove")], from: PathOf(id));
        Assert.Contains("Dites pourquoi", await WordsOfAsync(refused), StringComparison.Ordinal);
        await PostAsync($"{PathOf(id)}/{rows[0].Id}",
            [KeyValuePair.Create("do", "remove"), KeyValuePair.Create("reason", "Visite réservée aux adhérents.")], from: PathOf(id));
        await SendMailsAsync();
        Assert.Equal([RegistrationState.Removed, RegistrationState.Registered], await StatesAsync(id));
        Assert.Contains("Visite réservée aux adhérents.", Sent.To("un@exemple.invalid")[^1].TextBody, StringComparison.Ordinal);

        // Who was taken out is told so, and not registered again by the form.
        await AskAsync(id, "Test Un", "un@exemple.invalid");
        await SendMailsAsync();
        Assert.Contains("a retiré votre inscription", Sent.To("un@exemple.invalid")[^1].TextBody, StringComparison.Ordinal);
        Assert.Equal(RegistrationState.Removed, (await StatesAsync(id))[0]);
    }

    [Fact]
    public async Task The_table_opens_in_a_spreadsheet_and_holds_no_formula()
    {
        await SignInAsync();
        var id = await OpenAsync(new RegistrationTerms { Fields = [new(RegistrationFields.Company)] });
        await RegisterAsync(id, "=HYPERLINK(\"x\")", "un@exemple.invalid", ("company", "+33; \"A\""));
        var bytes = await (await GetAsync($"{PathOf(id)}/liste.csv")).Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("Nom;Adresse électronique;État;Places", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"'=HYPERLINK(\"\"x\"\")\";un@exemple.invalid;inscrit;1", lines[1], StringComparison.Ordinal);
        Assert.Contains("'+33; \"\"A\"\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_there_is_ticked_and_a_reader_of_the_workspace_sees_no_names()
    {
        var id = await OpenAsync(new RegistrationTerms { SeatsPerPerson = 2 });
        await RegisterAsync(id, "Test Un", "un@exemple.invalid", ("seats", "2"));
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync(PathOf(id))).StatusCode);
        await SignInAsync();
        await using var db = Open();
        var row = await db.Registrations.AsNoTracking().SingleAsync(Cancellation);
        await PostAsync($"{PathOf(id)}/pointage",
            [KeyValuePair.Create("registration", row.Id.ToString()), KeyValuePair.Create("present", "yes")]);
        Assert.Contains("Présents : 1 sur 1", await WordsOfAsync(await GetAsync($"{PathOf(id)}/pointage")),
            StringComparison.Ordinal);
        var badges = await WordsOfAsync(await GetAsync($"{PathOf(id)}/badges"));
        Assert.Contains("<strong>Test Un</strong>", badges, StringComparison.Ordinal);
        Assert.Contains("<strong>Avec Test Un</strong>", badges, StringComparison.Ordinal);
        await db.Users.ExecuteUpdateAsync(member => member.SetProperty(each => each.Role, "reader"), Cancellation);
        Assert.DoesNotContain("Test Un", await WordsOfAsync(await GetAsync(PathOf(id))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync($"{PathOf(id)}/liste.csv")).StatusCode);
    }

    [Fact]
    public async Task Registration_is_not_stopped_here_while_people_are_registered()
    {
        await SignInAsync();
        var id = await OpenAsync(new RegistrationTerms());
        var link = await RegisterAsync(id, "Test Un", "un@exemple.invalid");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StopAsync(id));
        await PressAsync(link, "cancel");
        Assert.Equal(HttpStatusCode.Redirect, await StopAsync(id));
        var item = (Event)PublicationText.Read(Kinds.Event, (await CopyAsync(id)).Data);
        Assert.Equal((null, null), (item.Registration, item.RegistrationUrl));
    }

    [Fact]
    public async Task Who_can_not_be_added_as_all_is_full_stays_as_they_were()
    {
        await SignInAsync();
        var id = await OpenAsync(new RegistrationTerms { Places = 1, WaitingPlaces = 0 });
        await PressAsync(await RegisterAsync(id, "Test Un", "un@exemple.invalid"), "cancel");
        await RegisterAsync(id, "Test Deux", "deux@exemple.invalid");
        await using var db = Open();
        var before = await db.Registrations.AsNoTracking().OrderBy(row => row.Id).FirstAsync(Cancellation);
        var refused = await PostAsync($"{PathOf(id)}/ajouter",
            [KeyValuePair.Create("name", "Autre nom"), KeyValuePair.Create("email", "un@exemple.invalid")], from: PathOf(id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var after = await db.Registrations.AsNoTracking().OrderBy(row => row.Id).FirstAsync(Cancellation);
        Assert.Equal((before.Sealed, before.State, before.AskedAt, before.Revision),
            (after.Sealed, after.State, after.AskedAt, after.Revision));
    }

    [Fact]
    public async Task A_copy_of_the_event_does_not_lead_to_the_form_of_the_first_one()
    {
        await SignInAsync();
        var id = await OpenAsync(new RegistrationTerms());
        Assert.Contains($"/inscription/{id}", await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/{id}")), StringComparison.Ordinal);
        Assert.DoesNotContain($"/inscription/{id}", await WordsOfAsync(await GetAsync($"{NewEvent}?copie={id}")), StringComparison.Ordinal);
        var elsewhere = await PublishAsync(Morning() with { RegistrationUrl = "https://ailleurs.exemple.invalid/" });
        Assert.Contains("https://ailleurs.exemple.invalid/", await WordsOfAsync(await GetAsync($"{NewEvent}?copie={elsewhere}")),
            StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> StopAsync(string id) =>
        (await PostAsync($"{PathOf(id)}/arreter", new Dictionary<string, string>(), from: PathOf(id))).StatusCode;

    private static string PathOf(string id) => $"/espace/bsc/publications/{id}/inscriptions";

    private static List<KeyValuePair<string, string>> Terms(params (string Name, string Value)[] fields) =>
        [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            .. fields.Any(field => field.Name == "version") ? [] : new[] { KeyValuePair.Create("version", "1") }];
}
