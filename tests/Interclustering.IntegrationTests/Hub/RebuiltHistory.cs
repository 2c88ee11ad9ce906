using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Recovery;
using Interclustering.Federation.Replicas;
using Interclustering.Hub;
using Interclustering.Hub.Ingest;
using Interclustering.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>
/// A random history of a hub: a cluster publishes, withdraws, and disowns its end in a new epoch; the hub is restored, lost, disowns its
/// own end, and is rebuilt from what a reader kept. The model is the cluster's journal, and what the reader has of the hub's.
/// </summary>
internal sealed class RebuiltHistory : IAsyncDisposable
{
    private const int Segment = 3;
    private static readonly SigningKey Signing =
        SigningKey.OpenOrCreate(Path.Combine(Directory.CreateTempSubdirectory("ic-rebuilt-").FullName, "hub.pem"));
    private readonly Random dice;
    private readonly Participant hub;
    private readonly List<JournalEntry> cluster = [];
    private readonly Dictionary<string, long> revisions = [];
    private readonly List<JournalEntry> atReader = [];
    private readonly List<string> story = [];
    private readonly List<string> epochs = [];
    private string epoch = Guid.NewGuid().ToString();
    private SqliteConnection database = New();
    private SqliteConnection? backup;
    private int number;

    private RebuiltHistory(int seed)
    {
        dice = new Random(seed);
        story.Add($"seed {seed}");
        epochs.Add(epoch);
        hub = new Participant("hub", Open, Signing, Directories.Two, new AcceptPublications(), TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private List<string> Live => [.. cluster.GroupBy(entry => entry.Subject).Select(entries => entries.MaxBy(entry => entry.Revision)!)
        .Where(entry => Kinds.KindOf(entry.Type) == Kinds.Event).Select(entry => entry.Subject).Order(StringComparer.Ordinal)];

    /// <summary>Tries one history, and says what it was where something is wrong.</summary>
    public static async Task TryAsync(int seed)
    {
        await using var history = new RebuiltHistory(seed);
        try
        {
            await history.RunAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{string.Join("; ", history.story)}\n{exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await (backup?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static SqliteConnection New()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private SqliteHubContext Open() => new(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(database).Options);

    private async Task RunAsync()
    {
        await BeginAsync();
        for (var steps = dice.Next(8, 20); steps > 0; steps--)
        {
            await StepAsync();
        }

        await RebuildAsync();
        Publish(null);
        await SendAsync();
        await SyncAsync();
        await CheckAsync();
    }

    private async Task BeginAsync()
    {
        await using var db = Open();
        await db.Database.EnsureCreatedAsync(Cancellation);
        await hub.Journal.OpenAsync(db, Cancellation);
        await Replica.OpenAsync(hub, isStart: true, Cancellation);
    }

    private async Task StepAsync()
    {
        switch (dice.Next(16))
        {
            case < 5:
                Publish(Live is { Count: > 0 } live && dice.Next(2) == 0 ? live[dice.Next(live.Count)] : null);
                break;
            case 5 when Live is { Count: > 0 } shown:
                Add(Kinds.Withdrawn, shown[dice.Next(shown.Count)], """{"nonce":"0123456789abcdef0123456789abcdef"}""");
                break;
            case < 8:
                await SendAsync();
                break;
            case < 10:
                await SyncAsync();
                break;
            case 10 when cluster.Count > 0:
                Disown();
                break;
            case 11:
                story.Add("back up");
                backup?.Dispose();
                backup = New();
                database.BackupDatabase(backup);
                break;
            case 12 when backup is not null:
                story.Add("restore");
                database.Dispose();
                database = New();
                backup.BackupDatabase(database);
                break;
            case 13:
                story.Add("lose");
                database.Dispose();
                database = New();
                await BeginAsync();
                break;
            case 14:
                await DisownAtHubAsync();
                break;
            default:
                await RebuildAsync();
                break;
        }
    }

    private void Publish(string? subject) =>
        Add(Kinds.Event, subject ?? Subjects.Mint("bsc"),
            $$"""{"title":"Titre {{++number}}","sessions":"""
                + """[{"id":"1","start":"2027-01-14T09:00:00"}],"nonce":"0123456789abcdef0123456789abcdef"}""");

    private void Add(string kind, string subject, string data)
    {
        story.Add($"{kind} {subject[^4..]}");
        if (kind == Kinds.Withdrawn)
        {
            Erase(cluster, subject);
        }

        using var parsed = JsonDocument.Parse(data);
        var sequence = cluster.Count + 1;
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"{epoch}/{sequence}"),
            Source = "bsc",
            Type = Kinds.TypeOf(kind),
            Subject = subject,
            Time = "2026-11-20T09:00:00.000000Z",
            Datacontenttype = "application/json",
            Epoch = epoch,
            Sequence = sequence,
            Revision = revisions[subject] = revisions.GetValueOrDefault(subject) + 1,
            Previous = cluster is [.., var last] ? last.Hash : EntryChain.Origin,
            Digest = EntryChain.Digest(parsed.RootElement),
            Hash = "",
            Data = parsed.RootElement.Clone(),
        };
        cluster.Add(entry with { Hash = EntryChain.HashOf(entry) });
    }

    private static void Erase(List<JournalEntry> entries, string subject)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            entries[index] = entries[index].Subject == subject ? EntryChain.Erase(entries[index]) : entries[index];
        }
    }

    /// <summary>
    /// The cluster's key was in other hands: a new epoch replaces the end, and what stood there is withdrawn or said again.
    /// </summary>
    private void Disown()
    {
        var kept = dice.Next(Math.Max(0, cluster.Count - 3), cluster.Count);
        var disowned = cluster[kept..].Where(entry => Kinds.KindOf(entry.Type) != Kinds.JournalOpened).Select(entry => entry.Subject)
            .Distinct().ToList();
        cluster.RemoveRange(kept, cluster.Count - kept);
        var end = kept == 0 ? new JournalEnd(epoch, 0, EntryChain.Origin) : new JournalEnd(cluster[^1].Epoch, kept, cluster[^1].Hash);
        string[] left = [.. epochs.Except([end.Epoch, .. cluster.Select(entry => entry.Epoch)])];
        story.Add($"disown after {kept}");
        epochs.Add(epoch = Guid.NewGuid().ToString());
        Add(Kinds.JournalOpened, Subjects.Mint("bsc"), JsonSerializer.Serialize(
            new JournalOpened { Nonce = Nonce.Create(), Replaces = end, Leaves = left.Length == 0 ? null : left, Reason = "revoked" },
                ContractJson.Options));
        foreach (var subject in disowned)
        {
            if (dice.Next(2) == 0)
            {
                Publish(subject);
            }
            else
            {
                Add(Kinds.Withdrawn, subject, """{"nonce":"0123456789abcdef0123456789abcdef"}""");
            }
        }
    }

    /// <summary>All of the cluster's journal, as after a receipt that says nothing: what is there is skipped.</summary>
    private async Task SendAsync()
    {
        story.Add("send");
        foreach (var entries in cluster.GroupBy(entry => entry.Epoch).SelectMany(each => each.Chunk(Segment)))
        {
            await Replica.IngestAsync(
                hub, "bsc",
                [
                    new JournalSegment
                    {
                        Journal = "bsc", Epoch = entries[0].Epoch, Sequence = entries[^1].Sequence, Hash = entries[^1].Hash, Erased = [],
                            Keyid = "", Signature = "",
                        Entries = entries,
                    },
                ],
                Cancellation);
        }
    }

    /// <summary>The reader reads on, where the hub's journal is the one that it knows, or a new epoch of it.</summary>
    private async Task SyncAsync()
    {
        var entries = await EntriesAsync();
        var common = atReader.Zip(entries).TakeWhile(pair => pair.First.Hash == pair.Second.Hash).Count();
        if (common < atReader.Count && (common == entries.Count || Kinds.KindOf(entries[common].Type) != Kinds.JournalOpened))
        {
            return;
        }

        story.Add("sync");
        atReader.RemoveRange(common, atReader.Count - common);
        foreach (var entry in entries[common..])
        {
            if (entry.Data is { } data && Kinds.KindOf(entry.Type) == Kinds.Accepted
                && Kinds.KindOf(data.Deserialize<Accepted>(ContractJson.Options)!.Origin.Type) == Kinds.Withdrawn)
            {
                Erase(atReader, entry.Subject);
            }

            atReader.Add(entry);
        }
    }

    /// <summary>The hub's own key was in other hands.</summary>
    private async Task DisownAtHubAsync()
    {
        var entries = await EntriesAsync();
        var kept = dice.Next(Math.Max(0, entries.Count - 4), entries.Count + 1);
        if (atReader.Zip(entries).Any(pair => pair.First.Hash != pair.Second.Hash) || kept == 0)
        {
            return;
        }

        story.Add($"hub disowns after {kept}");
        var disowned = atReader.Count > kept ? atReader[kept..] : [];
        await Recovery()
            .AdoptAsync(new JournalEnd(entries[kept - 1].Epoch, kept, entries[kept - 1].Hash), [], disowned, "revoked", Cancellation);
        await SyncAsync();
    }

    private async Task RebuildAsync()
    {
        if (atReader.Count > 0)
        {
            story.Add("rebuild");
            await Recovery().AdoptAsync(new JournalEnd(atReader[^1].Epoch, atReader[^1].Sequence, atReader[^1].Hash), [.. atReader], [],
                "recovered", Cancellation);
        }

        await SyncAsync();
    }

    private JournalRecovery Recovery() => new(hub, [], null!, new FederationSettings(), NullLogger<JournalRecovery>.Instance);

    private async Task<List<JournalEntry>> EntriesAsync()
    {
        await using var db = Open();
        return (await db.Journal.AsNoTracking().OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(Cancellation))
            .ConvertAll(EntryChain.Read);
    }

    /// <summary>
    /// The cluster's journal, the hub's replica of it, the publications, and what a reader folds from the hub's journal say the same.
    /// </summary>
    private async Task CheckAsync()
    {
        await using var db = Open();
        var replica = await db.Set<ReplicaEntry>().AsNoTracking().Where(row => row.Journal == "bsc")
            .OrderBy(row => row.Sequence).Select(row => row.Hash).ToListAsync(Cancellation);
        Assert.Equal(cluster.Select(entry => entry.Hash), replica);
        var entries = await EntriesAsync();
        foreach (var (index, entry) in entries.Index())
        {
            Assert.Equal((index + 1, index == 0 ? EntryChain.Origin : entries[index - 1].Hash), (entry.Sequence, entry.Previous));
            Assert.True(EntryChain.IsIntact(entry));
        }

        var said = Latest(cluster);
        var published = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == "bsc" && row.Data != null && row.Kind == Kinds.Event).ToListAsync(Cancellation);
        Assert.Equal(said, published.Select(row => (row.Subject, row.Revision, row.Digest)).Order());
        Assert.Equal(said, Latest([.. atReader.Where(entry => Kinds.KindOf(entry.Type) == Kinds.Accepted && entry.Data is not null)
            .Select(entry => entry.Data!.Value.Deserialize<Accepted>(ContractJson.Options)!.Origin)]));
        Assert.Equal(entries.Select(entry => entry.Hash), atReader.Select(entry => entry.Hash));
    }

    private static IEnumerable<(string Subject, long Revision, string Digest)> Latest(IReadOnlyList<JournalEntry> entries) => entries
        .GroupBy(entry => entry.Subject).Select(each => each.MaxBy(entry => entry.Revision)!)
            .Where(entry => Kinds.KindOf(entry.Type) == Kinds.Event)
        .Select(entry => (entry.Subject, entry.Revision, entry.Digest)).Order();
}
