using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Federation.Behaviours;

/// <summary>What must hold after a database was restored, doubled, or lost, on every combination of bus and database.</summary>
public abstract class RecoveryBehaviours
{
    private const string Hub = FederationUnderTest.Hub;

    protected abstract Task<IGround> CreateGroundAsync();

    private async Task<FederationUnderTest> StartAsync() => await FederationUnderTest.StartAsync(await CreateGroundAsync());

    [Fact]
    public async Task A_restored_node_gets_back_what_it_lost_and_keeps_what_it_wrote_since()
    {
        await using var federation = await StartAsync();
        var edited = await federation.PublishAsync("bsc", "Avant la sauvegarde");
        await federation.ConvergeAsync();
        var backup = await federation.BackUpAsync("bsc");
        await PublishAsync(federation, "bsc", "Perdue", 20);
        await federation.PublishAsync("bsc", "Modifiée avant la perte", edited, revision: 2);
        await federation.ConvergeAsync();

        await federation.ReplaceDatabaseAsync("bsc", backup);
        await PublishAsync(federation, "bsc", "Après la restauration", 5);
        await federation.PublishAsync("bsc", "Modifiée après la restauration", edited, revision: 2);
        await Until.TrueAsync(async () => await StoppedAsync(federation, "bsc", Hub) is not null, federation.DescribeAsync);
        await federation.OperateAsync("bsc", OperationRow.Recover);

        await federation.ConvergeAsync();
        var titles = await TitlesAsync(federation, Hub);
        Assert.Equal(26, titles.Count);
        Assert.Contains("Modifiée après la restauration", titles);
        Assert.Equal(titles, await TitlesAsync(federation, "bsc", journal: "bsc"));
        Assert.Equal(titles, await TitlesAsync(federation, "tenlog", journal: Hub));
        Assert.Null(await StoppedAsync(federation, "bsc", Hub));
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task A_node_whose_database_is_gone_comes_back_from_the_hub()
    {
        await using var federation = await StartAsync();
        await PublishAsync(federation, "bsc", "À retrouver", 30);
        var gone = await federation.PublishAsync("bsc", "Retirée");
        await federation.WithdrawAsync("bsc", gone, revision: 2);
        await PublishAsync(federation, "tenlog", "D’ailleurs", 3);
        await federation.ConvergeAsync();

        await federation.ReplaceDatabaseAsync("bsc", await federation.EmptyDatabaseAsync("bsc"));
        await federation.OperateAsync("bsc", OperationRow.Recover);
        await federation.PublishAsync("bsc", "La vie continue");

        await federation.ConvergeAsync();
        Assert.Equal(31, (await TitlesAsync(federation, "bsc", journal: "bsc")).Count);
        Assert.Equal(34, (await TitlesAsync(federation, Hub)).Count);
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task The_hub_comes_back_from_the_nodes_when_its_database_is_gone()
    {
        await using var federation = await StartAsync();
        await PublishAsync(federation, "bsc", "Bretagne", 20);
        await PublishAsync(federation, "tenlog", "Occitanie", 20);
        var theirs = Subjects.Mint("tenlog");
        await federation.PublishAsync("bsc", "Au nom d’un autre", theirs);
        await Until.TrueAsync(async () => (await TitlesAsync(federation, "bsc", journal: Hub)).Count == 40, federation.DescribeAsync);

        await federation.ReplaceDatabaseAsync(Hub, await federation.EmptyDatabaseAsync(Hub));
        await federation.OperateAsync(Hub, OperationRow.Recover);
        await federation.PublishAsync("bsc", "Après");

        await Until.TrueAsync(async () => (await TitlesAsync(federation, "tenlog", journal: Hub)).Count == 41, federation.DescribeAsync);
        Assert.Equal(41, (await TitlesAsync(federation, Hub)).Count);
        await using var db = federation.Databases[Hub]();
        Assert.Equal("foreign", (await db.Set<QuarantineRow>().SingleAsync()).Reason);
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task A_node_that_was_behind_when_the_hub_lost_its_database_gets_what_it_missed()
    {
        await using var federation = await StartAsync();
        await PublishAsync(federation, "tenlog", "Reçue", 3);
        await Until.TrueAsync(async () => (await TitlesAsync(federation, "bsc", journal: Hub)).Count == 3, federation.DescribeAsync);
        var behind = await federation.BackUpAsync("bsc");
        await PublishAsync(federation, "tenlog", "Manquée", 3);
        await Until.TrueAsync(async () => (await TitlesAsync(federation, "tenlog", journal: Hub)).Count == 6, federation.DescribeAsync);

        await federation.ReplaceDatabasesAsync(("bsc", behind), (Hub, await federation.EmptyDatabaseAsync(Hub)));
        await Until.TrueAsync(async () => await StoppedAsync(federation, Hub, "bsc") is not null, federation.DescribeAsync);
        await federation.OperateAsync(Hub, OperationRow.Recover);

        await federation.PublishAsync("bsc", "Ensuite");
        await Until.TrueAsync(async () => (await TitlesAsync(federation, "bsc", journal: Hub)).Count == 7, federation.DescribeAsync);
        await federation.ConvergeAsync();
        await AssertChainsAsync(federation);
    }

    /// <summary>
    /// Between the loss and its recovery the hub's journal begins anew, and a node that has nothing yet follows that: it shares no entry
    /// with the journal that comes back, which may be longer or as long.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_followed_only_what_the_hub_began_meanwhile_reads_from_the_beginning(bool isLonger)
    {
        await using var federation = await StartAsync();
        await Until.TrueAsync(async () => await CountAsync<ReplicaCursor>(federation, "tenlog") == 1, federation.DescribeAsync);
        var nothing = await federation.BackUpAsync("tenlog");
        if (isLonger)
        {
            await PublishAsync(federation, "bsc", "Avant", 2);
            await Until.TrueAsync(async () => (await TitlesAsync(federation, "bsc", journal: Hub)).Count == 2, federation.DescribeAsync);
            await federation.OperateAsync(Hub, OperationRow.Recover);
        }

        await PublishAsync(federation, "bsc", "Bretagne", 5);
        var published = isLonger ? 7 : 5;
        await Until.TrueAsync(
            async () => (await TitlesAsync(federation, "bsc", journal: Hub)).Count == published, federation.DescribeAsync);

        await federation.ReplaceDatabasesAsync(("tenlog", nothing), (Hub, await federation.EmptyDatabaseAsync(Hub)));
        await Until.TrueAsync(
            async () => (await TitlesAsync(federation, "tenlog", journal: Hub)).Count == published, federation.DescribeAsync);
        await federation.OperateAsync(Hub, OperationRow.Recover);
        await federation.PublishAsync("tenlog", "Ensuite");

        await Until.TrueAsync(
            async () => (await TitlesAsync(federation, "tenlog", journal: Hub)).Count == published + 1, federation.DescribeAsync);
        await federation.ConvergeAsync();
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task What_was_ruled_about_a_joint_webinar_comes_back_with_the_hub()
    {
        const string First = "2027-01-14T11:00:00", Second = "2027-01-19T11:00:00";
        await using var federation = await StartAsync();
        var dossier = Subjects.Mint("bsc");
        Task RecordAsync(string cluster, JointWebinarFact fact) => federation.AppendAsync(
            cluster, [new JournalDraft(Kinds.JointWebinarFact, Subjects.Mint(cluster), 1,
                JsonSerializer.Serialize(fact with { Nonce = Nonce.Create(), Dossier = dossier }, ContractJson.Options))]);
        JointWebinarFact Fact(string fact) => new() { Nonce = "", Dossier = "", Fact = fact };
        async Task<JointWebinar> RulingAsync(string at) => JsonSerializer.Deserialize<JointWebinar>(
            (await federation.PublicationsAsync(at, Hub)).Single(row => row.Subject == dossier).Data!, ContractJson.Options)!;

        await RecordAsync("bsc", Fact(JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["tenlog"], [First, Second], "2099-12-11")
        });
        await RecordAsync("bsc", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second });
        await federation.ConvergeAsync();
        await RecordAsync("tenlog", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await RecordAsync("tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = First });
        await federation.ConvergeAsync();
        var before = await RulingAsync(Hub);

        await federation.ReplaceDatabaseAsync(Hub, await federation.EmptyDatabaseAsync(Hub));
        await federation.OperateAsync(Hub, OperationRow.Recover);
        await RecordAsync("tenlog", Fact(JointWebinarFacts.RemarkMade) with { Text = "Dommage" });
        await federation.ConvergeAsync();

        var after = await RulingAsync(Hub);
        Assert.Equal((before.State, Second, before.Counted + 1), (after.State, after.Slot, after.Counted));
        Assert.Equal(before.Refused[0].Fact, Assert.Single(after.Refused).Fact);
        Assert.Equal(after.Nonce, (await RulingAsync("tenlog")).Nonce);
    }

    [Fact]
    public async Task A_hub_restored_from_a_backup_is_sent_again_what_it_lost_and_gives_it_out_once()
    {
        await using var federation = await StartAsync();
        await PublishAsync(federation, "bsc", "Avant", 10);
        await federation.ConvergeAsync();
        var backup = await federation.BackUpAsync(Hub);
        await PublishAsync(federation, "bsc", "Après", 20);
        await PublishAsync(federation, "tenlog", "Après aussi", 20);
        await federation.ConvergeAsync();

        await federation.ReplaceDatabaseAsync(Hub, backup);
        // By itself: the receipts move back, and the nodes send again.
        await Until.TrueAsync(async () => (await TitlesAsync(federation, Hub)).Count == 50, () => Task.FromResult("the nodes send again"));
        await Until.TrueAsync(async () => await StoppedAsync(federation, Hub, "bsc") is not null, () => Task.FromResult("the hub notices"));
        await federation.OperateAsync(Hub, OperationRow.Recover);
        await federation.PublishAsync("bsc", "Ensuite");

        await federation.ConvergeAsync();
        Assert.Equal(51, (await TitlesAsync(federation, Hub)).Count);
        await using var db = federation.Databases[Hub]();
        var texts = await db.Set<JournalRow>().Select(row => row.Text).ToListAsync();
        var wrapped = texts.Select(EntryChain.Read).Where(entry => Kinds.KindOf(entry.Type) == Kinds.Accepted)
            .Select(entry => entry.Data!.Value.GetProperty("origin").GetProperty("hash").GetString()).ToList();
        Assert.Equal(wrapped.Count, wrapped.Distinct().Count());
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task Two_processes_with_one_identity_are_recognised_and_nothing_of_either_is_lost()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Commune");
        await federation.ConvergeAsync();
        var clone = await federation.BackUpAsync("bsc");
        await PublishAsync(federation, "bsc", "Du premier", 4);
        await federation.ConvergeAsync();
        var first = federation.Databases["bsc"];

        await federation.ReplaceDatabaseAsync("bsc", clone);
        await PublishAsync(federation, "bsc", "Du second", 3);
        await Until.TrueAsync(async () => await StoppedAsync(federation, "bsc", Hub) is not null, () =>
            Task.FromResult("the second one notices"));
        await federation.ReplaceDatabaseAsync("bsc", first);
        await federation.PublishAsync("bsc", "Encore du premier");
        await federation.OperateAsync("bsc", OperationRow.Recover);
        await federation.ConvergeAsync();
        await federation.ReplaceDatabaseAsync("bsc", clone);
        await federation.OperateAsync("bsc", OperationRow.Recover);

        await federation.ConvergeAsync();
        Assert.Equal(9, (await TitlesAsync(federation, Hub)).Count);
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task What_was_signed_since_a_key_was_stolen_no_longer_counts()
    {
        await using var federation = await StartAsync();
        var kept = await federation.PublishAsync("bsc", "Authentique");
        await federation.ConvergeAsync();
        var genuine = federation.Databases["bsc"];
        var thief = await federation.BackUpAsync("bsc");

        await federation.ReplaceDatabaseAsync("bsc", thief);
        await PublishAsync(federation, "bsc", "Contrefaite", 3);
        await federation.PublishAsync("bsc", "Défigurée", kept, revision: 2);
        await federation.ConvergeAsync();
        await federation.ReplaceDatabaseAsync("bsc", genuine);
        await federation.PublishAsync("bsc", "Écrite entre-temps");
        await federation.RenewKeyAsync("bsc", oldCountsThrough: 1);
        await federation.OperateAsync("bsc", OperationRow.Revoke, from: 2);

        await federation.ConvergeAsync();
        Assert.Equal(["Authentique", "Écrite entre-temps"], await TitlesAsync(federation, Hub));
        Assert.Equal(["Authentique", "Écrite entre-temps"], await TitlesAsync(federation, "tenlog", journal: Hub));
        await AssertChainsAsync(federation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_hub_rebuilt_after_a_revocation_holds_the_branch_that_counts(int writtenSince)
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Authentique");
        await federation.ConvergeAsync();
        var genuine = federation.Databases["bsc"];
        var thief = await federation.BackUpAsync("bsc");
        await federation.ReplaceDatabaseAsync("bsc", thief);
        await PublishAsync(federation, "bsc", "Contrefaite", 4);
        await federation.ConvergeAsync();
        await federation.ReplaceDatabaseAsync("bsc", genuine);
        await federation.RenewKeyAsync("bsc", oldCountsThrough: 1);
        await federation.OperateAsync("bsc", OperationRow.Revoke, from: 2);
        await PublishAsync(federation, "bsc", "Depuis", writtenSince);
        await federation.ConvergeAsync();

        await federation.ReplaceDatabaseAsync(Hub, await federation.EmptyDatabaseAsync(Hub));
        await federation.OperateAsync(Hub, OperationRow.Recover);
        await federation.PublishAsync("bsc", "Ensuite");
        await federation.ConvergeAsync();

        Assert.DoesNotContain(await TitlesAsync(federation, Hub), title => title.StartsWith("Contrefaite", StringComparison.Ordinal));
        Assert.Equal(writtenSince + 2, (await TitlesAsync(federation, Hub)).Count);
        await using var owner = federation.Databases["bsc"]();
        await using var reader = federation.Databases[Hub]();
        Assert.Equal(
            await owner.Set<JournalRow>().OrderBy(row => row.Sequence).Select(row => row.Hash)
                .ToListAsync(TestContext.Current.CancellationToken),
            await reader.Set<ReplicaEntry>().Where(row => row.Journal == "bsc").OrderBy(row => row.Sequence).Select(row => row.Hash)
                .ToListAsync(TestContext.Current.CancellationToken));
        await AssertChainsAsync(federation);
    }

    [Fact]
    public async Task A_new_key_proves_the_old_end_so_that_a_later_loss_can_be_mended()
    {
        await using var federation = await StartAsync();
        await PublishAsync(federation, "bsc", "Avant", 3);
        await federation.ConvergeAsync();

        await federation.RenewKeyAsync("bsc", oldCountsThrough: null);
        await federation.PublishAsync("tenlog", "Pendant");
        await federation.ConvergeAsync();
        var key = federation.KeyOf("bsc").Public.Keyid;
        await Until.TrueAsync(async () => (await ProofAsync(federation, "bsc")).Contains(key, StringComparison.Ordinal), () =>
            Task.FromResult("the end is signed again"));
        await federation.ReplaceDatabaseAsync("bsc", await federation.EmptyDatabaseAsync("bsc"));
        await federation.OperateAsync("bsc", OperationRow.Recover);

        await federation.ConvergeAsync();
        Assert.Equal(3, (await TitlesAsync(federation, "bsc", journal: "bsc")).Count);
    }

    [Fact]
    public async Task A_second_process_on_the_same_database_waits_and_takes_over()
    {
        var ground = await CreateGroundAsync();
        await using var federation = await FederationUnderTest.StartAsync(ground);
        await federation.PublishAsync("bsc", "Une");
        await federation.ConvergeAsync();

        await using (var db = federation.Databases["bsc"]())
        {
            Assert.Null(await JournalLock.TryTakeAsync(db, TestContext.Current.CancellationToken));
            await federation.StopAllAsync();
            await using var taken = await JournalLock.TryTakeAsync(db, TestContext.Current.CancellationToken);
            Assert.NotNull(taken);
            await federation.StartAllAsync();
            var host = federation.Services("bsc").GetRequiredService<FederationHost>();
            await Until.TrueAsync(
                () => Task.FromResult(host.Waiting == "bsc waits: another process relays this journal from the same database."), () =>
                    Task.FromResult(host.Waiting ?? "runs"));
            await federation.PublishAsync("bsc", "Deux");
        }

        await federation.ConvergeAsync();
        Assert.Equal(2, (await TitlesAsync(federation, Hub)).Count);
    }

    [Fact]
    public async Task What_was_erased_does_not_come_back_with_a_rebuild()
    {
        await using var federation = await StartAsync();
        var subject = await federation.PublishAsync("bsc", "Nom à effacer");
        var foreign = Subjects.Mint("tenlog");
        await federation.PublishAsync("bsc", "Nom à effacer, au nom d’un autre", foreign);
        await Until.TrueAsync(async () => (await TitlesAsync(federation, "tenlog", journal: Hub)).Count == 1, federation.DescribeAsync);
        var backup = await federation.BackUpAsync("bsc");

        await federation.WithdrawAsync("bsc", subject, revision: 2);
        await federation.WithdrawAsync("bsc", foreign, revision: 2);
        await Until.TrueAsync(async () => (await TextsAsync(federation)).Count == 0, async () =>
            string.Join('\n', await TextsAsync(federation)));

        await federation.ReplaceDatabaseAsync("bsc", backup);
        Assert.NotEmpty(await TextsAsync(federation));
        await federation.OperateAsync("bsc", OperationRow.Recover);
        await Until.TrueAsync(async () => (await TextsAsync(federation)).Count == 0, async () =>
            string.Join('\n', await TextsAsync(federation)));
        await federation.ReplaceDatabaseAsync(Hub, await federation.EmptyDatabaseAsync(Hub));
        await federation.OperateAsync(Hub, OperationRow.Recover);

        await federation.PublishAsync("tenlog", "Ensuite");
        await Until.TrueAsync(async () =>
            (await TitlesAsync(federation, "bsc", journal: Hub)).Contains("Ensuite"), federation.DescribeAsync);
        Assert.Empty(await TextsAsync(federation));
        await AssertChainsAsync(federation);
    }

    private static async Task PublishAsync(FederationUnderTest federation, string code, string title, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await federation.PublishAsync(code, $"{title} {number}");
        }
    }

    /// <summary>Whatever still holds the erased name, anywhere.</summary>
    private static async Task<List<string>> TextsAsync(FederationUnderTest federation)
    {
        var found = new List<string>();
        foreach (var (code, database) in federation.Databases)
        {
            await using var db = database();
            found.AddRange((await db.Set<JournalRow>().Select(row => row.Text).ToListAsync())
                .Concat(await db.Set<ReplicaEntry>().Select(row => row.Text).ToListAsync())
                .Concat((await federation.PublicationsAsync(code)).Select(row => row.Data ?? ""))
                .Concat(await db.Set<QuarantineRow>().Select(row => row.Detail).ToListAsync())
                .Where(text => text.Contains("Nom à effacer", StringComparison.Ordinal)).Select(text => $"{code}: {text}"));
        }

        return found;
    }

    private static async Task<List<string>> TitlesAsync(FederationUnderTest federation, string at, string? journal = null) => [
        .. (await federation.PublicationsAsync(at, journal)).Where(row => row.Kind == Kinds.BestPractice)
            .Select(row => System.Text.Json.JsonSerializer.Deserialize<BestPractice>(row.Data!, ContractJson.Options)!.Title)
                .Order(StringComparer.Ordinal),
    ];

    private static async Task<string> ProofAsync(FederationUnderTest federation, string journal)
    {
        await using var db = federation.Databases[Hub]();
        return await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == journal).Select(cursor => cursor.Proof).SingleAsync() ?? "";
    }

    private static async Task<int> CountAsync<TRow>(FederationUnderTest federation, string at)
        where TRow : class
    {
        await using var db = federation.Databases[at]();
        return await db.Set<TRow>().CountAsync();
    }

    private static async Task<string?> StoppedAsync(FederationUnderTest federation, string owner, string reader)
    {
        await using var db = federation.Databases[owner]();
        return await db.Set<ReceiptRow>().Where(row => row.Reader == reader).Select(row => row.StoppedBecause).SingleOrDefaultAsync();
    }

    private static async Task AssertChainsAsync(FederationUnderTest federation)
    {
        foreach (var database in federation.Databases.Values)
        {
            await using var db = database();
            var (sequence, previous) = (0L, EntryChain.Origin);
            foreach (var text in await db.Set<JournalRow>().OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync())
            {
                var entry = EntryChain.Read(text);
                Assert.True(EntryChain.IsIntact(entry));
                Assert.Equal((sequence + 1, previous), (entry.Sequence, entry.Previous));
                (sequence, previous) = (entry.Sequence, entry.Hash);
            }
        }
    }
}
