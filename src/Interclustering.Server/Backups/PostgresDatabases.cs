using Npgsql;

namespace Interclustering.Server.Backups;

/// <summary>Databases of PostgreSQL as a whole: made, dropped, and asked whether they are empty.</summary>
internal static class PostgresDatabases
{
    /// <summary>A connection of its own: its end is the end of what it locks.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
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

    public static async Task<bool> IsEmptyAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
        return await command.ExecuteScalarAsync(cancellation) is 0L;
    }

    /// <param name="beside">A database of the same server, whose user owns the new one.</param>
    /// <param name="name">Of letters, digits and underscores.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupFailedException">The user may not.</exception>
    public static async Task CreateAsync(string beside, string name, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(beside, $"CREATE DATABASE \"{name}\"", cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            var user = new NpgsqlConnectionStringBuilder(beside).Username;
            throw new BackupFailedException($"The database server's user {user} may not create a database to rehearse in. Let it, as an "
                + $"administrator of that server: ALTER ROLE {user} CREATEDB.", exception);
        }
    }

    public static Task DropAsync(string beside, string name) =>
        RunAsync(beside, $"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", CancellationToken.None);

    private static async Task RunAsync(string connectionString, string statement, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
