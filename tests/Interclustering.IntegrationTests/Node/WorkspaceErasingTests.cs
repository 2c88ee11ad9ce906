using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Node;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

/// <summary>« Effacer définitivement », « Personnes » and « Reprise » as a member of the team meets them.</summary>
public sealed class WorkspaceErasingTests : WorkspaceVisit
{
    private const string Recovery = "/espace/bsc/reprise";

    [Fact]
    public async Task A_publication_is_erased_after_a_question_and_is_nowhere_in_the_database()
    {
        await SignInAsync();
        var subject = await PublishAsync(Morning("À oublier"));
        await EditAsync(subject, Morning("À oublier aussi"));
        var erase = $"/espace/bsc/publications/{subject}/effacer";
        Assert.Contains(erase, await WordsOfAsync(await GetAsync($"/espace/bsc/publications/{subject}")), StringComparison.Ordinal);
        Assert.Contains("Cela ne peut pas être annulé", await WordsOfAsync(await GetAsync(erase)), StringComparison.Ordinal);
        Assert.Equal("À oublier aussi", (await CopyAsync(subject)).Title);

        Assert.Equal("/espace/bsc", (await PostAsync(erase, new Dictionary<string, string>())).Headers.Location?.ToString());

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/espace/bsc/publications/{subject}")).StatusCode);
        Assert.DoesNotContain("À oublier", await WordsOfAsync(await GetAsync("/espace/bsc/publications")), StringComparison.Ordinal);
        await using var db = Open();
        Assert.All(await db.Journal.Select(row => row.Text).ToListAsync(Cancellation), text =>
            Assert.DoesNotContain("oublier", text, StringComparison.Ordinal));
        Assert.Empty(await db.WorkingCopies.Where(row => row.Data.Contains("oublier")).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task One_person_with_two_roles_is_listed_once_and_erased_with_both_unless_one_is_another()
    {
        await SignInAsync();
        foreach (var line in (string[])["Anne Démonstration — directrice", "Anne Démonstration — animatrice", "Zoé Démonstration — élue"])
        {
            await PostAsync(NewEvent, new Dictionary<string, string>
            {
                ["title"] = $"Matinée avec {line}",
                ["date"] = "2026-12-10",
                ["start"] = "09:00",
                ["speakers"] = line,
                ["attendance"] = "on-site",
                ["visibility"] = "public",
                ["status"] = "confirmed",
                ["do"] = "publish",
            });
        }

        var page = await WordsOfAsync(await GetAsync("/espace/bsc/personnes"));
        Assert.Contains("directrice, animatrice", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<h2").Length - 1);
        await using var db = Open();
        var records = await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.Person && row.Title == "Anne Démonstration")
            .OrderBy(row => row.Subject).ToListAsync(Cancellation);
        Assert.Equal(2, records.Count);
        var erase = $"/espace/bsc/personnes/{records[1].Subject}/effacer";
        var asked = await WordsOfAsync(await GetAsync(erase));
        Assert.All(records, record =>
            Assert.Contains($"name=\"record\" value=\"{record.Subject}\" checked", asked, StringComparison.Ordinal));

        // Nothing ticked: nothing is done.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(erase, new Dictionary<string, string>())).StatusCode);
        // A namesake stays.
        await PostAsync(erase, new Dictionary<string, string> { ["record"] = records[0].Subject });
        page = await WordsOfAsync(await GetAsync("/espace/bsc/personnes"));
        Assert.DoesNotContain("directrice", page, StringComparison.Ordinal);
        Assert.Contains("animatrice", page, StringComparison.Ordinal);
        await PostAsync(erase, new Dictionary<string, string>());
        Assert.DoesNotContain("Anne", await WordsOfAsync(await GetAsync("/espace/bsc/personnes")), StringComparison.Ordinal);
        Assert.Contains("Zoé", await WordsOfAsync(await GetAsync("/espace/bsc/personnes")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_records_of_a_person_are_erased_at_once()
    {
        await SignInAsync();
        await using var db = Open();
        var editor = new Interclustering.Node.Publishing.Editor.PublicationEditor(db, Journal, TimeProvider.System);
        var ids = new List<string>();
        foreach (var role in (string[])["directrice", "animatrice"])
        {
            ids.Add((await editor.PublishAsync(null, new Person { Nonce = "", Name = "Anne Démonstration", Role = role }, "Anne",
                Cancellation)).Subject);
        }

        await PostAsync($"/espace/bsc/personnes/{ids[0]}/effacer", [.. ids.Select(id => KeyValuePair.Create("record", id))]);
        Assert.All(await db.Journal.Select(row => row.Text).ToListAsync(Cancellation), text =>
            Assert.DoesNotContain("Démonstration", text, StringComparison.Ordinal));
        Assert.Empty(await db.WorkingCopies.Where(row => row.Kind == Kinds.Person).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_person_is_erased_and_the_publication_stays_without_the_name()
    {
        await SignInAsync();
        var answer = await PostAsync(NewEvent, new Dictionary<string, string>
        {
            ["title"] = "Matinée",
            ["date"] = "2026-12-10",
            ["start"] = "09:00",
            ["speakers"] = "Anne Démonstration — directrice",
            ["attendance"] = "on-site",
            ["visibility"] = "public",
            ["status"] = "confirmed",
            ["do"] = "publish",
        });
        var publication = answer.Headers.Location!.ToString();
        Assert.Contains("Anne Démonstration", await WordsOfAsync(await GetAsync("/espace/bsc/personnes")), StringComparison.Ordinal);
        string person;
        await using (var db = Open())
        {
            person = await db.WorkingCopies.Where(row => row.Kind == Kinds.Person).Select(row => row.Subject).SingleAsync(Cancellation);
        }

        var erased = await PostAsync($"/espace/bsc/personnes/{person}/effacer", new Dictionary<string, string>());

        Assert.Equal("/espace/bsc/personnes", erased.Headers.Location?.ToString());
        Assert.Contains("Aucune publication ne nomme encore quelqu’un", await WordsOfAsync(await GetAsync("/espace/bsc/personnes")),
            StringComparison.Ordinal);
        var page = await GetAsync(publication);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("Anne Démonstration", await WordsOfAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_recovered_while_the_journals_continue_each_other()
    {
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync(Recovery));
        Assert.Contains("il n’y a rien à reprendre", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Lancer la reprise", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_that_has_stopped_is_told_on_the_list_and_recovering_is_one_button()
    {
        await SignInAsync();
        await ChangeAsync(db => db.Add(new ReceiptRow { Reader = "hub", Hash = "hash", StoppedBecause = "restored" }));
        Assert.Contains("L’envoi au site national est arrêté.", await WordsOfAsync(await GetAsync("/espace/bsc")),
            StringComparison.Ordinal);

        Assert.Equal(Recovery, (await PostAsync(Recovery, new Dictionary<string, string>())).Headers.Location?.ToString());
        Assert.Contains("La reprise est demandée", await WordsOfAsync(await GetAsync(Recovery)), StringComparison.Ordinal);

        await OperationAsync(operation => (operation.StartedAt, operation.Done, operation.Total) = (DateTime.UtcNow, 25, 100));
        Assert.Contains("25 sur 100", await WordsOfAsync(await GetAsync(Recovery)), StringComparison.Ordinal);

        await OperationAsync(operation => (operation.FinishedAt, operation.Failed) = (DateTime.UtcNow, true));
        Assert.Contains("La dernière reprise n’a pas abouti", await WordsOfAsync(await GetAsync(Recovery)), StringComparison.Ordinal);
        Assert.Contains("Lancer la reprise", await WordsOfAsync(await GetAsync(Recovery)), StringComparison.Ordinal);

        await OperationAsync(operation => operation.Failed = false);
        await ChangeAsync(async db => (await db.Receipts.SingleAsync(Cancellation)).StoppedBecause = null);
        Assert.Contains("C’est fait", await WordsOfAsync(await GetAsync(Recovery)), StringComparison.Ordinal);
        Assert.DoesNotContain("est arrêté", await WordsOfAsync(await GetAsync("/espace/bsc")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_was_restored_is_told_without_a_button_that_would_not_help()
    {
        await SignInAsync();
        await ChangeAsync(db =>
            db.Add(new ReplicaCursor { Journal = "hub", Epoch = "epoch", Hash = "hash", Sequence = 9, StoppedBecause = "fork at 7" }));
        var page = await WordsOfAsync(await GetAsync(Recovery));
        Assert.Contains("Le site national a été restauré d’une sauvegarde.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Lancer la reprise", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fork", page, StringComparison.Ordinal);
    }

    private Task OperationAsync(Action<OperationRow> change) =>
        ChangeAsync(async db => change(await db.Set<OperationRow>().SingleAsync(Cancellation)));

    private Task ChangeAsync(Action<NodeContext> change) => ChangeAsync(db =>
    {
        change(db);
        return Task.CompletedTask;
    });

    private async Task ChangeAsync(Func<NodeContext, Task> change)
    {
        await using var db = Open();
        await change(db);
        await db.SaveChangesAsync(Cancellation);
    }
}
