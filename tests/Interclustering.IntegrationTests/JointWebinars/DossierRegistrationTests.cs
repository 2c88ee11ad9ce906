using System.Net;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Registrations;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>Each cluster of a joint webinar registers its own people, with places of its own.</summary>
public sealed class DossierRegistrationTests : DossierPagesVisit
{
    [Fact]
    public async Task A_participant_opens_its_registration_and_the_webinar_names_it_beside_the_others()
    {
        var id = await AgreedAsync();
        await SignInAsync();
        var page = $"/espace/bsc/publications/{id}/inscriptions";
        // Before it is announced there is nothing to register for.
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(page)).StatusCode);
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with { Announcement = new Announcement("Canicules") });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.ParticipationSet) with
        {
            Participation = new Participation { RegistrationUrl = "https://lsn.example/inscription", Places = 80 },
        });
        Assert.Contains("Ou tenir les inscriptions ici", await ReadAsync($"{List}/{id}/preparation"), StringComparison.Ordinal);
        await PostAsync($"{List}/{id}/participation", new Dictionary<string, string> { ["shortText"] = "Une heure." },
            $"{List}/{id}/preparation");
        var saved = await PostAsync($"{page}/reglages", new Dictionary<string, string> { ["places"] = "1", ["seats"] = "1" }, page);
        Assert.Equal((HttpStatusCode.Redirect, page), (saved.StatusCode, saved.Headers.Location!.ToString()));

        var dossier = await DossierAsync(id);
        Assert.Equal((1, "Une heure."), (dossier.Participations["bsc"].Registration!.Places, dossier.Participations["bsc"].ShortText));
        var registrations = JointCalendar.Of(dossier)!.Webinar.Registrations!;
        Assert.Equal([("lsn", 80), ("bsc", 1)], registrations.Select(each => (each.Cluster, each.Places!.Value)));
        Assert.EndsWith($"/espace/bsc/inscription/{id}", registrations[1].Url, StringComparison.Ordinal);

        // The other fields are saved without touching it.
        Assert.Contains("Inscriptions tenues ici", await ReadAsync($"{List}/{id}/preparation"), StringComparison.Ordinal);
        await PostAsync($"{List}/{id}/participation", new Dictionary<string, string>
        {
            ["shortText"] = "Soixante minutes.",
            ["corrects"] = CorrectsOf(await ReadAsync($"{List}/{id}/preparation")),
        }, $"{List}/{id}/preparation");
        dossier = await DossierAsync(id);
        Assert.Equal((1, "Soixante minutes."),
            (dossier.Participations["bsc"].Registration!.Places, dossier.Participations["bsc"].ShortText));
        Assert.EndsWith($"/espace/bsc/inscription/{id}", dossier.Participations["bsc"].RegistrationUrl, StringComparison.Ordinal);

        foreach (var number in (int[])[1, 2])
        {
            await SendAsync($"/espace/bsc/inscription/{id}",
                [KeyValuePair.Create("name", $"Test {number}"), KeyValuePair.Create("email", $"test{number}@exemple.invalid")]);
        }

        await using var db = Open();
        var desk = new RegistrationDesk(db, Node, Service<RegistrationSeal>(), TimeProvider.System);
        var happening = (await RegistrableEvent.FindAsync(db, "bsc", id, Cancellation))!;
        foreach (var row in await db.Registrations.AsNoTracking().OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(Cancellation))
        {
            await desk.ConfirmAsync(happening, row, Cancellation);
        }

        Assert.Equal([RegistrationState.Registered, RegistrationState.Waiting], await db.Registrations.AsNoTracking()
            .OrderBy(row => row.Id).Select(row => row.State).ToListAsync(Cancellation));
        Assert.Contains("Complet, 1 en attente", await ReadAsync(page), StringComparison.Ordinal);
    }

    private static string CorrectsOf(string page)
    {
        var form = page[page.IndexOf("/participation\"", StringComparison.Ordinal)..];
        return form.Split("name=\"corrects\" value=\"")[1].Split('"')[0];
    }
}
