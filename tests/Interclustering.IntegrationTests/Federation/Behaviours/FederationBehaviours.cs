using System.Text.Json;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Federation.Behaviours;

/// <summary>What must hold on every combination of bus and database.</summary>
public abstract class FederationBehaviours
{
    private const string Hub = FederationUnderTest.Hub;

    protected abstract Task<IGround> CreateGroundAsync();

    private async Task<FederationUnderTest> StartAsync() => await FederationUnderTest.StartAsync(await CreateGroundAsync());

    [Fact]
    public async Task A_publication_reaches_the_hub_and_every_other_node_once()
    {
        await using var federation = await StartAsync();

        var subject = await federation.PublishAsync("bsc", "Rafraîchir un entrepôt");
        await federation.ConvergeAsync();

        Assert.Equal(subject, Assert.Single(await federation.PublicationsAsync(Hub)).Subject);
        var atTenlog = Assert.Single(await federation.PublicationsAsync("tenlog", journal: Hub));
        Assert.Equal((subject, "bsc", 1L), (atTenlog.Subject, atTenlog.Cluster, atTenlog.Revision));
        Assert.NotNull(atTenlog.VisibleAt);
    }

    [Fact]
    public async Task Of_two_slots_chosen_at_once_one_counts_everywhere()
    {
        const string First = "2027-01-14T11:00:00", Second = "2027-01-19T11:00:00";
        await using var federation = await StartAsync();
        var dossier = Subjects.Mint("bsc");
        JointWebinarFact Fact(string fact) => new() { Nonce = Nonce.Create(), Dossier = dossier, Fact = fact };
        async Task<string> RecordAsync(string cluster, JointWebinarFact fact)
        {
            var subject = Subjects.Mint(cluster);
            await federation.AppendAsync(cluster,
                [new JournalDraft(Kinds.JointWebinarFact, subject, 1, JsonSerializer.Serialize(fact, ContractJson.Options))]);
            return subject;
        }

        async Task<JointWebinar> RulingAsync(string at) => JsonSerializer.Deserialize<JointWebinar>(
            (await federation.PublicationsAsync(at, Hub)).Single(row => row.Kind == Kinds.JointWebinar && row.Subject == dossier).Data!,
                ContractJson.Options)!;

        // The answer may overtake the proposal: they come from two journals.
        await RecordAsync("tenlog", Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await RecordAsync("bsc", Fact(JointWebinarFacts.Proposed) with
        {
            Proposal = new WebinarProposal("Canicules", 60, ["tenlog"], [First, Second], "2099-12-11")
        });
        await federation.ConvergeAsync();
        await Task.WhenAll(
            RecordAsync("bsc", Fact(JointWebinarFacts.SlotChosen) with { Slot = First }),
                RecordAsync("tenlog", Fact(JointWebinarFacts.SlotChosen) with { Slot = Second }));
        var remark = await RecordAsync("tenlog", Fact(JointWebinarFacts.RemarkMade) with { Text = "Texte à retirer" });
        await federation.ConvergeAsync();

        var ruling = await RulingAsync(Hub);
        Assert.Equal((JointWebinarStates.SlotChosen, 4), (ruling.State, ruling.Counted));
        Assert.Equal(RefusalReasons.SlotGone, Assert.Single(ruling.Refused).Reason);
        Assert.Equal(ruling.Slot == First ? "tenlog" : "bsc", Subjects.OwnerOf(ruling.Refused[0].Fact));
        Assert.Equal((ruling.Slot, ruling.Slot), ((await RulingAsync("bsc")).Slot, (await RulingAsync("tenlog")).Slot));

        await federation.WithdrawAsync("tenlog", remark, revision: 2);
        await federation.ConvergeAsync();
        Assert.Equal(3, (await RulingAsync(Hub)).Counted);
        Assert.Equal(3, (await RulingAsync("bsc")).Counted);
        await using var db = federation.Databases["bsc"]();
        Assert.DoesNotContain(await db.Set<ReplicaEntry>().Select(row => row.Text).ToListAsync(), text =>
            text.Contains("Texte à retirer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5f0c2d7e-0000-4000-8000-000000000001")]
    [InlineData("5f0c2d7e\0")]
    public async Task Authentic_entries_that_can_not_be_read_are_set_aside_and_others_go_on(string epoch)
    {
        await using var federation = await StartAsync();
        var poisoned = new PoisonedJournal("bsc", federation.KeyOf("bsc"), epoch);
        poisoned.AddPoison();
        var fine = poisoned.AddFine();
        var inbox = federation.Services(Hub).GetRequiredKeyedService<HostedParticipant>(Hub).Inbox;
        await Task.WhenAll(poisoned.Messages().Select(message => inbox.ReceiveAsync(message, "bsc", CancellationToken.None)));
        var elsewhere = await federation.PublishAsync("tenlog", "D’ailleurs");

        await Until.TrueAsync(
            async () => (await federation.PublicationsAsync("tenlog", Hub)).Any(row => row.Subject == elsewhere)
                && await ThroughAsync("bsc") == poisoned.Count,
            federation.DescribeAsync);
        await using var db = federation.Databases[Hub]();
        var setAside = await db.Set<QuarantineRow>().Where(row => row.Journal == "bsc").ToListAsync(TestContext.Current.CancellationToken);
        var isEpochRight = epoch.Length == 36;
        Assert.Equal(poisoned.Count - (isEpochRight ? 1 : 0), setAside.Count);
        Assert.All(setAside, row => Assert.NotEmpty(row.Detail));
        Assert.Equal(isEpochRight, (await federation.PublicationsAsync("tenlog", Hub)).Any(row => row.Subject == fine));
        var told = await db.Set<JournalRow>().Select(row => row.Text).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(told.Select(EntryChain.Read), entry =>
            Assert.True(EntryChain.IsIntact(entry) && EntryCheck.Of(entry).Count == 0, entry.Id));

        async Task<long> ThroughAsync(string journal)
        {
            await using var hub = federation.Databases[Hub]();
            return await hub.Set<ReplicaCursor>().Where(cursor => cursor.Journal == journal).Select(cursor => cursor.Sequence)
                .SingleAsync();
        }
    }

    [Fact]
    public async Task Unknown_attributes_pass_over_the_bus_and_what_follows_them()
    {
        await using var federation = await StartAsync();
        var later = new PoisonedJournal("bsc", federation.KeyOf("bsc"), Guid.NewGuid().ToString());
        using var attribute = JsonDocument.Parse("""{"of":["a later version",7]}""");
        later.Add(entry => entry with { Extensions = new Dictionary<string, JsonElement> { ["later"] = attribute.RootElement.Clone() } });
        var fine = later.AddFine();
        var bus = federation.Services("bsc").GetRequiredService<FederationBus>();
        await Until.TrueAsync(() => Task.FromResult(bus.Failure is null), federation.DescribeAsync);
        foreach (var message in later.Messages())
        {
            await bus.SendAsync("bsc", Hub, message, CancellationToken.None);
        }

        await Until.TrueAsync(
            async () => (await federation.PublicationsAsync("tenlog", Hub)).Any(row => row.Subject == fine), federation.DescribeAsync);
        Assert.Equal(2, (await federation.PublicationsAsync("tenlog", Hub)).Count);
        Assert.Equal((0L, 0L), ((await CursorAsync(federation, "bsc")).Refused, (await CursorAsync(federation, "bsc")).Quarantined));
        await using var db = federation.Databases["tenlog"]();
        var entries = (await db.Set<ReplicaEntry>().Select(row => row.Text).ToListAsync(TestContext.Current.CancellationToken))
            .ConvertAll(EntryChain.Read);
        Assert.All(entries, entry => Assert.True(EntryChain.IsIntact(entry)));
        Assert.Single(entries, entry =>
            EntryChain.TextOf(entry).Contains("\"later\":{\"of\":[\"a later version\",7]}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_sends_much_takes_turns_with_who_sends_little()
    {
        const int Much = 3000, Segment = 100;
        await using var federation = await StartAsync();
        var (much, little) = (new PoisonedJournal("bsc", federation.KeyOf("bsc"), Guid.NewGuid().ToString()),
            new PoisonedJournal("tenlog", federation.KeyOf("tenlog"), Guid.NewGuid().ToString()));
        for (var number = 0; number < Much; number++)
        {
            much.AddFine();
        }

        var one = little.AddFine();
        var inbox = federation.Services(Hub).GetRequiredKeyedService<HostedParticipant>(Hub).Inbox;
        await Task.WhenAll(
            [.. much.Messages(Segment).ToList().Select(message => inbox.ReceiveAsync(message, "bsc", CancellationToken.None)),
            .. little.Messages().Select(message => inbox.ReceiveAsync(message, "tenlog", CancellationToken.None))]);

        await Until.TrueAsync(async () => (await CursorAsync(federation, "bsc")).Sequence == Much, federation.DescribeAsync);
        await using var db = federation.Databases[Hub]();
        Assert.InRange(await db.Set<JournalRow>().Where(row => row.Subject == one).Select(row => row.Sequence)
            .SingleAsync(TestContext.Current.CancellationToken), 1, Much / 2);
    }

    [Fact]
    public async Task A_wrong_receipt_stops_a_journal_only_until_the_reader_says_better()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Avant");
        await federation.ConvergeAsync();
        var inbox = federation.Services("bsc").GetRequiredKeyedService<HostedParticipant>("bsc").Inbox;
        await inbox.ReceiveAsync(
            new FederationMessage
            {
                Receipt = federation.KeyOf(Hub).Sign(new Receipt
                {
                    Journal = "bsc",
                    From = Hub,
                    Epoch = Guid.NewGuid().ToString(),
                    Keyid = "",
                    Through = 7,
                    Hash = new string('7', 64),
                }),
            },
            Hub, CancellationToken.None);
        Assert.Contains("bsc has stopped sending to hub: hub holds entries that this journal does not have, through 7",
            await federation.DescribeAsync(), StringComparison.Ordinal);

        await federation.PublishAsync("bsc", "Après");
        await federation.ConvergeAsync();
        Assert.Equal(2, (await federation.PublicationsAsync("tenlog", Hub)).Count);
    }

    [Fact]
    public async Task The_last_revision_wins_and_a_withdrawal_takes_the_text_away_everywhere()
    {
        await using var federation = await StartAsync();
        var kept = await federation.PublishAsync("bsc", "Première version");
        await federation.PublishAsync("bsc", "Deuxième version", kept, revision: 2);
        var gone = await federation.PublishAsync("tenlog", "Texte à retirer");
        await federation.ConvergeAsync();

        await federation.WithdrawAsync("tenlog", gone, revision: 2);
        await federation.ConvergeAsync();

        var atHub = (await federation.PublicationsAsync(Hub)).ToDictionary(row => row.Subject);
        Assert.Contains("Deuxième version", atHub[kept].Data, StringComparison.Ordinal);
        Assert.Equal((Kinds.Withdrawn, null), (atHub[gone].Kind, atHub[gone].Data));
        foreach (var database in federation.Databases.Values)
        {
            await using var db = database();
            Assert.DoesNotContain(await db.Set<JournalRow>().Select(row => row.Text).ToListAsync(), HoldsTheText);
            Assert.DoesNotContain(await db.Set<ReplicaEntry>().Select(row => row.Text).ToListAsync(), HoldsTheText);
        }

        static bool HoldsTheText(string text) => text.Contains("Texte à retirer", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_of_every_journal_verifies_also_after_a_withdrawal()
    {
        await using var federation = await StartAsync();
        var gone = await federation.PublishAsync("bsc", "À retirer");
        await federation.PublishAsync("bsc", "À garder");
        await federation.WithdrawAsync("bsc", gone, revision: 2);
        await federation.ConvergeAsync();

        foreach (var database in federation.Databases.Values)
        {
            await using var db = database();
            var previous = EntryChain.Origin;
            foreach (var text in await db.Set<JournalRow>().OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync())
            {
                var entry = EntryChain.Read(text);
                Assert.True(EntryChain.IsIntact(entry));
                Assert.Equal(previous, entry.Previous);
                previous = entry.Hash;
            }
        }
    }

    [Fact]
    public async Task What_was_published_while_everything_was_stopped_arrives_after_the_start()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Avant");
        await federation.ConvergeAsync();
        await federation.StopAllAsync();

        for (var number = 1; number <= 200; number++)
        {
            await federation.PublishAsync(number % 2 == 0 ? "bsc" : "tenlog", $"Pendant l’arrêt {number}");
        }

        await federation.StartAllAsync();
        await federation.ConvergeAsync();
        Assert.Equal(201, (await federation.PublicationsAsync(Hub)).Count);
        Assert.Equal(201, (await federation.PublicationsAsync("tenlog", journal: Hub)).Count);
    }

    [Fact]
    public async Task A_gap_is_replayed()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Un");
        await federation.ConvergeAsync();

        // As if everything sent so far had been lost on the way, receipts included: the relay believes that it was kept.
        await federation.StopAllAsync();
        await federation.PublishAsync("bsc", "Deux, perdue en route");
        await federation.PublishAsync("bsc", "Trois");
        await using (var db = federation.Databases["bsc"]())
        {
            var last = await db.Set<JournalRow>().OrderByDescending(row => row.Sequence).FirstAsync();
            await db.Set<ReceiptRow>().ExecuteUpdateAsync(row => row.SetProperty(receipt => receipt.Through, last.Sequence));
        }

        await federation.StartAllAsync();
        await federation.ConvergeAsync();
        Assert.Equal(3, (await federation.PublicationsAsync(Hub)).Count);
    }

    [Fact]
    public async Task A_forged_segment_changes_nothing_and_displaces_nothing()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Authentique");
        await federation.ConvergeAsync();
        var forged = await ForgeAsync(federation, signer: "tenlog", type: Kinds.TypeOf(Kinds.BestPractice), subject: Subjects.Mint("bsc"));

        await federation.Services("tenlog").GetRequiredService<FederationBus>()
            .SendAsync("tenlog", Hub, new FederationMessage { Segment = forged }, CancellationToken.None);
        await Until.TrueAsync(
            async () => (await CursorAsync(federation, "bsc")).Refused == 1, () =>
                Task.FromResult("the forged segment is counted as refused"));

        await federation.PublishAsync("bsc", "Suivante");
        await federation.ConvergeAsync();
        Assert.Equal(2, (await federation.PublicationsAsync(Hub)).Count);
    }

    [Fact]
    public async Task A_foreign_subject_is_quarantined_told_to_the_sender_and_passed()
    {
        await using var federation = await StartAsync();
        var theirs = Subjects.Mint("tenlog");
        await federation.PublishAsync("bsc", "Au nom d’un autre", theirs);
        var own = await federation.PublishAsync("bsc", "La mienne");

        await Until.TrueAsync(
            async () => (await federation.PublicationsAsync(Hub)).Count == 1, () =>
                Task.FromResult("the entry after the foreign one is applied"));

        Assert.Equal(own, Assert.Single(await federation.PublicationsAsync(Hub)).Subject);
        Assert.Equal(1, (await CursorAsync(federation, "bsc")).Quarantined);
        await using var db = federation.Databases[Hub]();
        Assert.Equal("foreign", (await db.Set<QuarantineRow>().SingleAsync()).Reason);
        await Until.TrueAsync(
            async () =>
            {
                await using var node = federation.Databases["bsc"]();
                return await node.Set<ReplicaEntry>().AnyAsync(row => row.Subject == theirs);
            },
            () => Task.FromResult("the sender's replica holds the quarantine entry"));
    }

    [Fact]
    public async Task Unreadable_content_never_blocks_what_follows()
    {
        await using var federation = await StartAsync();
        await federation.AppendAsync("bsc", [new JournalDraft(Kinds.Event, Subjects.Mint("bsc"), 1, """{"nonce":"x","title":7}""")]);
        await federation.AppendAsync("bsc",
            [new JournalDraft("kind-of-the-future", Subjects.Mint("bsc"), 1, """{"nonce":"y","depth":[[[1]]]}""")]);
        await federation.PublishAsync("bsc", "Suivante");

        await Until.TrueAsync(
            async () => (await federation.PublicationsAsync("tenlog", journal: Hub)).Count == 2,
            () => Task.FromResult("what follows, and the kind of the future, reach the other node"));
        Assert.Equal(1, (await CursorAsync(federation, "bsc")).Quarantined);
    }

    [Fact]
    public async Task A_journal_with_another_past_stops_ingest_and_says_so()
    {
        await using var federation = await StartAsync();
        await federation.PublishAsync("bsc", "Un");
        await federation.ConvergeAsync();
        var forked = await ForgeAsync(federation, signer: "bsc", type: Kinds.TypeOf(Kinds.BestPractice), subject: Subjects.Mint("bsc"),
            sequence: 1);

        await federation.Services("bsc").GetRequiredService<FederationBus>()
            .SendAsync("bsc", Hub, new FederationMessage { Segment = forked }, CancellationToken.None);

        await Until.TrueAsync(
            async () => (await CursorAsync(federation, "bsc")).StoppedBecause == "fork at 1", () =>
                Task.FromResult("the fork is recognised"));
        Assert.Equal(1, (await CursorAsync(federation, "bsc")).Sequence);
    }

    [Fact]
    public async Task Concurrent_writers_leave_a_dense_chain()
    {
        await using var federation = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 10; number++)
            {
                await federation.PublishAsync("bsc", $"{writer} {number}");
            }
        })));
        await federation.ConvergeAsync();

        await using var db = federation.Databases["bsc"]();
        var sequences = await db.Set<JournalRow>().OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 80).Select(number => (long)number), sequences);
    }

    private static async Task<ReplicaCursor> CursorAsync(FederationUnderTest federation, string journal)
    {
        await using var db = federation.Databases[Hub]();
        return await db.Set<ReplicaCursor>().AsNoTracking().SingleAsync(cursor => cursor.Journal == journal);
    }

    /// <summary>A well-formed segment of bsc's journal that bsc did not journal.</summary>
    private static async Task<JournalSegment> ForgeAsync(
        FederationUnderTest federation, string signer, string type, string subject, long? sequence = null)
    {
        await using var db = federation.Databases["bsc"]();
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync();
        using var data = JsonDocument.Parse("""{"nonce":"z","title":"Contrefaite"}""");
        var at = sequence ?? head.Sequence + 1;
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = $"{head.Epoch}/{at}",
            Source = "bsc",
            Type = type,
            Subject = subject,
            Time = "2026-01-01T00:00:00.000000Z",
            Datacontenttype = "application/json",
            Epoch = head.Epoch,
            Sequence = at,
            Revision = 1,
            Previous = sequence == 1 ? EntryChain.Origin : head.Hash,
            Digest = EntryChain.Digest(data.RootElement),
            Hash = "",
            Data = data.RootElement.Clone(),
        };
        entry = entry with { Hash = EntryChain.HashOf(entry) };
        return federation.KeyOf(signer).Sign(new JournalSegment
        {
            Journal = "bsc",
            Epoch = head.Epoch,
            Sequence = at,
            Hash = entry.Hash,
            Erased = [],
            Keyid = "",
            Signature = "",
            Entries = [entry],
        });
    }
}
