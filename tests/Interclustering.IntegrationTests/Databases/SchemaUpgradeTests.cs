using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Databases;

/// <summary>An upgrade on SQLite, from an empty file, from the first migration, and from another version's database.</summary>
public sealed class SchemaUpgradeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-upgrade-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SqliteHubContext Hub() =>
        new(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite(At("hub.db")).Options);

    private SqliteNodeContext Node() =>
        new(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(At("bsc.db")).Options);

    private string At(string file) => $"Data Source={Path.Combine(folder, file)};Pooling=False";

    [Fact]
    public async Task A_database_of_the_first_migration_keeps_its_rows_and_gets_the_schema_of_today()
    {
        await using (var db = Node())
        {
            await db.Database.MigrateAsync(db.Database.GetMigrations().First(), Cancellation);
            await new Journal("bsc", TimeProvider.System).OpenAsync(db, Cancellation);
            Assert.Single(await db.Set<JournalHead>().ToListAsync(Cancellation));
        }

        await using (var db = Node())
        {
            await SchemaUpgrade.RunAsync(db, "bsc", Cancellation);
        }

        await using (var db = Node())
        {
            Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(Cancellation));
            Assert.Single(await db.Set<JournalHead>().ToListAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused_by_name_and_not_touched()
    {
        await using (var db = Hub())
        {
            await SchemaUpgrade.RunAsync(db, "hub", Cancellation);
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE "__EFMigrationsHistory" SET "MigrationId" = '29990101000000_Tomorrow';""", Cancellation);
        }

        await using var again = Hub();
        var refused = await Assert.ThrowsAsync<ForeignDatabaseException>(() => SchemaUpgrade.RunAsync(again, "hub", Cancellation));
        Assert.Contains("29990101000000_Tomorrow", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["29990101000000_Tomorrow"], await again.Database.GetAppliedMigrationsAsync(Cancellation));
    }
}
