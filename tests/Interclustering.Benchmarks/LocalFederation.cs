using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Hub;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.ReadModel;
using Interclustering.Node;
using Interclustering.Node.NationalView;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Benchmarks;

/// <summary>
/// The hub with its catalogue, and one node or several, as production runs them: RabbitMQ, PostgreSQL, a connection, a database and a key
/// each; all in this process. Empty at first.
/// </summary>
internal sealed class LocalFederation : IAsyncDisposable
{
    public const string Node = "bsc";
    public const string OtherNode = "tenlog";
    private const string Hub = FederationDirectory.HubCode;
    private readonly string keys = Directory.CreateTempSubdirectory("interclustering-keys-").FullName;
    private readonly Dictionary<string, SigningKey> signing;
    private readonly Dictionary<string, IHost> hosts = [];

    private LocalFederation(params IReadOnlyList<string> nodes) => signing = nodes.Append(Hub).Append(Node).Append(OtherNode).Distinct()
        .ToDictionary(code => code, code => SigningKey.OpenOrCreate(Path.Combine(keys, $"{code}.pem")));

    /// <summary>Every cluster that may take part.</summary>
    public static IReadOnlyList<string> Nodes { get; } = [Node, OtherNode, "euralogistic", "lsn", "pasca", "pil"];

    /// <summary>Every participant that may take part.</summary>
    public static IReadOnlyList<string> Codes { get; } = [Hub, .. Nodes];

    public Catalogue Catalogue => hosts[Hub].Services.GetRequiredService<Catalogue>();

    /// <summary>Names of the databases, and whose they are.</summary>
    public Dictionary<string, string> Databases { get; } = [];

    /// <param name="servers">Where it runs.</param>
    /// <param name="returns">Whether the hub sends its own journal back to the nodes, as it always does in production.</param>
    /// <param name="nodes">Clusters that publish.</param>
    public static async Task<LocalFederation> StartAsync(LocalServers servers, bool returns, params IReadOnlyList<string> nodes)
    {
        await servers.PurgeAsync();
        var federation = new LocalFederation(nodes);
        await federation.StartHubAsync(servers, returns);
        foreach (var code in nodes is [] ? [Node] : nodes)
        {
            await federation.StartNodeAsync(servers, code);
        }

        return federation;
    }

    /// <summary>A federation whose hub is not there yet: what its node publishes waits.</summary>
    public static async Task<LocalFederation> StartNodeAloneAsync(LocalServers servers)
    {
        await servers.PurgeAsync();
        var federation = new LocalFederation();
        await federation.StartNodeAsync(servers, Node);
        return federation;
    }

    /// <summary>The hub with an empty database.</summary>
    public async Task StartHubAsync(LocalServers servers, bool returns)
    {
        var hub = new HubDatabase(await CreateDatabaseAsync(servers, Hub));
        // Without a window the hub sends nothing.
        var pace = new FederationSettings { Window = returns ? new FederationSettings().Window : 0 };
        await StartAsync(Hub, hub.CreateDbContext, servers, pace, new AcceptPublications(), services =>
        {
            services.AddSingleton<IDbContextFactory<HubContext>>(hub);
            services.AddSingleton<Catalogue>();
            services.AddHostedService(provider => provider.GetRequiredService<Catalogue>());
        });
        ParticipantOf(Hub).Journal.Appended += Catalogue.Wake;
    }

    /// <summary>Journals at a node in one transaction, as an editor does; returns once it is committed and the relay knows.</summary>
    public async Task<IReadOnlyList<JournalRow>> CommitAsync(IReadOnlyList<JournalDraft> drafts, Action committed, string node = Node)
    {
        var author = ParticipantOf(node);
        await using var db = author.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = await author.Journal.AppendAsync(db, drafts, CancellationToken.None);
        await transaction.CommitAsync();
        committed();
        author.Journal.NotifyCommitted();
        return rows;
    }

    /// <summary>The node sends again all that it has, as it does for a hub that asks.</summary>
    public Task ReplayAsync(CancellationToken stop) =>
        hosts[Node].Services.GetRequiredService<HostedParticipant>().Relays.Single().ReplayAsync(
            new ReplayRequest { Journal = Node, From = Hub, Epoch = "", Keyid = "", After = 0 }, stop);

    /// <summary>Waits until a page would show <paramref name="count"/> items; looks every millisecond.</summary>
    public async Task UntilVisibleAsync(int count, CancellationToken stop)
    {
        while (Catalogue.Current.Items.Count < count)
        {
            await Task.Delay(1, stop);
        }
    }

    /// <summary>The first entries of the node's journal.</summary>
    public async Task<IReadOnlyList<JournalRow>> JournaledAsync(int count, CancellationToken stop)
    {
        await using var db = ParticipantOf(Node).Open();
        return await db.Set<JournalRow>().AsNoTracking().OrderBy(row => row.Sequence).Take(count).ToListAsync(stop);
    }

    /// <summary>The first entries of the hub's journal: the node's, wrapped.</summary>
    public async Task<IReadOnlyList<JournalRow>> HubJournalAsync(int count)
    {
        await using var db = await hosts[Hub].Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContextAsync();
        return await db.Journal.AsNoTracking().OrderBy(row => row.Sequence).Take(count).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
        {
            await host.StopAsync();
            host.Dispose();
        }

        foreach (var key in signing.Values)
        {
            key.Dispose();
        }

        Directory.Delete(keys, recursive: true);
    }

    private async Task<string> CreateDatabaseAsync(LocalServers servers, string code)
    {
        var connection = await servers.Postgres.CreateDatabaseAsync();
        Databases[new NpgsqlConnectionStringBuilder(connection).Database!] = code;
        return connection;
    }

    private FederationDirectory Describe() => new()
    {
        Hub = new DirectoryEntry { Code = Hub, Name = "Hub", Keys = [signing[Hub].Public] },
        Clusters =
        [
            .. signing.Keys.Where(code => code != Hub).Select(code => new Cluster
            {
                Code = code,
                Name = $"Cluster {code}",
                Region = "Bretagne",
                Insee = "53",
                Colour = new Colour("#000000", "#ffffff"),
                Keys = [signing[code].Public],
            }),
        ],
    };

    private Participant ParticipantOf(string code) => hosts[code].Services.GetRequiredService<IReadOnlyList<Participant>>()[0];

    private async Task StartNodeAsync(LocalServers servers, string code)
    {
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(await CreateDatabaseAsync(servers, code)).Options;
        await StartAsync(
            code, () => new PostgresNodeContext(options), servers, new FederationSettings(), new NationalProjection(), _ => { });
    }

    private async Task StartAsync(
        string code, Func<DbContext> open, LocalServers servers, FederationSettings pace, IApplyEntries apply,
        Action<IServiceCollection> configure)
    {
        var directory = Describe();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // A stop in the middle of a send is no news; what fails otherwise, the participants say.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("MassTransit", LogLevel.Critical);
        builder.Services.AddFederation(
            _ => [new Participant(code, open, signing[code], directory, apply, TimeProvider.System)],
            [code], directory, servers.Broker.SettingsOf(code), pace);
        configure(builder.Services);
        var host = hosts[code] = builder.Build();
        await using var db = open();
        await db.Database.MigrateAsync();
        await host.Services.GetRequiredService<IReadOnlyList<Participant>>()[0].Journal.OpenAsync(db, CancellationToken.None);
        await host.StartAsync();
    }

    private sealed class HubDatabase(string connection) : IDbContextFactory<HubContext>
    {
        private readonly DbContextOptions<PostgresHubContext> options = new DbContextOptionsBuilder<PostgresHubContext>()
            .UseNpgsql(connection).Options;

        public HubContext CreateDbContext() => new PostgresHubContext(options);
    }
}
