using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.Operators;
using Interclustering.Server.Commands;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What was set aside before an upgrade, judged again by the software of today.</summary>
public sealed partial class ReprocessTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_is_fine_after_an_upgrade_is_applied_and_what_is_not_stays()
    {
        var fine = Entries.Of(Happening.On("2026-12-10T09:00:00", title: "Enfin lisible"), Kinds.Event, sequence: 3);
        var wrong = Entries.Of(Happening.On("never"), Kinds.Event, sequence: 4);
        await hub.SetAsideAsync(fine, "future");
        await hub.SetAsideAsync(wrong, "invalid");

        Assert.Equal(new Reprocessed(1, 1), await ReprocessAsync());

        var row = Assert.Single(await hub.ReadAsync(db => db.Publications.ToListAsync()));
        Assert.Equal((fine.Subject, 1), (row.Subject, row.Revision));
        Assert.Equal(wrong.Subject, Assert.Single(await QuarantineAsync()).Subject);
        Assert.Equal(1, (await CursorAsync()).Quarantined);
        var journaled = EntryChain.Read(Assert.Single(await hub.ReadAsync(db => db.Journal.ToListAsync())).Text);
        Assert.Equal(Kinds.TypeOf(Kinds.Accepted), journaled.Type);
        Assert.Equal(EntryChain.TextOf(fine), EntryChain.TextOf(journaled.Data!.Value.Deserialize<Accepted>(ContractJson.Options)!.Origin));
        await Until.TrueAsync(
            async () => (await hub.GetAsync("/agenda")).Body.Contains("Enfin lisible", StringComparison.Ordinal), () =>
                Task.FromResult("the agenda shows it"));
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event), "future");
        await hub.SetAsideAsync(Entries.Of(Happening.On("never"), Kinds.Event, sequence: 2), "invalid");
        await ReprocessAsync();
        var before = await hub.ReadAsync(db => db.Journal.CountAsync());
        Assert.Equal(new Reprocessed(0, 1), await ReprocessAsync());
        Assert.Equal(before, await hub.ReadAsync(db => db.Journal.CountAsync()));
        Assert.Equal(1, (await CursorAsync()).Quarantined);
    }

    [Fact]
    public async Task It_never_goes_below_the_current_revision()
    {
        var subject = Subjects.Mint("bsc");
        await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Actuel"), subject, revision: 3);
        await hub.SetAsideAsync(
            Entries.Of(Happening.On("2026-12-09T09:00:00", title: "Ancien"), Kinds.Event, subject, revision: 2), "future");

        Assert.Equal(new Reprocessed(1, 0), await ReprocessAsync());
        var row = Assert.Single(await hub.ReadAsync(db => db.Publications.ToListAsync()));
        Assert.Equal(3, row.Revision);
        Assert.Contains("Actuel", row.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_revisions_the_last_one_counts_and_all_are_journaled_in_order()
    {
        var subject = Subjects.Mint("bsc");
        await hub.SetAsideAsync(
            Entries.Of(Happening.On("2026-12-10T09:00:00", title: "Deux"), Kinds.Event, subject, revision: 2, sequence: 6), "future");
        await hub.SetAsideAsync(
            Entries.Of(Happening.On("2026-12-10T09:00:00", title: "Un"), Kinds.Event, subject, revision: 1, sequence: 5), "future");

        Assert.Equal(new Reprocessed(2, 0), await ReprocessAsync());
        Assert.Equal([1, 2], await hub.ReadAsync(db => db.Journal.OrderBy(row => row.Sequence).Select(row => row.Revision).ToListAsync()));
        Assert.Contains("Deux", Assert.Single(await hub.ReadAsync(db => db.Publications.ToListAsync())).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_erased_meanwhile_goes_and_nothing_is_applied()
    {
        await hub.SetAsideAsync(EntryChain.Erase(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event)), "future");
        Assert.Equal(new Reprocessed(0, 0), await ReprocessAsync());
        Assert.Empty(await QuarantineAsync());
        Assert.Equal(0, (await CursorAsync()).Quarantined);
        Assert.Empty(await hub.ReadAsync(db => db.Publications.ToListAsync()));
        Assert.Empty(await hub.ReadAsync(db => db.Journal.ToListAsync()));
    }

    [Fact]
    public async Task Each_clusters_entries_are_judged_as_its_own()
    {
        await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event), "future");
        await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, journal: "lsn"), "future");
        await hub.SetAsideAsync(
            Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, Subjects.Mint("bsc"), sequence: 2, journal: "lsn"), "foreign");
        Assert.Equal(new Reprocessed(2, 1), await ReprocessAsync());
        Assert.Equal(["bsc", "lsn"], await hub.ReadAsync(db => db.Publications.OrderBy(row => row.Cluster).Select(row => row.Cluster)
            .ToListAsync()));
    }

    [Fact]
    public async Task The_button_of_an_operator_does_it_and_says_what_came_of_it()
    {
        await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event), "future");
        await hub.SetAsideAsync(Entries.Of(Happening.On("never"), Kinds.Event, sequence: 2), "invalid");
        await hub.ChangeAsync(db => OperatorAccounts.PutAsync(
            db, "anne@hub.example", "Anne", "correct horse battery", hub.Clock.GetUtcNow().UtcDateTime, Cancellation));
        var browser = new Browser(hub.Http);
        await browser.PostAsync("/etat/connexion", new() { ["email"] = "anne@hub.example", ["password"] = "correct horse battery" });

        var done = await browser.PostAsync("/etat/reexamen", from: "/etat/quarantaine");
        var page = await browser.ReadAsync(done.Headers.Location!.ToString());
        Assert.Contains("1 publication est maintenant acceptée. 1 reste mise de côté.", page, StringComparison.Ordinal);
        Assert.Single(await QuarantineAsync());
    }

    [Fact]
    public async Task The_verb_does_it_beside_a_running_server()
    {
        await hub.SetAsideAsync(Entries.Of(Happening.On("2026-12-10T09:00:00", title: "Par la ligne de commande"), Kinds.Event), "future");
        Assert.Equal((0, "1 applied, 0 still set aside"), await RunAsync(HubCommand.Create, "reprocess"));
        await Until.TrueAsync(
            async () => (await hub.GetAsync("/agenda")).Body.Contains("Par la ligne de commande", StringComparison.Ordinal), () =>
                Task.FromResult("the agenda polls"));
    }

    [Fact]
    public async Task The_verb_that_adds_operators_prints_a_password_once_and_a_new_one_the_next_time()
    {
        var passwords = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            var (exit, output) = await RunAsync(OperatorsCommand.Create, "add", "--email", "zoe@hub.example", "--name", "Zoé");
            Assert.Equal(0, exit);
            passwords.Add(Printed().Match(output).Groups[1].Value);
        }

        Assert.Single(await hub.ReadAsync(db => db.Users.ToListAsync()));
        Assert.Equal(2, passwords.Distinct().Count());
        foreach (var (password, opens) in passwords.Zip((bool[])[false, true]))
        {
            var browser = new Browser(hub.Http);
            await browser.PostAsync("/etat/connexion", new() { ["email"] = "zoe@hub.example", ["password"] = password });
            Assert.Equal(opens, (await browser.ReadAsync("/etat")).Contains("Zoé", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_no_address_makes_no_account()
    {
        var (exit, output) = await RunAsync(OperatorsCommand.Create, "add", "--email", "Zoé");
        Assert.Equal(2, exit);
        Assert.Contains("is not an e-mail address", output, StringComparison.Ordinal);
        Assert.Empty(await hub.ReadAsync(db => db.Users.ToListAsync()));
    }

    [GeneratedRegex("Password: ([a-z2-9-]{34}) ")]
    private static partial Regex Printed();

    private async Task<(int Exit, string Output)> RunAsync(
        Func<Func<ParseResult, IConfiguration>, Command> create, params string[] arguments)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Interclustering:Data"] = hub.Folder }).Build();
        using var output = new StringWriter();
        var exit = await create(_ => configuration).Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false }, Cancellation);
        return (exit, output.ToString().TrimEnd());
    }

    private Task<Reprocessed> ReprocessAsync() =>
        Reprocess.RunAsync(hub.Participant.Open, hub.Participant.Journal, hub.Participant.Directory, Cancellation);

    private Task<List<QuarantineRow>> QuarantineAsync() => hub.ReadAsync(db => db.Set<QuarantineRow>().ToListAsync());

    private Task<ReplicaCursor> CursorAsync() => hub.ReadAsync(db => db.Cursors.SingleAsync(row => row.Journal == "bsc"));
}
