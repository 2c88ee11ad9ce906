using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Federation.Operations;
using Interclustering.Hub.Operators;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Hub;

public sealed class FederationStatusTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private TemporaryHub hub = null!;
    private Browser browser = null!;

    private DateTime Now => hub.Clock.GetUtcNow().UtcDateTime;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        browser = new Browser(hub.Http);
        foreach (var journal in (string[])["bsc", "lsn"])
        {
            await hub.ChangeAsync(db => Task.FromResult(db.Add(new ReplicaCursor
            {
                Journal = journal,
                Epoch = Entries.Epoch,
                Hash = "hash",
                Sequence = 12,
                Announced = 12,
                HeardAt = Now,
                AdvancedAt = Now.AddMinutes(-5),
            })));
        }
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task All_is_well_when_everything_has_come()
    {
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("Tout est à jour", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"concern\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_the_hub_from_sending_is_said_once_and_its_detail_to_operators_only()
    {
        hub.Problems.Found = [
            new Problem("hub", "sending", "Nothing can be sent.", Severity.Blocked, "broker.example.org is blocked"),
                new Problem("hub", "sending", "the same", Severity.Blocked),
            new Problem("bsc", "bus", "another's", Severity.Blocked),
                new Problem("hub", "lag", "told in the cluster's row", Severity.Notice),
        ];
        var page = await browser.ReadAsync("/etat");
        Assert.Equal(2, page.Split("Le bus partagé n’accepte rien du site national").Length);
        Assert.Contains("Tout n’est pas encore arrivé", page, StringComparison.Ordinal);
        Assert.DoesNotContain("broker.example.org", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ne répond pas", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_does_not_continue_is_said_with_what_is_kept_and_who_can_act()
    {
        await CursorAsync(cursor => cursor.StoppedBecause = "fork at 12");
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("Réception arrêtée : ce journal ne continue pas celui que nous avions reçu.", page, StringComparison.Ordinal);
        Assert.Contains("Quelque chose attend une décision", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fork", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, "il lui manque 1 publication que le site national possède encore")]
    [InlineData(9, "il lui manque 3 publications que le site national possède encore")]
    public async Task A_cluster_restored_from_a_backup_is_told_what_it_lacks(long announced, string words)
    {
        await CursorAsync(cursor => cursor.Announced = announced);
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("Ce cluster a été restauré d’une sauvegarde : " + words, page, StringComparison.Ordinal);
        Assert.Contains("Son équipe peut lancer la reprise depuis son espace.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heartbeat_that_crossed_the_last_entry_is_no_restored_backup()
    {
        await CursorAsync(cursor => (cursor.Announced, cursor.AdvancedAt) = (11, Now.AddSeconds(-10)));
        Assert.DoesNotContain("sauvegarde", await browser.ReadAsync("/etat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_and_what_is_on_its_way_pass_by_themselves()
    {
        await CursorAsync(cursor => cursor.Announced = 15);
        await CursorAsync(cursor => cursor.HeardAt = Now.AddMinutes(-3), "lsn");
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("3 publications en route.", page, StringComparison.Ordinal);
        Assert.Contains("Son serveur ne répond pas.", page, StringComparison.Ordinal);
        Assert.Contains("il y a 3 min", page, StringComparison.Ordinal);
        Assert.Contains("l’envoi reprend de lui-même", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_hub_says_so_to_all_and_offers_the_recovery_to_operators()
    {
        Assert.DoesNotContain("<details class=\"fold\" open", await OperatorsPageAsync(), StringComparison.Ordinal);
        await hub.ChangeAsync(db =>
            Task.FromResult(db.Add(new ReceiptRow { Reader = "bsc", Hash = "hash", At = Now, StoppedBecause = "bsc holds entries" })));
        Assert.Contains("Le site national a été restauré d’une sauvegarde : ce cluster possède", await new Browser(hub.Http)
            .ReadAsync("/etat"), StringComparison.Ordinal);
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("<details class=\"fold\" open", page, StringComparison.Ordinal);
        Assert.Contains("<button class=\"button\">Reprendre le journal du site national</button>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recovery_is_asked_for_once_however_often_the_button_is_pressed()
    {
        await OperatorsPageAsync();
        for (var pressed = 0; pressed < 2; pressed++)
        {
            Assert.Equal("/etat", (await browser.PostAsync("/etat/reprise", from: "/etat")).Headers.Location?.ToString());
        }

        var operation = Assert.Single(await hub.ReadAsync(db => db.Set<OperationRow>().ToListAsync()));
        Assert.Equal((OperationRow.Recover, null), (operation.Verb, operation.From));
        Assert.Contains("Demandée : elle commence dans un instant.", await browser.ReadAsync("/etat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_recovery_shows_how_far_it_is_and_how_long_it_takes()
    {
        await hub.ChangeAsync(db => Task.FromResult(db.Add(new OperationRow
        {
            Id = Guid.CreateVersion7(),
            Verb = OperationRow.Recover,
            RequestedAt = Now.AddMinutes(-2),
            StartedAt = Now.AddMinutes(-1),
            Done = 1_000,
            Total = 4_000,
        })));
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("Reprise du journal du site national", page, StringComparison.Ordinal);
        Assert.Contains("<progress max=\"4000\" value=\"1000\"", page, StringComparison.Ordinal);
        Assert.Contains("25 % : 1 000 publications sur 4 000.", page, StringComparison.Ordinal);
        Assert.Contains("Encore 3 minutes environ.", page, StringComparison.Ordinal);

        await hub.ChangeAsync(db => db.Set<OperationRow>().ExecuteUpdateAsync(row => row
            .SetProperty(set => set.FinishedAt, Now).SetProperty(set => set.Failed, true)
                .SetProperty(set => set.Outcome, "No reader gave anything back.")));
        Assert.DoesNotContain("<progress", await browser.ReadAsync("/etat"), StringComparison.Ordinal);
        Assert.DoesNotContain("No reader", await browser.ReadAsync("/etat"), StringComparison.Ordinal);
        page = await OperatorsPageAsync();
        Assert.Contains("Reprise du journal du site national : échec il y a 0 s. Rien n’a été changé.", page, StringComparison.Ordinal);
        Assert.Contains("No reader gave anything back.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_and_what_was_set_aside_is_counted_by_cluster()
    {
        await CursorAsync(cursor => (cursor.Refused, cursor.Quarantined) = (71, 2));
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("data-label=\"Refusés\">71</td>", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Mis de côté\">2</td>", page, StringComparison.Ordinal);
        Assert.Contains("est visible ici. 2 publications sont mises de côté", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_and_a_revoked_one_says_so()
    {
        var page = await browser.ReadAsync("/etat");
        Assert.Contains("<code>0123456789abcdef</code> valide", page, StringComparison.Ordinal);
        Assert.Contains("<code>fedcba9876543210</code> révoquée : ne compte plus après la publication 41", page, StringComparison.Ordinal);
        Assert.Contains("aucune clé connue", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_set_aside_is_shown_with_reason_and_escaped_content_to_operators_only()
    {
        var entry = Entries.Of(Happening.On("2026-12-10T09:00:00", title: "<script>alert(1)</script> Réunion"), Kinds.Event, sequence: 13);
        await hub.SetAsideAsync(entry, "future", "Version 2 of event is not known to this hub.");
        foreach (var path in (string[])["/etat", "/etat/quarantaine", "/etat?appliquees=1&restantes=1"])
        {
            var visitor = await Browser.WordsOfAsync(await new Browser(hub.Http).GetAsync(path));
            Assert.DoesNotContain("Réunion", visitor, StringComparison.Ordinal);
            Assert.DoesNotContain(entry.Subject, visitor, StringComparison.Ordinal);
            Assert.DoesNotContain("acceptée", visitor, StringComparison.Ordinal);
        }

        await OperatorsPageAsync();
        var raw = await (await browser.GetAsync("/etat/quarantaine")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>", raw, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(raw);
        Assert.Contains("\"title\": \"<script>alert(1)</script> Réunion\"", page, StringComparison.Ordinal);
        Assert.Contains("Bretagne Supply Chain · Événement", page, StringComparison.Ordinal);
        Assert.Contains("Elle vient d’une version plus récente du logiciel", page, StringComparison.Ordinal);
        Assert.Contains("Version 2 of event is not known to this hub.", page, StringComparison.Ordinal);
        Assert.Contains(entry.Subject, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reason_is_told_in_words()
    {
        var sequence = 13;
        foreach (var reason in (string[])["foreign", "unreadable", "invalid", "future", "of tomorrow"])
        {
            await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, sequence: sequence++), reason);
        }

        await hub.SetAsideAsync(
            EntryChain.Erase(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, sequence: sequence)), "future");
        await OperatorsPageAsync();
        var page = await browser.ReadAsync("/etat/quarantaine");
        Assert.All(
            ["n’appartient pas à ce cluster", "n’a pas la forme attendue", "Il y manque quelque chose",
                "Elle vient d’une version plus récente du logiciel", "of tomorrow", "Son contenu a été effacé depuis."],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_set_aside_is_paged_newest_first()
    {
        for (var sequence = 13; sequence < 13 + 51; sequence++)
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
            await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, sequence: sequence), "invalid");
        }

        await OperatorsPageAsync();
        var (first, second) = (await browser.ReadAsync("/etat/quarantaine"), await browser.ReadAsync("/etat/quarantaine?page=2"));
        Assert.Contains("n° 63", first, StringComparison.Ordinal);
        Assert.DoesNotContain("n° 13 ", first, StringComparison.Ordinal);
        Assert.Contains("/etat/quarantaine?page=2", first, StringComparison.Ordinal);
        Assert.Contains("n° 13 ", second, StringComparison.Ordinal);
        Assert.DoesNotContain("page=3", second, StringComparison.Ordinal);
    }

    private Task CursorAsync(Action<ReplicaCursor> change, string journal = "bsc") => hub.ChangeAsync(
        async db => change(await db.Cursors.SingleAsync(row => row.Journal == journal)));

    private async Task<string> OperatorsPageAsync()
    {
        await hub.ChangeAsync(db =>
            DemonstrationOperator.CreateAsync(db, Password, hub.Clock.GetUtcNow().UtcDateTime, TestContext.Current.CancellationToken));
        await browser.PostAsync("/etat/connexion", new() { ["email"] = DemonstrationOperator.Email, ["password"] = Password });
        return await browser.ReadAsync("/etat");
    }
}
