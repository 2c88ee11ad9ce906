using System.Data.Common;
using Interclustering.Federation.Journals;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interclustering.Server.Backups;

/// <summary>
/// Copies of the databases of one process, beside its running server, as they all were at one moment: no journal grows from the first
/// look at one to the last. So no reader has in the backup what the owner of a journal has not (docs/decisions/0120).
/// </summary>
internal sealed class DatabaseCopies(ServerSettings settings)
{
    /// <summary>Names in the archive, and where the copies are.</summary>
    /// <param name="folder">Where they are put.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupFailedException">A copy is not sound.</exception>
    public Task<IReadOnlyList<(string Name, string Path)>> TakeAsync(string folder, CancellationToken cancellation) =>
        settings.Provider == DatabaseProvider.Sqlite ? TakeSqliteAsync(folder, cancellation) : TakePostgresAsync(folder, cancellation);

    /// <summary>The name of a participant's database in an archive.</summary>
    public static string NameOf(string code, string provider) => $"databases/{code}.{(provider == "sqlite" ? "db" : "dump")}";

    private async Task<IReadOnlyList<(string Name, string Path)>> TakeSqliteAsync(string folder, CancellationToken cancellation)
    {
        var writers = new List<SqliteConnection>();
        var readers = new List<(string Code, SqliteConnection Connection)>();
        try
        {
            foreach (var (code, connection) in settings.Databases)
            {
                var writer = await OpenAsync(connection, SqliteOpenMode.ReadWrite, cancellation);
                writers.Add(writer);
                await RunAsync(writer, "BEGIN IMMEDIATE", cancellation);
            }

            foreach (var (code, connection) in settings.Databases)
            {
                var reader = await OpenAsync(connection, SqliteOpenMode.ReadWrite, cancellation);
                readers.Add((code, reader));
                // The first look is the moment that a transaction reads from then on.
                await RunAsync(reader, "BEGIN; SELECT count(*) FROM sqlite_master", cancellation);
            }

            foreach (var writer in writers)
            {
                await writer.DisposeAsync();
            }

            var copies = new List<(string, string)>();
            foreach (var (code, reader) in readers)
            {
                var path = Path.Combine(folder, $"{code}.db");
                await CopyAsync(code, reader, path, cancellation);
                copies.Add((NameOf(code, "sqlite"), path));
            }

            return copies;
        }
        finally
        {
            foreach (var connection in writers.Concat(readers.Select(reader => reader.Connection)))
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Page by page with SQLite's own backup: what stands in the log beside the database (<c>-wal</c>) is in the copy, which has none.
    /// </summary>
    private static async Task CopyAsync(string code, SqliteConnection reader, string path, CancellationToken cancellation)
    {
        await using var copy = await OpenAsync($"Data Source={path}", SqliteOpenMode.ReadWriteCreate, cancellation);
        await Task.Run(() => reader.BackupDatabase(copy), cancellation);
        await RunAsync(copy, "PRAGMA journal_mode=DELETE", cancellation);
        var found = await RunAsync(copy, "PRAGMA integrity_check", cancellation);
        if (found is not "ok")
        {
            throw new BackupFailedException($"The copy of the database of {code} is damaged: {found}");
        }
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> TakePostgresAsync(string folder, CancellationToken cancellation)
    {
        var programs = new PostgresPrograms(settings.Backup.PostgresPrograms);
        var writers = new List<NpgsqlConnection>();
        var readers = new List<(string Code, string Connection, NpgsqlConnection Reader, string Snapshot)>();
        try
        {
            await using var model = new DatabaseFactories(settings).Open(settings.Roles[0]);
            var head = model.Model.FindEntityType(typeof(JournalHead))!.GetTableName();
            foreach (var connection in settings.Databases.Values)
            {
                var writer = await PostgresDatabases.OpenAsync(connection, cancellation);
                writers.Add(writer);
                await RunAsync(writer, "BEGIN; SET LOCAL lock_timeout = '30s'", cancellation);
                await RunAsync(writer, $"SELECT 1 FROM \"{head}\" FOR UPDATE", cancellation);
            }

            foreach (var (code, connection) in settings.Databases)
            {
                var reader = await PostgresDatabases.OpenAsync(connection, cancellation);
                await RunAsync(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellation);
                var snapshot = await RunAsync(reader, "SELECT pg_export_snapshot()", cancellation);
                readers.Add((code, connection, reader, (string)snapshot!));
            }

            foreach (var writer in writers)
            {
                await writer.DisposeAsync();
            }

            var copies = new List<(string, string)>();
            foreach (var (code, connection, _, snapshot) in readers)
            {
                var path = Path.Combine(folder, $"{code}.dump");
                await programs.RunAsync(
                    "pg_dump", connection, ["--format=custom", "--compress=0", "--no-password", $"--snapshot={snapshot}", $"--file={path}"],
                    cancellation);
                await programs.RunAsync("pg_restore", connection, ["--list", "--file=/dev/null", path], cancellation);
                copies.Add((NameOf(code, "postgres"), path));
            }

            return copies;
        }
        finally
        {
            foreach (var connection in writers.Concat(readers.Select(reader => reader.Reader)))
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string connectionString, SqliteOpenMode mode, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Mode = mode, Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<object?> RunAsync(DbConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync(cancellation);
    }
}
