using Interclustering.Node;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

/// <summary>In memory.</summary>
internal sealed class SqliteHistoryDatabase : IHistoryDatabase, IAsyncDisposable
{
    private SqliteConnection database = New();
    private SqliteConnection? backup;

    public NodeContext Open() => new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(database).Options);

    public async Task BackUpAsync()
    {
        await (backup?.DisposeAsync() ?? ValueTask.CompletedTask);
        backup = Copy(database);
    }

    public async Task RestoreAsync()
    {
        await database.DisposeAsync();
        database = Copy(backup!);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await (backup?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static SqliteConnection New()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static SqliteConnection Copy(SqliteConnection from)
    {
        var copy = New();
        from.BackupDatabase(copy);
        return copy;
    }
}
