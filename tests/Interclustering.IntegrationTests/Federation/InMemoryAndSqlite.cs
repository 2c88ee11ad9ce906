using Interclustering.Federation.Bus;
using Interclustering.Hub;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Node;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>The behaviours on the embedded combination: MassTransit's in-memory bus and SQLite files.</summary>
public sealed class InMemoryAndSqlite : FederationBehaviours
{
    protected override Task<IGround> CreateGroundAsync() => Task.FromResult(NewGround());

    internal static IGround NewGround() => new Ground();

    private sealed class Ground : IGround
    {
        private readonly string folder = Directory.CreateTempSubdirectory("interclustering-").FullName;
        private readonly BusSettings bus = new();
        private readonly Dictionary<string, string> connections = [];

        public bool OneProcess => true;

        public BusSettings BusOf(string code) => bus;

        public async Task<Func<DbContext>> CreateDatabaseAsync(string code)
        {
            var connection = connections[code] = $"Data Source={Path.Combine(folder, $"{code}-{Guid.NewGuid()}.db")}";
            Func<DbContext> open = () => Context(code, connection);
            await using var db = open();
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;");
            return open;
        }

        public async Task<Func<DbContext>> CopyDatabaseAsync(string code)
        {
            var copy = Path.Combine(folder, $"{code}-{Guid.NewGuid()}.db");
            await using var db = Context(code, connections[code]);
#pragma warning disable EF1002 // A path of our own.
            await db.Database.ExecuteSqlRawAsync($"VACUUM INTO '{copy}'");
#pragma warning restore EF1002
            return () => Context(code, $"Data Source={copy}");
        }

        private static DbContext Context(string code, string connection) => code == FederationUnderTest.Hub
            ? new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(connection).Options)
            : new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection).Options);

        public ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Losses and their mending on the embedded combination.</summary>
public sealed class RecoveryInMemoryAndSqlite : RecoveryBehaviours
{
    protected override Task<IGround> CreateGroundAsync() => Task.FromResult(InMemoryAndSqlite.NewGround());
}
