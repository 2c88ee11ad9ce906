using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Interclustering.Testing.Servers;

/// <summary>A PostgreSQL of a Debian package with its own port and data folder.</summary>
public sealed class LocalPostgres : IPostgres
{
    private const string User = "postgres";
    private string folder = "";
    private Process? server;
    private int databases;

    /// <summary>The folder of the Debian whose package it is; empty for this machine's own.</summary>
    public string Root { get; init; } = "";

    public int Port { get; } = ServerProgram.FreePort();

    /// <summary>The server whose writes it takes over as they come; null for one of its own.</summary>
    public LocalPostgres? Follows { get; init; }

    private string Log => Path.Combine(Path.GetTempPath(), $"interclustering-postgres-{Port}.log");

    private ServerAccount Account => new(User, Root);

    private string Bin
    {
        get
        {
            var versions = Directory.GetDirectories($"{Root}/usr/lib/postgresql").Select(Path.GetFileName);
            return $"/usr/lib/postgresql/{versions.Max()}/bin";
        }
    }

    public async ValueTask InitializeAsync()
    {
        folder = await ServerProgram.CreateFolderAsync("interclustering-postgres-", Account);
        var none = new Dictionary<string, string>();
        if (Follows is null)
        {
            await ServerProgram.RunAsync(Account, $"{Bin}/initdb",
                ["-D", $"{folder}/data", "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"], none, Log);
        }
        else
        {
            await ServerProgram.RunAsync(Account, $"{Bin}/pg_basebackup",
                ["-D", $"{folder}/data", "-h", "127.0.0.1", "-p", $"{Follows.Port}", "-U", User, "--write-recovery-conf",
                    "--checkpoint=fast"], none, Log);
        }

        Start();
        await UntilAnswersAsync();
    }

    public void Start() => server = ServerProgram.Start(
        Account, $"{Bin}/postgres",
        ["-D", $"{folder}/data", "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-h", "127.0.0.1", "-c",
            "max_connections=300"],
        new Dictionary<string, string>(), Log);

    /// <summary>A replica takes no more from the server that it follows, and takes writes.</summary>
    public Task PromoteAsync() => ServerProgram.RunAsync(
        Account, $"{Bin}/pg_ctl", ["promote", "-D", $"{folder}/data"], new Dictionary<string, string>(), Log);

    /// <summary>A small volume that the server may write to.</summary>
    public Task<SmallVolume> MountAsync(int megabytes) =>
        SmallVolume.MountAsync(megabytes, Account.Owner, Root.Length == 0 ? null : server, Root);

    /// <summary>Moves a database that is not open to a folder of its own.</summary>
    public async Task MoveToAsync(string connectionString, string path)
    {
        await AdministerAsync($"CREATE TABLESPACE small LOCATION '{path}'");
        await AdministerAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} SET TABLESPACE small");
    }

    /// <summary>Undoes <see cref="MoveToAsync"/>.</summary>
    public async Task MoveBackAsync(string connectionString)
    {
        await AdministerAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} SET TABLESPACE pg_default");
        await AdministerAsync("DROP TABLESPACE small");
    }

    private async Task AdministerAsync(string statement)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        server!.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    /// <summary>Starts it again, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        Start();
        await UntilAnswersAsync();
    }

    /// <summary>A new empty database; its connection string.</summary>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("");

    public Task<string> CopyDatabaseAsync(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        return CreateDatabaseAsync($" TEMPLATE {new NpgsqlConnectionStringBuilder(connectionString).Database}");
    }

    private async Task<string> CreateDatabaseAsync(string options)
    {
        var name = $"ic{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}{options}";
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        Directory.Delete(folder, recursive: true);
        File.Delete(Log);
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username={User};Maximum Pool Size=20;Connection Idle Lifetime=5;Connection "
            + $"Pruning Interval=1;Include Error Detail=true";

    private async Task UntilAnswersAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException exception) when (watch.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException($"PostgreSQL does not answer:\n{ServerProgram.Tail(Log)}", exception);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100);
            }
        }
    }
}
