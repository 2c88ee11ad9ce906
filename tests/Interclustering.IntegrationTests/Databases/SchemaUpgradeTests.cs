using Interclustering.Federation.Journals;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Server.Commands;
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

    [Theory]
    [InlineData("staff", "add", "--cluster", "bsc", "--email", "a@bsc.example")]
    [InlineData("staff", "reset", "--cluster", "bsc", "--email", "a@bsc.example")]
    [InlineData("import", "--cluster", "bsc", "FILE")]
    [InlineData("erase", "--cluster", "bsc", "bsc-0193a1b2-7000-7000-8000-000000000000")]
    [InlineData("recover", "--cluster", "bsc")]
    [InlineData("keys", "revoke", "--cluster", "bsc", "--from", "1")]
    [InlineData("export")]
    public async Task A_verb_refuses_an_older_database_and_leaves_it_to_its_server(params string[] verb)
    {
        string first;
        await using (var db = Node())
        {
            await db.Database.MigrateAsync(first = db.Database.GetMigrations().First(), Cancellation);
        }

        var file = Path.Combine(folder, "events.ics");
        await File.WriteAllTextAsync(file, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", Cancellation);

        var (exit, said) = await RunAsync([.. verb.Select(word => word == "FILE" ? file : word)]);

        Assert.Equal(2, exit);
        Assert.Contains("The database of bsc is of an older version", said, StringComparison.Ordinal);
        Assert.Contains("Start the server of this version", said, StringComparison.Ordinal);
        await using var after = Node();
        Assert.Equal([first], await after.Database.GetAppliedMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task A_verb_that_comes_before_the_first_start_makes_the_database()
    {
        Assert.Equal((0, ""), await RunAsync("staff", "add", "--cluster", "bsc", "--email", "a@bsc.example"));
        await using var db = Node();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task A_verb_that_only_reads_makes_no_database_and_says_where_it_looked()
    {
        var (exit, said) = await RunAsync("export");
        Assert.Equal(2, exit);
        Assert.Contains("no database of bsc here yet. Look at --data", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "bsc.db")));
    }

    private async Task<(int Exit, string Said)> RunAsync(params string[] verb)
    {
        using var error = new StringWriter();
        var settings = new Dictionary<string, string?>
        {
            ["Interclustering:Roles"] = "bsc",
            ["Interclustering:Database:Nodes:bsc"] = At("bsc.db"),
        };
        var exit = await CommandLine.RunAsync([.. verb, "--data", folder], settings, error, Cancellation);
        return (exit, error.ToString());
    }
}
