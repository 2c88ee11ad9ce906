using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interclustering.Federation.Journals;

/// <summary>
/// Held by the one process that relays a journal from its database: an advisory lock of PostgreSQL, which ends with its connection, or a
/// file beside SQLite's, which ends with the process.
/// </summary>
internal sealed class JournalLock : IAsyncDisposable
{
    // Any number will do, as long as it is always this one: advisory locks belong to a database.
    private const long Number = 0x1C_1055;
    private readonly FileStream? file;
    private readonly NpgsqlConnection? connection;

    private JournalLock(FileStream file) => this.file = file;

    private JournalLock(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>The lock, or null while another process holds it.</summary>
    public static async Task<JournalLock?> TryTakeAsync(DbContext db, CancellationToken cancellation) =>
        db.Database.IsNpgsql() ? await TryTakeAsync(db.Database.GetConnectionString()!, cancellation) : TryTake(
            db.Database.GetConnectionString()!);

    /// <summary>Whether it is still held: PostgreSQL gives it up when the connection breaks.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellation)
    {
        if (connection is null)
        {
            return true;
        }

        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // Whatever broke it, the lock went with it; the caller says so.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
        {
            await file.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static JournalLock? TryTake(string connectionString)
    {
        try
        {
            var path = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource) + ".relay";
            return new JournalLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            // Held by another process: what null says.
            return null;
        }
    }

    private static async Task<JournalLock?> TryTakeAsync(string connectionString, CancellationToken cancellation)
    {
        var held = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString);
        try
        {
            await held.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@number)", held);
            command.Parameters.AddWithValue("number", Number);
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                return new JournalLock(held);
            }
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        await held.DisposeAsync();
        return null;
    }
}
