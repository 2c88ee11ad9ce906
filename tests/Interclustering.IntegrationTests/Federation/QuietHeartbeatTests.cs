using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Receiving;
using Interclustering.Federation.Recovery;
using Interclustering.Hub.Ingest;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>What says nothing new is written seldom, and often enough that no participant seems silent.</summary>
public sealed class QuietHeartbeatTests : IAsyncDisposable
{
    private const string Hub = FederationDirectory.HubCode, Cluster = "bsc";
    private static readonly FederationSettings Pace = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ic-quiet-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly IGround ground = InMemoryAndSqlite.NewGround();
    private readonly FederationBus bus = new(() => [], new BusSettings(), NullLoggerFactory.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await ground.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private SigningKey KeyOf(string code) => SigningKey.OpenOrCreate(Path.Combine(folder, $"{code}.pem"));

    private async Task<Participant> HubAsync()
    {
        var open = await ground.CreateDatabaseAsync(Hub);
        using var key = KeyOf(Cluster);
        var directory = new FederationDirectory
        {
            Hub = new DirectoryEntry { Code = Hub, Name = "Hub" },
            Clusters =
            [
                new Cluster
                {
                    Code = Cluster, Name = "Bretagne", Region = "Bretagne", Insee = "53", Colour = new Colour("#000000", "#ffffff"),
                    Keys = [key.Public],
                },
            ],
        };
        var participant = new Participant(Hub, open, KeyOf(Hub), directory, new AcceptPublications(), clock);
        await using var db = open();
        await participant.Journal.OpenAsync(db, Cancellation);
        return participant;
    }

    private Relay RelayOf(Participant participant) => new(participant, Cluster, bus, Pace, NullLogger<Relay>.Instance);

    [Fact]
    public async Task A_heartbeat_is_noted_when_it_says_something_new_and_else_before_its_owner_would_seem_silent()
    {
        var participant = await HubAsync();
        using var relay = RelayOf(participant);
        var recovery = new JournalRecovery(participant, [relay], bus, Pace, NullLogger<JournalRecovery>.Instance);
        var inbox = new Inbox(participant, [relay], recovery, bus, Pace, NullLogger<Inbox>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = inbox.RunAsync(stop.Token);
        using var key = KeyOf(Cluster);

        var start = clock.GetUtcNow().UtcDateTime;
        Assert.Equal((start, 0), await HeardAsync(0));
        clock.Advance(Pace.Heartbeat);
        Assert.Equal((start, 0), await HeardAsync(0));
        clock.Advance(Pace.Heartbeat);
        Assert.Equal((start + (2 * Pace.Heartbeat), 3), await HeardAsync(3));
        clock.Advance(Pace.LongestUnnoted - TimeSpan.FromSeconds(1));
        Assert.Equal((start + (2 * Pace.Heartbeat), 3), await HeardAsync(3));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((start + (2 * Pace.Heartbeat) + Pace.LongestUnnoted, 3), await HeardAsync(3));
        Assert.True(Pace.LongestUnnoted + FederationSettings.HeartbeatInMemory < Pace.Silence);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        async Task<(DateTime? HeardAt, long Announced)> HeardAsync(long sequence)
        {
            var heartbeat = key.Sign(new Heartbeat
            {
                Journal = Cluster,
                From = Cluster,
                Epoch = "0197f0a0-0000-7000-8000-000000000001",
                Keyid = "",
                Id = Guid.NewGuid().ToString(),
                Sequence = sequence,
                Hash = EntryChain.Origin,
                Time = "2026-11-30T08:00:00.000000Z",
            });
            await inbox.ReceiveAsync(new FederationMessage { Heartbeat = heartbeat }, Cluster, Cancellation);
            await using var db = participant.Open();
            var cursor = await db.Set<ReplicaCursor>().AsNoTracking().SingleAsync(Cancellation);
            return (cursor.HeardAt, cursor.Announced);
        }
    }

    [Fact]
    public async Task A_receipt_that_repeats_the_position_is_noted_before_its_reader_would_seem_silent()
    {
        var participant = await HubAsync();
        await using var db = participant.Open();
        var start = clock.GetUtcNow().UtcDateTime;
        db.Add(new ReceiptRow { Reader = Cluster, Hash = EntryChain.Origin, At = start });
        await db.SaveChangesAsync(Cancellation);
        using var relay = RelayOf(participant);

        clock.Advance(Pace.Heartbeat);
        Assert.Equal(start + Pace.Heartbeat, await NotedAsync());
        clock.Advance(Pace.LongestUnnoted - TimeSpan.FromSeconds(1));
        Assert.Equal(start + Pace.Heartbeat, await NotedAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(start + Pace.Heartbeat + Pace.LongestUnnoted, await NotedAsync());

        async Task<DateTime> NotedAsync()
        {
            await relay.AcceptAsync(
                new Receipt { Journal = Hub, From = Cluster, Epoch = "", Keyid = "", Through = 0, Hash = EntryChain.Origin }, Cancellation);
            return await db.Set<ReceiptRow>().AsNoTracking().Select(row => row.At).SingleAsync(Cancellation);
        }
    }
}
