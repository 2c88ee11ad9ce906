using System.Net;
using System.Text.Json;
using Interclustering.Accounts;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Files;
using Interclustering.Hub;
using Interclustering.Hub.FederationStatus;
using Interclustering.Hub.Files;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Interclustering.IntegrationTests.Databases;
using Interclustering.Node;
using Interclustering.Node.Workspace;
using Interclustering.Server.Hosting;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>The national site over a database of its own, on 23 November 2026, with what a test puts there.</summary>
internal sealed class TemporaryHub : IAsyncDisposable
{
    private static readonly SqliteTemplate Migrated = new(async path =>
    {
        await using var db = new Databases($"Data Source={path};Pooling=False").CreateDbContext();
        await db.Database.MigrateAsync();
    });

    private readonly string folder = Directory.CreateTempSubdirectory("ic-hub-").FullName;

    /// <summary>What one address may ask of the API.</summary>
    public const int RequestsPerMinute = 100;

    /// <summary>What one address may ask of the pages.</summary>
    public const int PagesPerMinute = 3000;

    /// <summary>What one address may search.</summary>
    public const int SearchesPerMinute = 1000;

    /// <summary>Of one file.</summary>
    public const int MostMebibytes = 3;

    private readonly WebApplication app;
    private readonly Databases databases;
    private long position;

    private TemporaryHub(FederationDirectory directory, IReadOnlyList<NodeInstance> nodes)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(directory);
        databases = new Databases($"Data Source={Path.Combine(folder, "hub.db")}");
        builder.Services.AddSingleton<IDbContextFactory<HubContext>>(databases);
        Participant = new Participant(
            FederationDirectory.HubCode, databases.CreateDbContext, SigningKey.OpenOrCreate(Path.Combine(folder, "hub.pem")), directory,
            new AcceptPublications(), Clock);
        builder.Services.AddSingleton<IReadOnlyList<Participant>>([Participant]);
        builder.Services.AddSingleton(Problems);
        builder.Services.AddSingleton(new DemonstrationMode(IsOn: true));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddNodes(nodes);
        builder.Services.AddHub();
        builder.Services.AddHubFiles(Path.Combine(folder, "files"), new FileLimits(MostMebibytes));
        builder.Services.AddRequestPipeline(
            new RequestRates(PagesPerMinute, RequestsPerMinute) { SearchPerMinute = SearchesPerMinute });
        app = builder.Build();
        app.UseRequestPipeline(hostsHub: true);
        app.MapUi();
        app.MapNodes();
        app.MapHub();
        Participant.Journal.Appended += app.Services.GetRequiredService<Catalogue>().Wake;
    }

    /// <summary>Where its database is.</summary>
    public string Folder => folder;

    public Participant Participant { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    /// <summary>What the pages are told that is wrong.</summary>
    public CurrentProblems Problems { get; } = new();

    /// <summary>Opens its database.</summary>
    internal IDbContextFactory<HubContext> Opening => databases;

    /// <summary>What the agenda's pages read.</summary>
    public Timetable Agenda => app.Services.GetRequiredService<Catalogue>().Current.Agenda;

    public HubFiles Files => app.Services.GetRequiredService<HubFiles>();

    /// <summary>The way to it, for a client that does something on it.</summary>
    public HttpMessageHandler Way => app.GetTestServer().CreateHandler();

    /// <summary>What can be asked for.</summary>
    public IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Hosts the workspaces of nodes beside it, as one process may.</summary>
    public static Task<TemporaryHub> CreateAsync(params IReadOnlyList<NodeInstance> nodes) => CreateAsync(Directories.Two, nodes);

    /// <summary>Knows the clusters of another directory.</summary>
    public static async Task<TemporaryHub> CreateAsync(FederationDirectory directory, params IReadOnlyList<NodeInstance> nodes)
    {
        var hub = new TemporaryHub(directory, nodes);
        await Migrated.CopyToAsync(Path.Combine(hub.folder, "hub.db"));
        await using var db = hub.Open();
        await hub.Participant.Journal.OpenAsync(db, TestContext.Current.CancellationToken);
        await hub.app.StartAsync(TestContext.Current.CancellationToken);
        hub.Http = hub.app.GetTestClient();
        // Before its journal is read, an answer has another version than after.
        await Until.TrueAsync(() => Task.FromResult(hub.app.Services.GetRequiredService<Catalogue>().Current.Epoch.Length > 0), () =>
            Task.FromResult("the catalogue has read nothing"));
        return hub;
    }

    /// <summary>What a process that starts now on the same database shows.</summary>
    public async Task<Snapshot> StartAgainAsync()
    {
        using var again = Stopped();
        await again.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => Task.FromResult(again.Current.Position >= position), () =>
            Task.FromResult($"the catalogue reads position {position}"));
        await again.StopAsync(TestContext.Current.CancellationToken);
        return again.Current;
    }

    /// <summary>A catalogue on the same database that has not started.</summary>
    public Catalogue Stopped() => Stopped(app.Services.GetServices<RenderProbe>(), TimeProvider.System);

    /// <summary>The same with readers of its own, by the site's clock.</summary>
    public Catalogue Stopped(IEnumerable<RenderProbe> readers) => Stopped(readers, Clock);

    private Catalogue Stopped(IEnumerable<RenderProbe> readers, TimeProvider clock) => new(
        app.Services.GetRequiredService<IDbContextFactory<HubContext>>(), app.Services.GetRequiredService<FederationDirectory>(), readers,
        clock, NullLogger<Catalogue>.Instance);

    /// <summary>What tells that pages or search stay behind, of the site's own ones or of others.</summary>
    internal ReadModelLag Lag(Catalogue? pages = null, SearchProgress? search = null) => new(
        app.Services.GetRequiredService<IDbContextFactory<HubContext>>(), pages ?? app.Services.GetRequiredService<Catalogue>(),
        search ?? SearchProgress, new FederationSettings(), Clock);

    internal SearchProgress SearchProgress => app.Services.GetRequiredService<SearchProgress>();

    /// <summary>What the site shows.</summary>
    public Snapshot Shown => app.Services.GetRequiredService<Catalogue>().Current;

    /// <summary>Puts an entry where ingest puts one that it can't apply.</summary>
    public async Task SetAsideAsync(JournalEntry entry, string reason, string detail = "detail")
    {
        await ChangeAsync(async db =>
        {
            db.Add(ReplicaEntry.Of(entry.Source, entry));
            db.Add(new QuarantineRow
            {
                Journal = entry.Source,
                Epoch = entry.Epoch,
                Sequence = entry.Sequence,
                Subject = entry.Subject,
                Reason = reason,
                Detail = detail,
                At = Clock.GetUtcNow().UtcDateTime,
            });
            var cursor = await db.Cursors.SingleOrDefaultAsync(row => row.Journal == entry.Source)
                ?? db.Add(new ReplicaCursor { Journal = entry.Source, Epoch = entry.Epoch, Hash = entry.Hash }).Entity;
            cursor.Quarantined++;
            cursor.Sequence = cursor.Announced = Math.Max(cursor.Sequence, entry.Sequence);
        });
    }

    /// <summary>Changes the database as something else at the hub would.</summary>
    public async Task ChangeAsync(Func<HubContext, Task> change)
    {
        await using var db = Open();
        await change(db);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> ReadAsync<T>(Func<HubContext, Task<T>> read)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>
    /// Puts a revision where ingest puts it, and waits until the site shows that position. Whom it names as co-organisers have agreed.
    /// </summary>
    public async Task<string> ShowAsync(Publication? publication, string? subject = null, long revision = 1)
    {
        subject ??= $"bsc-{Guid.CreateVersion7()}";
        var named = (publication as PublishedItem)?.CoOrganisers.OfType<string>() ?? [];
        var agreed = named.Where(_ => revision == 1).Select(cluster => AgreementOf(subject, cluster)).ToList();
        position++;
        await using (var db = Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await FoldedState.ApplyAsync(db, [.. agreed, new PublicationRow
            {
                Journal = "bsc", Subject = subject, Cluster = "bsc", Kind = KindOf(publication), Revision = revision, Digest = "digest",
                Data = publication is null ? null : JsonSerializer.Serialize(publication, publication.GetType(), ContractJson.Options),
                PublishedAt = Clock.GetUtcNow().UtcDateTime, RevisedAt = Clock.GetUtcNow().UtcDateTime, Position = position,
                VisibleAt = Clock.GetUtcNow().UtcDateTime,
            }], TestContext.Current.CancellationToken);
            await db.Set<JournalHead>().ExecuteUpdateAsync(head =>
                head.SetProperty(row => row.Sequence, position), TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await UntilShownAsync();
        return subject;
    }

    /// <summary>
    /// Takes what a cluster says of a joint webinar the way that ingest does, and waits until the site shows that position.
    /// </summary>
    public Task<string> HearAsync(string cluster, JointWebinarFact fact, string time = "2026-11-20T09:00:00.000000Z") =>
        HearAsync(Entries.Of(fact, Kinds.JointWebinarFact, sequence: position + 1, journal: cluster, time: time));

    /// <summary>Takes back what a cluster said, as <see cref="HearAsync(string, JointWebinarFact, string)"/> takes it.</summary>
    public Task<string> HearWithdrawalAsync(string cluster, string fact) =>
        HearAsync(Entries.Of(new Withdrawal { Nonce = "0123456789abcdef0123456789abcdef" }, Kinds.Withdrawn, fact, revision: 2,
            sequence: position + 1, journal: cluster));

    /// <summary>Takes a cluster's entry the way that ingest does, and waits until the site shows that position.</summary>
    public async Task<string> HearAsync(JournalEntry entry)
    {
        await using (var db = Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await new AcceptPublications().ApplyAsync(db, Participant, entry.Source, [entry], TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
            position = await db.Set<JournalHead>().Select(head => head.Sequence).SingleAsync(TestContext.Current.CancellationToken);
        }

        await UntilShownAsync();
        return entry.Subject;
    }

    private async Task UntilShownAsync()
    {
        var catalogue = app.Services.GetRequiredService<Catalogue>();
        catalogue.Wake();
        await Until.TrueAsync(
            () => Task.FromResult(catalogue.Current.Position >= position), () =>
                Task.FromResult($"the catalogue reads position {position}"));
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, WebUtility.HtmlDecode(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        databases.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private HubContext Open() => app.Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContext();

    private PublicationRow AgreementOf(string subject, string cluster) => new()
    {
        Journal = cluster,
        Subject = $"{cluster}-{Guid.CreateVersion7()}",
        Cluster = cluster,
        Kind = Kinds.CoOrganisation,
        Revision = 1,
        Digest = "digest",
        Data = JsonSerializer.Serialize(new CoOrganisation
        {
            Nonce = "n",
            Event = subject,
            Cluster = cluster,
            Answer = CoOrganisationAnswers.Agreed,
        }, ContractJson.Options),
        PublishedAt = Clock.GetUtcNow().UtcDateTime,
        RevisedAt = Clock.GetUtcNow().UtcDateTime,
        Position = ++position,
        VisibleAt = Clock.GetUtcNow().UtcDateTime,
    };

    private static string KindOf(Publication? publication) => publication switch
    {
        null => Kinds.Withdrawn,
        Webinar => Kinds.Webinar,
        Event => Kinds.Event,
        BestPractice => Kinds.BestPractice,
        DateHold => Kinds.DateHold,
        CoOrganisation => Kinds.CoOrganisation,
        SameEvent => Kinds.SameEvent,
        LetterIssue => Kinds.LetterIssue,
        _ => Kinds.Person,
    };

    private sealed class Databases(string connection) : IDbContextFactory<HubContext>, IDisposable
    {
        private readonly DbContextOptions<SqliteHubContext> options =
            new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(connection).Options;

        public HubContext CreateDbContext() => new SqliteHubContext(options);

        public void Dispose()
        {
            using var pooled = new SqliteConnection(connection);
            SqliteConnection.ClearPool(pooled);
        }
    }
}
