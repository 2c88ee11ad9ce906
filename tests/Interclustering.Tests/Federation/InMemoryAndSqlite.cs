using Interclustering.Federation.Bus;
using Interclustering.Hub;
using Interclustering.Node;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Tests.Federation;

/// <summary>The behaviours on the embedded combination: MassTransit's in-memory bus and SQLite files.</summary>
public sealed class InMemoryAndSqlite : FederationBehaviours
{
    protected override Task<IGround> CreateGroundAsync() => Task.FromResult(NewGround());

    internal static IGround NewGround() => new Ground();

    private sealed class Ground : IGround
    {
        private readonly string folder = Directory.CreateTempSubdirectory("interclustering-").FullName;
        private readonly BusSettings bus = new();

        public bool OneProcess => true;

        public BusSettings BusOf(string code) => bus;

        public async Task<Func<DbContext>> CreateDatabaseAsync(string code)
        {
            var connection = $"Data Source={Path.Combine(folder, $"{code}.db")}";
            Func<DbContext> open = code == FederationUnderTest.Hub
                ? () => new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(connection).Options)
                : () => new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection).Options);
            await using var db = open();
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;");
            return open;
        }

        public ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
