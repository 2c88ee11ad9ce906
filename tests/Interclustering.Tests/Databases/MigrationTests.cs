using Interclustering.Hub;
using Interclustering.Node;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Tests.Databases;

public sealed class MigrationTests
{
    private const string Nowhere = "Host=localhost";

    public static TheoryData<string, Func<DbContext>> Contexts => new()
    {
        { "hub on SQLite", () => new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite().Options) },
        { "hub on PostgreSQL", () => new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(Nowhere).Options) },
        { "node on SQLite", () => new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite().Options) },
        { "node on PostgreSQL", () =>
            new PostgresNodeContext(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(Nowhere).Options) },
    };

    [Theory]
    [MemberData(nameof(Contexts), DisableDiscoveryEnumeration = true)]
    public void No_model_change_is_pending(string database, Func<DbContext> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        using var db = open();
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"Add a migration for the {database}.");
    }

    [Theory]
    [MemberData(nameof(Contexts), DisableDiscoveryEnumeration = true)]
    public void The_first_migration_is_the_one_that_decision_81_names(string database, Func<DbContext> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        using var db = open();
        Assert.True(db.Database.GetMigrations().First().EndsWith("_Initial", StringComparison.Ordinal), database);
    }
}
