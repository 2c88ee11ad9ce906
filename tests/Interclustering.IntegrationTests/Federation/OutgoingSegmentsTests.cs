using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>What one relay has read, cut and signed is sent by all that stand at the same place, and by none once it has changed.</summary>
public sealed class OutgoingSegmentsTests : IAsyncDisposable
{
    private const string Cluster = "bsc";
    private readonly string folder = Directory.CreateTempSubdirectory("ic-outgoing-").FullName;
    private readonly IGround ground = InMemoryAndSqlite.NewGround();
    private bool isAway;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await ground.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Readers_at_the_same_place_are_sent_the_same_segments()
    {
        var participant = await NodeAsync();
        await AppendAsync(participant, Sheet(Subjects.Mint(Cluster)), Sheet(Subjects.Mint(Cluster)));

        var first = await ReadAsync(participant, 0);
        Assert.Equal([1, 2], first.Rows.Select(row => row.Sequence));
        Assert.Equal(2, Assert.Single(first.Messages).Segment!.Entries.Count);
        Assert.Same(first, await ReadAsync(participant, 0));
        Assert.Equal([2], (await ReadAsync(participant, 1)).Rows.Select(row => row.Sequence));
        Assert.Single((await participant.Outgoing.ReadAsync(0, 1, Cancellation)).Rows);
        Assert.Same(first, await ReadAsync(participant, 0));
        Assert.Empty((await ReadAsync(participant, 2)).Messages);
    }

    [Fact]
    public async Task What_is_committed_is_read_by_whom_the_commit_has_woken()
    {
        var participant = await NodeAsync();
        var before = await ReadAsync(participant, 0);
        Task<Outgoing>? woken = null;
        participant.Journal.Appended += () => woken = ReadAsync(participant, 0);

        await AppendAsync(participant, Sheet(Subjects.Mint(Cluster)));

        Assert.Empty(before.Rows);
        Assert.Single((await woken!).Rows);
    }

    [Fact]
    public async Task What_a_withdrawal_has_erased_is_not_sent_again()
    {
        var participant = await NodeAsync();
        var subject = Subjects.Mint(Cluster);
        await AppendAsync(participant, Sheet(subject));
        Assert.NotNull((await ReadAsync(participant, 0)).Messages[0].Segment!.Entries[0].Data);

        await AppendAsync(participant, new JournalDraft(Kinds.Withdrawn, subject, 2, $$"""{"nonce":"{{Nonce.Create()}}"}"""));

        var segment = (await ReadAsync(participant, 0)).Messages[0].Segment!;
        Assert.Null(segment.Entries[0].Data);
        Assert.Equal([1], segment.Erased);
    }

    [Fact]
    public async Task A_reading_that_has_failed_is_tried_again_and_one_that_is_forgotten_is_made_anew()
    {
        var participant = await NodeAsync();
        await AppendAsync(participant, Sheet(Subjects.Mint(Cluster)));
        isAway = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(participant, 0));
        isAway = false;

        var read = await ReadAsync(participant, 0);
        Assert.Single(read.Rows);
        participant.Outgoing.Forget();
        Assert.NotSame(read, await ReadAsync(participant, 0));
    }

    private static Task<Outgoing> ReadAsync(Participant participant, long after) =>
        participant.Outgoing.ReadAsync(after, 500, Cancellation);

    private static JournalDraft Sheet(string subject) =>
        new(Kinds.BestPractice, subject, 1, $$"""{"nonce":"{{Nonce.Create()}}","title":"Quai"}""");

    private static async Task AppendAsync(Participant participant, params JournalDraft[] drafts)
    {
        await using (var db = participant.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await participant.Journal.AppendAsync(db, drafts, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        participant.Journal.NotifyCommitted();
    }

    private async Task<Participant> NodeAsync()
    {
        var open = await ground.CreateDatabaseAsync(Cluster);
        DbContext Open() => isAway ? throw new InvalidOperationException("away") : open();
        var key = SigningKey.OpenOrCreate(Path.Combine(folder, $"{Cluster}.pem"));
        var participant = new Participant(Cluster, Open, key, Directories.Two, new NationalProjection(), TimeProvider.System);
        await using var db = open();
        await participant.Journal.OpenAsync(db, Cancellation);
        return participant;
    }
}
