using Interclustering.Contracts;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Server.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Interclustering.Server.Databases;

/// <summary>Opens contexts of the hub's and of each node's database on the configured engine.</summary>
public sealed class DatabaseFactories(ServerSettings settings) : IDbContextFactory<HubContext>
{
    private static readonly SqliteConnections Sqlite = new();
    private readonly Dictionary<string, DbContextOptions> options = settings.Databases.ToDictionary(
        database => database.Key, database => OptionsOf(database.Key, settings.Provider, database.Value));

    public HubContext CreateDbContext() => settings.Provider == DatabaseProvider.Postgres
        ? new PostgresHubContext((DbContextOptions<PostgresHubContext>)options[FederationDirectory.HubCode])
        : new SqliteHubContext((DbContextOptions<SqliteHubContext>)options[FederationDirectory.HubCode]);

    public NodeContext Node(string code) => settings.Provider == DatabaseProvider.Postgres
        ? new PostgresNodeContext((DbContextOptions<PostgresNodeContext>)options[code])
        : new SqliteNodeContext((DbContextOptions<SqliteNodeContext>)options[code]);

    /// <summary>The database of any hosted participant.</summary>
    public DbContext Open(string code) => code == FederationDirectory.HubCode ? CreateDbContext() : Node(code);

    private static DbContextOptions OptionsOf(string code, DatabaseProvider provider, string connection) => (code, provider) switch
    {
        (FederationDirectory.HubCode, DatabaseProvider.Postgres) =>
            WithoutModelCheck(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(connection)).Options,
        (FederationDirectory.HubCode, _) => WithoutModelCheck(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(connection)
            .AddInterceptors(Sqlite)).Options,
        (_, DatabaseProvider.Postgres) =>
            WithoutModelCheck(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connection)).Options,
        _ => WithoutModelCheck(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection)
            .AddInterceptors(Sqlite)).Options,
    };

    /// <summary>A test compares the model with the migrations: to compare them at each start of each database takes a second.</summary>
    private static DbContextOptionsBuilder<TContext> WithoutModelCheck<TContext>(DbContextOptionsBuilder<TContext> builder)
        where TContext : DbContext =>
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
