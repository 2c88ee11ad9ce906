using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Federation.Verification;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.FaultTests;

/// <summary>Hub and nodes as processes on a real broker and a real PostgreSQL, with what was published written down beside them.</summary>
/// <param name="nodes">Codes of the nodes besides the hub.</param>
/// <param name="root">The folder of the Debian that the servers are from; empty for this machine's own.</param>
public sealed class FederationUnderFault(IReadOnlyList<string> nodes, string root) : IAsyncDisposable
{
    public const string Hub = FederationDirectory.HubCode;
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-faults-").FullName;
    private readonly Dictionary<string, string> connections = [];
    private readonly Dictionary<string, Dictionary<string, string>> environments = [];
    private readonly Dictionary<string, ServerProcess> processes = [];
    private readonly Dictionary<string, string> tokens = [];
    private readonly ConcurrentDictionary<string, (string Code, long Revision, string Digest)> published = [];

    public IReadOnlyList<string> Nodes { get; } = nodes;

    public LocalBroker Broker { get; } = new() { Root = root };

    public LocalPostgres Postgres { get; } = new() { Root = root };

    /// <summary>Publications written down so far.</summary>
    public int Published => published.Count;

    public ServerProcess this[string code] => processes[code];

    public SigningKey KeyOf(string code) => SigningKey.OpenOrCreate(Path.Combine(processes[code].Data, "keys", $"{code}.pem"));

    public Dictionary<string, string> EnvironmentOf(string code) => environments[code];

    public async Task StartAsync()
    {
        await Broker.InitializeAsync();
        await Postgres.InitializeAsync();
        foreach (var code in (string[])[Hub, .. Nodes])
        {
            Add(code, code, await Postgres.CreateDatabaseAsync());
        }

        await WriteDirectoryAsync();
        foreach (var process in processes.Values)
        {
            await process.StartAsync();
        }
    }

    /// <summary>A process of its own under <paramref name="name"/>, with the identity of <paramref name="code"/>.</summary>
    public ServerProcess Add(string name, string code, string connection)
    {
        connections[name] = connection;
        var settings = environments[name] = new Dictionary<string, string>
        {
            ["Interclustering__Roles"] = code,
            ["Interclustering__Database__Provider"] = "postgres",
            [$"Interclustering__Database__{(code == Hub ? "Hub" : $"Nodes__{code}")}"] = connection,
            ["Interclustering__Bus__Transport"] = "rabbitmq",
            ["Interclustering__Bus__Host"] = "127.0.0.1",
            ["Interclustering__Bus__Port"] = Broker.Port.ToString(CultureInfo.InvariantCulture),
            ["Interclustering__Bus__Password"] = LocalBroker.Password,
            ["Interclustering__Demonstration"] = "false",
            ["Interclustering__Directory"] = Path.Combine(folder, "directory.json"),
            ["Interclustering__Federation__PublishTimeout"] = "00:00:05",
        };
        return processes[name] = new ServerProcess(settings);
    }

    public async Task RemoveAsync(string name)
    {
        await processes[name].DisposeAsync();
        processes.Remove(name);
        environments.Remove(name);
        connections.Remove(name);
    }

    public DbContext Open(string name, string code) => code == Hub
        ? new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(connections[name]).Options)
        : new PostgresNodeContext(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connections[name]).Options);

    public DbContext Open(string code) => Open(code, code);

    /// <summary>A backup of a participant's database; the process is stopped meanwhile.</summary>
    public async Task<string> BackUpAsync(string code)
    {
        await processes[code].TerminateAsync();
        var copy = await Postgres.CopyDatabaseAsync(connections[code]);
        await processes[code].StartAsync();
        return copy;
    }

    /// <summary>Gives a participant whose process is stopped another database.</summary>
    public void Use(string code, string connection)
    {
        connections[code] = connection;
        environments[code][$"Interclustering__Database__{(code == Hub ? "Hub" : $"Nodes__{code}")}"] = connection;
    }

    public string ConnectionOf(string name) => connections[name];

    /// <summary>Publishes new sheets in batches, as another process beside the server does.</summary>
    public async Task PublishAsync(string name, int count, string? code = null, int batch = 50)
    {
        var journal = new Journal(code ?? name, TimeProvider.System);
        for (var done = 0; done < count; done += batch)
        {
            var drafts = Enumerable.Range(done, Math.Min(batch, count - done))
                .Select(number => Draft(journal.Code, $"Fiche {number}")).ToList();
            await using var db = Open(name, journal.Code);
            await using var transaction = await db.Database.BeginTransactionAsync();
            var rows = await journal.AppendAsync(db, drafts, CancellationToken.None);
            await transaction.CommitAsync();
            foreach (var row in rows)
            {
                published[row.Subject] = (journal.Code, row.Revision, EntryChain.Read(row.Text).Digest);
            }
        }
    }

    public static JournalDraft Draft(string code, string title)
    {
        var sheet = new BestPractice { Nonce = Nonce.Create(), Title = title, Text = "Contenu de démonstration." };
        return new JournalDraft(Kinds.BestPractice, Subjects.Mint(code), 1, JsonSerializer.Serialize(sheet, ContractJson.Options));
    }

    /// <summary>A token for the API of a node, made in its workspace as its staff do.</summary>
    public async Task<string> TokenAsync(string code)
    {
        if (!tokens.TryGetValue(code, out var token))
        {
            using var member = new TeamMember(processes[code], code);
            await member.JoinAsync();
            tokens[code] = token = await member.CreateTokenAsync();
        }

        return token;
    }

    /// <summary>Asks the running server to recover, and waits for it.</summary>
    public async Task RecoverAsync(string name, string? code = null)
    {
        OperationRow operation;
        await using (var db = Open(name, code ?? name))
        {
            operation = await OperationRow.RequestAsync(db, OperationRow.Recover, null, TimeProvider.System, CancellationToken.None);
        }

        await UntilAsync($"{name} has recovered", async () =>
        {
            await using var db = Open(name, code ?? name);
            operation = await db.Set<OperationRow>().AsNoTracking().SingleAsync(row => row.Id == operation.Id);
            return operation.FinishedAt is not null;
        });
        Assert.False(operation.Failed, operation.Outcome);
    }

    /// <summary>Waits until every participant stands at the end of what it follows, and holds the same; seconds since the call.</summary>
    public async Task<double> ConvergeAsync()
    {
        var watch = Stopwatch.StartNew();
        var (last, queues) = ("", "");
        await UntilAsync(() => $"they agree:\n{last}\n{queues}\n{Logs()}", async () =>
        {
            if (await BehindAsync() is { } behind)
            {
                last = behind;
                // What the broker knew shortly before this counts as failed.
                queues = queues.Length == 0 && watch.Elapsed > TimeSpan.FromSeconds(50) ? await Broker.StateAsync() : queues;
                return false;
            }

            var reports = new List<ParticipantReport>();
            foreach (var code in (string[])[Hub, .. Nodes])
            {
                await using var db = Open(code);
                reports.Add(await ParticipantReport.ReadAsync(code, db, CancellationToken.None));
            }

            last = string.Join('\n', Comparison.Compare(reports[0], reports[1..]).Where(line => !line.Agrees));
            return last.Length == 0;
        });
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>What each process said last.</summary>
    public string Logs() => string.Concat(processes.Select(each => $"--- {each.Key}\n{ServerProgram.Tail(each.Value.Log)}\n"));

    /// <summary>I1 to I5, read from the databases.</summary>
    public async Task<Findings> InspectAsync()
    {
        var (plan, duplicated, forged) = (0, 0, 0);
        foreach (var code in (string[])[Hub, .. Nodes])
        {
            await using var db = Open(code);
            var held = await db.Set<PublicationRow>().AsNoTracking().Where(row => code == Hub || row.Journal == Hub)
                .Select(row => new { row.Subject, row.Kind, row.Revision, row.Digest }).ToListAsync();
            var bySubject = held.ToDictionary(row => row.Subject);
            plan += published.Count(item => !bySubject.TryGetValue(item.Key, out var row) || row.Revision < item.Value.Revision);
            forged += held.Count(row => row.Kind == Kinds.BestPractice
                && (!published.TryGetValue(row.Subject, out var item) || (row.Revision == item.Revision && row.Digest != item.Digest)));
            duplicated += await DuplicatedAsync(db, code);
            await AssertChainAsync(db);
        }

        return new Findings(plan, duplicated, forged);
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan? pause = null) =>
        await UntilAsync(() => what, condition, pause);

    public static async Task UntilAsync(Func<string> what, Func<Task<bool>> condition, TimeSpan? pause = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await TryAsync(condition))
        {
            // I6, and nothing else, is a limit in time.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60),
                $"Not within 60 s: {(watch.Elapsed < TimeSpan.FromSeconds(60) ? "" : what())}");
            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(200));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values)
        {
            await process.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            // The database is one of the things that faults hit: asked again, and bounded by the deadline.
            return false;
        }
    }

    /// <summary>Which participant is behind which, from the positions alone; null when none is.</summary>
    private async Task<string?> BehindAsync()
    {
        await using var hub = Open(Hub);
        var national = await hub.Set<JournalHead>().AsNoTracking().SingleAsync();
        var cursors = await hub.Set<ReplicaCursor>().AsNoTracking().ToDictionaryAsync(cursor => cursor.Journal);
        foreach (var code in Nodes)
        {
            await using var node = Open(code);
            var head = await node.Set<JournalHead>().AsNoTracking().SingleAsync();
            var reading = await node.Set<ReplicaCursor>().AsNoTracking().SingleOrDefaultAsync(cursor => cursor.Journal == Hub);
            if (head.Sequence > 0 && cursors.GetValueOrDefault(code)?.Hash != head.Hash)
            {
                return $"the hub is at {cursors.GetValueOrDefault(code)?.Sequence} of {head.Sequence} of {code}; "
                    + $"{cursors.GetValueOrDefault(code)?.StoppedBecause}";
            }

            if (national.Sequence > 0 && reading?.Hash != national.Hash)
            {
                return $"{code} is at {reading?.Sequence} of {national.Sequence} of the hub; {reading?.StoppedBecause}";
            }
        }

        return null;
    }

    private static async Task<int> DuplicatedAsync(DbContext db, string code)
    {
        var replicas = await db.Set<ReplicaEntry>().Where(row => row.Journal != code).Select(row => new { row.Journal, row.Sequence })
            .ToListAsync();
        var twice = replicas.Count - replicas.Distinct().Count();
        // I5: what is kept of a journal is contiguous up to the watermark.
        foreach (var cursor in await db.Set<ReplicaCursor>().AsNoTracking().ToListAsync())
        {
            var kept = replicas.Where(row => row.Journal == cursor.Journal).Select(row => row.Sequence).Distinct().ToList();
            Assert.Equal(cursor.Sequence, kept.Count);
            Assert.Equal(cursor.Sequence, kept.DefaultIfEmpty().Max());
        }

        if (code == Hub)
        {
            var texts = await db.Set<JournalRow>().Select(row => row.Text).ToListAsync();
            var origins = texts.Select(EntryChain.Read).Where(entry => Kinds.KindOf(entry.Type) == Kinds.Accepted)
                .Select(entry => entry.Data!.Value.GetProperty("origin").GetProperty("hash").GetString()).ToList();
            twice += origins.Count - origins.Distinct().Count();
        }

        return twice;
    }

    private static async Task AssertChainAsync(DbContext db)
    {
        var (sequence, previous) = (0L, EntryChain.Origin);
        await foreach (var text in db.Set<JournalRow>().OrderBy(row => row.Sequence).Select(row => row.Text).AsAsyncEnumerable())
        {
            var entry = EntryChain.Read(text);
            Assert.Equal((sequence + 1, previous), (entry.Sequence, entry.Previous));
            (sequence, previous) = (entry.Sequence, entry.Hash);
        }
    }

    private Task WriteDirectoryAsync()
    {
        PublicKey KeyIn(string code)
        {
            using var key = KeyOf(code);
            return key.Public;
        }

        var directory = new FederationDirectory
        {
            Hub = new DirectoryEntry { Code = Hub, Name = "Site national (démonstration)", Keys = [KeyIn(Hub)] },
            Clusters = [.. Nodes.Select(code => new Cluster
            {
                Code = code, Name = code, Region = "Bretagne", Insee = "53", Colour = new Colour("#000000", "#ffffff"),
                    Keys = [KeyIn(code)],
            })],
        };
        return File.WriteAllTextAsync(Path.Combine(folder, "directory.json"), JsonSerializer.Serialize(directory, ContractJson.Indented));
    }
}

/// <summary>What the databases say after a row: I1 to I3 are kept when all are 0.</summary>
public sealed record Findings(int Lost, int Duplicated, int Forged);
