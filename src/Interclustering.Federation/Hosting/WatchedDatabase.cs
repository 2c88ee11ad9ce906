using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Hosting;

/// <summary>
/// Tells whether anything was committed to a database, by whatever process. Its connection opens at the first question, and again after it
/// was disposed of.
/// </summary>
internal sealed class WatchedDatabase(Func<DbContext> open) : IAsyncDisposable
{
    // https://sqlite.org/pragma.html#pragma_data_version: another number once another connection has committed, on this one connection.
    private const string Sqlite = "PRAGMA data_version";

    // https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT: another one once anything is committed.
    private const string Postgres = "SELECT pg_current_snapshot()::text";

    private DbContext? db;
    private DbCommand? question;
    private object? answer;

    /// <summary>Whether anything was committed since the last time; true for the first.</summary>
    public async Task<bool> HasCommittedAsync(CancellationToken stop)
    {
        if (question is null)
        {
            db = open();
            await db.Database.OpenConnectionAsync(stop);
            question = db.Database.GetDbConnection().CreateCommand();
            question.CommandText = db.Database.IsNpgsql() ? Postgres : Sqlite;
        }

        var before = answer;
        answer = await question.ExecuteScalarAsync(stop);
        return !Equals(before, answer);
    }

    public async ValueTask DisposeAsync()
    {
        await (question?.DisposeAsync() ?? default);
        await (db?.DisposeAsync() ?? default);
        (db, question, answer) = (null, null, null);
    }
}
