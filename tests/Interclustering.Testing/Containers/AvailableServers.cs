using System.Globalization;
using DotNet.Testcontainers.Configurations;
using Interclustering.Federation.Bus;
using Interclustering.Testing.Servers;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Interclustering.Testing.Containers;

/// <summary>
/// Which real servers the tests take: containers of the deployment's versions where an engine answers, else Debian's own.
/// </summary>
internal static class Engine
{
    public static bool Answers { get; } = TestcontainersSettings.OS?.DockerEndpointAuthConfig?.Endpoint is { } endpoint
        && (endpoint.Scheme != "unix" || File.Exists(endpoint.LocalPath));

    public static void Say(string server) => TestContext.Current.SendDiagnosticMessage(
        Answers ? $"{server}: in a container" : $"{server}: Debian's own, because no container engine answers");
}

/// <summary>RabbitMQ, see <see cref="Engine"/>.</summary>
public sealed class AvailableBroker : IBroker
{
    private readonly IBroker broker = Engine.Answers ? new ContainerBroker("rabbitmq:4-management", null) : new LocalBroker();

    public BusSettings SettingsOf(string code) => broker.SettingsOf(code);

    public Task ControlAsync(params string[] arguments) => broker.ControlAsync(arguments);

    public ValueTask InitializeAsync()
    {
        Engine.Say("RabbitMQ");
        return broker.InitializeAsync();
    }

    public ValueTask DisposeAsync() => broker.DisposeAsync();
}

/// <summary>PostgreSQL, see <see cref="Engine"/>.</summary>
public sealed class AvailablePostgres : IPostgres
{
    private readonly IPostgres postgres = Engine.Answers ? new ContainerPostgres() : new LocalPostgres();

    public Task<string> CreateDatabaseAsync() => postgres.CreateDatabaseAsync();

    public Task<string> CopyDatabaseAsync(string connectionString) => postgres.CopyDatabaseAsync(connectionString);

    public ValueTask InitializeAsync()
    {
        Engine.Say("PostgreSQL");
        return postgres.InitializeAsync();
    }

    public ValueTask DisposeAsync() => postgres.DisposeAsync();
}

/// <summary>A PostgreSQL by Testcontainers.</summary>
public sealed class ContainerPostgres : IPostgres
{
    private readonly PostgreSqlContainer container = new PostgreSqlBuilder("postgres:17").Build();
    private int databases;

    public async ValueTask InitializeAsync() => await container.StartAsync();

    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("");

    public Task<string> CopyDatabaseAsync(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        return CreateDatabaseAsync($" TEMPLATE {new NpgsqlConnectionStringBuilder(connectionString).Database}");
    }

    private async Task<string> CreateDatabaseAsync(string options)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"ic{Interlocked.Increment(ref databases)}");
        await container.ExecScriptAsync($"CREATE DATABASE {name}{options}");
        return new NpgsqlConnectionStringBuilder(container.GetConnectionString()) { Database = name }.ConnectionString;
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
