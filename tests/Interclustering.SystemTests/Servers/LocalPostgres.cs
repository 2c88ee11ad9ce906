using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Interclustering.SystemTests.Servers;

/// <summary>A PostgreSQL of Debian's package with its own port and data folder.</summary>
public sealed class LocalPostgres : IPostgres
{
    private const string User = "postgres";
    private string folder = "";
    private Process? server;
    private int databases;

    public int Port { get; } = ServerProgram.FreePort();

    private string Log => Path.Combine(Path.GetTempPath(), $"interclustering-postgres-{Port}.log");

    private static string Bin => Directory.GetDirectories("/usr/lib/postgresql").Max() + "/bin";

    public async ValueTask InitializeAsync()
    {
        folder = await ServerProgram.CreateFolderAsync("interclustering-postgres-", User);
        var none = new Dictionary<string, string>();
        await ServerProgram.RunAsync(User, $"{Bin}/initdb", ["-D", $"{folder}/data", "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"], none, Log);
        Start();
        await UntilAnswersAsync();
    }

    public void Start() => server = ServerProgram.Start(
        User, $"{Bin}/postgres",
        ["-D", $"{folder}/data", "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-h", "127.0.0.1", "-c", "max_connections=200"],
        new Dictionary<string, string>(), Log);

    /// <summary>A new empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"ic{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
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
        $"Host=127.0.0.1;Port={Port};Database={database};Username={User};Maximum Pool Size=20;Include Error Detail=true";

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
            catch (NpgsqlException exception) when (watch.Elapsed > TimeSpan.FromSeconds(30))
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
