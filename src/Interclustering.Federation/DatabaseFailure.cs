using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interclustering.Federation;

/// <summary>
/// What work on the database may fail with when the database or the way to it does: nothing was committed, and doing it again is safe.
/// </summary>
public static class DatabaseFailure
{
    // https://www.sqlite.org/rescode.html: ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE. All others are about files, locks and
    // memory.
    private static readonly int[] SqliteContent = [1, 18, 19, 20, 21, 25];

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: unsupported, data, integrity, syntax, program limits. All others are
    // about the server.
    private static readonly string[] PostgresContent = ["0A", "21", "22", "23", "42", "54"];

    /// <summary>EF wraps what its retry logic sees as transient in an InvalidOperationException.</summary>
    public static bool Is(Exception exception) => exception is DbException or DbUpdateException or TimeoutException
        or InvalidOperationException { InnerException: DbException or TimeoutException };

    /// <summary>
    /// Whether waiting helps: a server that is away, a lock, a full disk. False for what the database will never take, U+0000 on PostgreSQL
    /// for one, and for what is no failure of a database at all.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient
            || !PostgresContent.Contains(postgres.SqlState[..Math.Min(2, postgres.SqlState.Length)]),
        SqliteException sqlite => sqlite.IsTransient || !SqliteContent.Contains(sqlite.SqliteErrorCode),
        NpgsqlException or TimeoutException or IOException or SocketException or OperationCanceledException => true,
        DbUpdateException { InnerException: { } inner } => IsTransient(inner),
        InvalidOperationException { InnerException: { } inner } => IsTransient(inner),
        DbException other => other.IsTransient,
        _ => false,
    };

    /// <summary>Whether it is the database, or the way to it, and waiting helps.</summary>
    public static bool IsAway(Exception exception) => Is(exception) && IsTransient(exception);

    /// <summary>Whether it was there already: SQLite's CONSTRAINT, PostgreSQL's unique_violation.</summary>
    public static bool IsDuplicate(DbUpdateException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            or SqliteException { SqliteErrorCode: 19 };
    }

    /// <summary>What failed, without what it was about: messages of databases quote values.</summary>
    public static string NameOf(Exception exception) => exception switch
    {
        PostgresException postgres => $"PostgreSQL says {postgres.SqlState}",
        SqliteException sqlite => $"SQLite says {sqlite.SqliteErrorCode}",
        DbUpdateException { InnerException: { } inner } => NameOf(inner),
        _ => exception.GetType().Name,
    };
}
