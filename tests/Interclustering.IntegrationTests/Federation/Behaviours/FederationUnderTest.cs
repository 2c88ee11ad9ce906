using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Federation.Replicas;
using Interclustering.Federation.Verification;
using Interclustering.Hub.Ingest;
using Interclustering.Node.NationalView;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Federation.Behaviours;

/// <summary>Where the federation under test keeps its data and meets.</summary>
public interface IGround : IAsyncDisposable
{
    /// <summary>A context factory on a database of the participant's own, empty at first.</summary>
    Task<Func<DbContext>> CreateDatabaseAsync(string code);

    /// <summary>A copy of the participant's database as it stands, while it is not open: a backup, or a clone.</summary>
    Task<Func<DbContext>> CopyDatabaseAsync(string code);

    /// <summary>The bus as this participant signs in to it; the same instance of settings means the same process.</summary>
    BusSettings BusOf(string code);

    /// <summary>Whether all participants share one process, as the in-memory bus demands.</summary>
    bool OneProcess { get; }
}

/// <summary>A hub and two nodes with real keys, databases and a real bus; started and stopped at will.</summary>
public sealed class FederationUnderTest : IAsyncDisposable
{
    public const string Hub = FederationDirectory.HubCode;
    private static readonly string[] Codes = [Hub, "bsc", "tenlog"];
    private static readonly FederationSettings Pace = new() { Poll = TimeSpan.FromMilliseconds(200), Heartbeat = TimeSpan.FromSeconds(1) };

    private readonly string keys = Directory.CreateTempSubdirectory("interclustering-keys-").FullName;
    private readonly Dictionary<string, IHost> hosts = [];
    private readonly Dictionary<string, SigningKey> signing;
    private readonly IGround ground;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> said = new();

    private FederationUnderTest(IGround ground)
    {
        this.ground = ground;
        signing = Codes.ToDictionary(code => code, code => SigningKey.OpenOrCreate(Path.Combine(keys, $"{code}.pem")));
        Members = new FederationDirectory
        {
            Hub = new DirectoryEntry { Code = Hub, Name = "Hub", Keys = [signing[Hub].Public] },
            Clusters = [.. Codes.Where(code => code != Hub).Select(code => new Cluster
            {
                Code = code, Name = code, Region = "Bretagne", Insee = "53", Colour = new Colour("#000000", "#ffffff"),
                    Keys = [signing[code].Public],
            })],
        };
    }

    public FederationDirectory Members { get; private set; }

    public Dictionary<string, Func<DbContext>> Databases { get; } = [];

    public SigningKey KeyOf(string code) => signing[code];

    public static async Task<FederationUnderTest> StartAsync(IGround ground)
    {
        var federation = new FederationUnderTest(ground);
        foreach (var code in Codes)
        {
            federation.Databases[code] = await ground.CreateDatabaseAsync(code);
        }

        await federation.StartAllAsync();
        return federation;
    }

    public async Task StartAllAsync()
    {
        if (ground.OneProcess)
        {
            await StartAsync("all", Codes);
            return;
        }

        foreach (var code in Codes)
        {
            await StartAsync(code, [code]);
        }
    }

    /// <summary>Gives the participant another database, with everything stopped meanwhile: a restored backup, or an empty one.</summary>
    public Task ReplaceDatabaseAsync(string code, Func<DbContext> database) => ReplaceDatabasesAsync((code, database));

    public async Task ReplaceDatabasesAsync(params (string Code, Func<DbContext> Database)[] replaced)
    {
        await StopAllAsync();
        foreach (var (code, database) in replaced)
        {
            Databases[code] = database;
        }

        await StartAllAsync();
    }

    /// <summary>Where each participant stands, for the message of a test that waited in vain.</summary>
    public async Task<string> DescribeAsync()
    {
        var lines = new List<string>();
        foreach (var (code, database) in Databases)
        {
            await using var db = database();
            lines.AddRange((await db.Set<JournalHead>().ToListAsync())
                .Select(head => $"{code}: journal {head.Epoch[..4]}/{head.Sequence}"));
            lines.AddRange((await db.Set<ReceiptRow>().ToListAsync())
                .Select(row => $"{code}: {row.Reader} has {row.Through} {row.StoppedBecause}"));
            lines.AddRange((await db.Set<ReplicaCursor>().ToListAsync()).Select(
                row => $"{code}: follows {row.Journal} {row.Epoch.PadRight(4)[..4]}/{row.Sequence}"
                    + $" of {row.Announced} {row.StoppedBecause}"));
            lines.AddRange((await db.Set<OperationRow>().ToListAsync()).Select(row => $"{code}: {row.Verb} {row.Outcome}"));
        }

        return string.Join('\n', lines.Concat(said.TakeLast(20)));
    }

    /// <summary>Renews a node's key in every directory. The old one counts through a sequence, or not at all.</summary>
    public async Task RenewKeyAsync(string code, long? oldCountsThrough)
    {
        await StopAllAsync();
        var old = signing[code].Public with { Through = oldCountsThrough };
        signing[code] = SigningKey.OpenOrCreate(Path.Combine(keys, $"{code}-{Guid.NewGuid()}.pem"));
        PublicKey[] listed = oldCountsThrough is null ? [signing[code].Public] : [signing[code].Public, old];
        Members = Members with { Clusters = [.. Members.Clusters.Select(each => each.Code == code ? each with { Keys = listed } : each)] };
        await StartAllAsync();
    }

    /// <summary>A backup of a participant's database.</summary>
    public async Task<Func<DbContext>> BackUpAsync(string code)
    {
        await StopAllAsync();
        var copy = await ground.CopyDatabaseAsync(code);
        await StartAllAsync();
        return copy;
    }

    /// <summary>An empty database for a participant whose own is gone.</summary>
    public Task<Func<DbContext>> EmptyDatabaseAsync(string code) => ground.CreateDatabaseAsync(code);

    /// <summary>Asks for an operation as the verb and the button do, and waits for its end.</summary>
    public async Task<OperationRow> OperateAsync(string code, string verb, long? from = null)
    {
        OperationRow operation;
        await using (var db = Databases[code]())
        {
            operation = await OperationRow.RequestAsync(db, verb, from, TimeProvider.System, CancellationToken.None);
        }

        await Until.TrueAsync(
            async () =>
            {
                await using var db = Databases[code]();
                operation = await db.Set<OperationRow>().AsNoTracking().SingleAsync(row => row.Id == operation.Id);
                return operation.FinishedAt is not null;
            },
            () => Task.FromResult($"{verb} at {code} ends"));
        Assert.False(operation.Failed, operation.Outcome);
        return operation;
    }

    /// <summary>Starts one participant that was stopped; only where each has its own process.</summary>
    public Task StartAsync(string code) => StartAsync(code, [code]);

    public async Task StopAsync(string code)
    {
        if (hosts.Remove(code, out var host))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    public async Task StopAllAsync()
    {
        foreach (var name in hosts.Keys.ToList())
        {
            await StopAsync(name);
        }
    }

    public IServiceProvider Services(string code) => (ground.OneProcess ? hosts["all"] : hosts[code]).Services;

    /// <summary>Publishes a best-practice sheet at a node, as the editor would: one transaction.</summary>
    public async Task<string> PublishAsync(string code, string title, string? subject = null, long revision = 1)
    {
        subject ??= Subjects.Mint(code);
        var sheet = new BestPractice { Nonce = Nonce.Create(), Title = title, Text = "Contenu de démonstration." };
        var data = System.Text.Json.JsonSerializer.Serialize(sheet, ContractJson.Options);
        await AppendAsync(code, [new JournalDraft(Kinds.BestPractice, subject, revision, data)]);
        return subject;
    }

    public Task WithdrawAsync(string code, string subject, long revision) => AppendAsync(
        code, [new JournalDraft(Kinds.Withdrawn, subject, revision, $$"""{"nonce":"{{Nonce.Create()}}"}""")]);

    public async Task AppendAsync(string code, IReadOnlyList<JournalDraft> drafts)
    {
        // Another process appends, as the CLI does: the relay finds it by polling.
        var journal = new Journal(code, TimeProvider.System);
        await using var db = Databases[code]();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await journal.AppendAsync(db, drafts, CancellationToken.None);
        await transaction.CommitAsync();
    }

    public async Task<IReadOnlyList<PublicationRow>> PublicationsAsync(string at, string? journal = null)
    {
        await using var db = Databases[at]();
        return await db.Set<PublicationRow>().AsNoTracking().Where(row => journal == null || row.Journal == journal).ToListAsync();
    }

    public async Task<IReadOnlyList<Compared>> CompareAsync()
    {
        var reports = new Dictionary<string, ParticipantReport>();
        foreach (var code in Codes)
        {
            await using var db = Databases[code]();
            reports[code] = await ParticipantReport.ReadAsync(code, db, CancellationToken.None);
        }

        return Comparison.Compare(reports[Hub], [.. reports.Values.Where(report => report.Code != Hub)]);
    }

    /// <summary>Waits until every participant agrees, I6 at most.</summary>
    public Task ConvergeAsync() => Until.TrueAsync(
        async () => (await CompareAsync()).All(line => line.Agrees),
        async () => string.Join('\n', (await CompareAsync()).Where(line => !line.Agrees)));

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        foreach (var key in signing.Values)
        {
            key.Dispose();
        }

        await ground.DisposeAsync();
        Directory.Delete(keys, recursive: true);
    }

    private async Task StartAsync(string name, IReadOnlyList<string> codes)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole().AddProvider(new Notes(said)).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddFederation(
            _ => [.. codes.Select(code =>
                new Participant(code, Databases[code], signing[code], Members, ApplyAt(code), TimeProvider.System))],
            codes, Members, ground.BusOf(codes[0]), Pace);
        var host = builder.Build();
        foreach (var participant in host.Services.GetRequiredService<IReadOnlyList<Participant>>())
        {
            await using var db = participant.Open();
            await participant.Journal.OpenAsync(db, CancellationToken.None);
        }

        hosts[name] = host;
        await host.StartAsync();
    }

    private static IApplyEntries ApplyAt(string code) => code == Hub ? new AcceptPublications() : new NationalProjection();

    /// <summary>Keeps what the participants log, for <see cref="DescribeAsync"/>.</summary>
    private sealed class Notes(System.Collections.Concurrent.ConcurrentQueue<string> said) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            said.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
