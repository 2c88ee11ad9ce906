using Interclustering.Testing.Servers;
using Npgsql;

namespace Interclustering.IntegrationTests.Backups;

/// <summary>The databases belong to a user that is no administrator, as in the deployment.</summary>
public sealed class PostgresPlace : IBackupPlace, IAsyncLifetime
{
    private readonly LocalPostgres postgres = new();

    public async ValueTask InitializeAsync()
    {
        await postgres.InitializeAsync();
        await RunAsync(await postgres.CreateDatabaseAsync(), "CREATE ROLE participant LOGIN CREATEDB");
    }

    /// <summary>Those of the server that was made last, by role.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; private set; } = new Dictionary<string, string>();

    private async Task<string> CreateDatabaseAsync()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await RunAsync(connection, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} OWNER TO participant");
        return new NpgsqlConnectionStringBuilder(connection) { Username = "participant" }.ConnectionString;
    }

    public ValueTask DisposeAsync() => postgres.DisposeAsync();

    public async Task<ServerProcess> StartedAsync(params (string Name, string Value)[] settings)
    {
        var server = await EmptyAsync(settings);
        await server.StartAsync();
        return server;
    }

    public Task<ServerProcess> EmptyAsync() => EmptyAsync([]);

    private async Task<ServerProcess> EmptyAsync((string Name, string Value)[] settings)
    {
        Databases = new Dictionary<string, string> { ["hub"] = await CreateDatabaseAsync(), ["bsc"] = await CreateDatabaseAsync() };
        return new(new Dictionary<string, string>(settings.Select(each => KeyValuePair.Create(each.Name, each.Value)))
        {
            ["Interclustering__Roles"] = "hub,bsc",
            ["Interclustering__Demonstration"] = "true",
            ["Interclustering__Database__Provider"] = "postgres",
            ["Interclustering__Database__Hub"] = Databases["hub"],
            ["Interclustering__Database__Nodes__bsc"] = Databases["bsc"],
        });
    }

    private static async Task RunAsync(string connection, string statement)
    {
        await using var administrator = new NpgsqlConnection(connection);
        await administrator.OpenAsync();
        await using var command = administrator.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}
