using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Federation.Recovery;
using Interclustering.Hub.Ingest;
using Interclustering.IntegrationTests.Federation;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Databases;

/// <summary>What other processes commit wakes this one, on each database.</summary>
public sealed class CommitWatchTests(AvailablePostgres postgres) : IClassFixture<AvailablePostgres>, IAsyncDisposable
{
    private static readonly FederationSettings Pace = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ic-watch-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly IGround sqlite = InMemoryAndSqlite.NewGround();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sqlite.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Participant ParticipantAt(Func<DbContext> open) => new(
        FederationDirectory.HubCode, open, SigningKey.OpenOrCreate(Path.Combine(folder, "hub.pem")),
        new FederationDirectory { Hub = new DirectoryEntry { Code = FederationDirectory.HubCode, Name = "Hub" }, Clusters = [] },
        new AcceptPublications(), clock);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_connection_commits_is_news_once_and_what_it_reads_or_gives_up_is_none(bool isPostgres)
    {
        var ground = isPostgres ? new RealGround(null!, postgres) : sqlite;
        var open = await ground.CreateDatabaseAsync(FederationDirectory.HubCode);
        await using var watched = new WatchedDatabase(open);
        Assert.True(await watched.HasCommittedAsync(Cancellation));
        Assert.False(await watched.HasCommittedAsync(Cancellation));

        await using var other = open();
        Assert.Empty(await other.Set<OperationRow>().ToListAsync(Cancellation));
        await using (var transaction = await other.Database.BeginTransactionAsync(Cancellation))
        {
            await OperationRow.RequestAsync(other, OperationRow.Recover, null, clock, Cancellation);
            Assert.False(await watched.HasCommittedAsync(Cancellation));
            await transaction.CommitAsync(Cancellation);
        }

        Assert.True(await watched.HasCommittedAsync(Cancellation));
        Assert.False(await watched.HasCommittedAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_of_another_process_wakes_whatever_waits_for_the_journal()
    {
        var open = await sqlite.CreateDatabaseAsync(FederationDirectory.HubCode);
        var (participant, told) = (ParticipantAt(open), 0);
        participant.Journal.Appended += () => Interlocked.Increment(ref told);
        using var watch = new CommitWatch([participant], Pace, clock, NullLogger<CommitWatch>.Instance);
        await watch.StartAsync(Cancellation);
        await ToldAsync(1);

        await using var other = open();
        await OperationRow.RequestAsync(other, OperationRow.Recover, null, clock, Cancellation);
        await ToldAsync(2);
        await watch.StopAsync(Cancellation);
        Assert.True(watch.ExecuteTask!.IsCompletedSuccessfully);

        Task ToldAsync(int times) => Until.TrueAsync(() =>
        {
            clock.Advance(Pace.Poll);
            return Task.FromResult(Volatile.Read(ref told) == times);
        }, () => Task.FromResult($"told {told} times"));
    }

    [Fact]
    public async Task A_watch_that_fails_says_so_waits_and_goes_on_and_the_other_databases_are_watched_meanwhile()
    {
        var open = await sqlite.CreateDatabaseAsync(FederationDirectory.HubCode);
        var (isAway, opened, told, healthy) = (true, 0, 0, 0);
        var broken = ParticipantAt(() =>
        {
            Interlocked.Increment(ref opened);
            return Volatile.Read(ref isAway) ? throw new SqliteException("disk I/O error", 10) : open();
        });
        var other = ParticipantAt(await sqlite.CreateDatabaseAsync(FederationDirectory.HubCode));
        broken.Journal.Appended += () => Interlocked.Increment(ref told);
        other.Journal.Appended += () => Interlocked.Increment(ref healthy);
        using var watch = new CommitWatch([broken, other], Pace, clock, NullLogger<CommitWatch>.Instance);
        await watch.StartAsync(Cancellation);
        await Until.TrueAsync(() => Task.FromResult(watch.Failure == "disk I/O error" && Volatile.Read(ref healthy) == 1), () =>
            Task.FromResult($"{watch.Failure}, the other one told {healthy} times"));
        clock.Advance(Pace.Poll);
        Assert.Equal(1, opened);

        Volatile.Write(ref isAway, false);
        await Until.TrueAsync(() =>
        {
            clock.Advance(Pace.Poll);
            return Task.FromResult(Volatile.Read(ref told) == 1);
        }, () => Task.FromResult($"told {told} times, opened {opened} times"));
        await watch.StopAsync(Cancellation);
    }

    [Fact]
    public async Task An_operation_is_taken_up_by_the_safety_net_though_no_notice_of_it_came()
    {
        var open = await sqlite.CreateDatabaseAsync(FederationDirectory.HubCode);
        var participant = ParticipantAt(open);
        var bus = new FederationBus(() => [], new BusSettings(), NullLoggerFactory.Instance);
        var operations = new RunOperations(
            participant, new JournalRecovery(participant, [], bus, Pace, NullLogger<JournalRecovery>.Instance), Pace,
            NullLogger<RunOperations>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = operations.RunAsync(stop.Token);

        await using var other = open();
        var asked = await OperationRow.RequestAsync(other, OperationRow.Recover, null, clock, Cancellation);
        await Until.TrueAsync(async () =>
        {
            clock.Advance(Pace.LongestPoll);
            return await other.Set<OperationRow>().AsNoTracking()
                .AnyAsync(row => row.Id == asked.Id && row.FinishedAt != null, Cancellation);
        }, () => Task.FromResult("nothing has taken it up"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
