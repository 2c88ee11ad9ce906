using Interclustering.Federation.Bus;

namespace Interclustering.Testing.Servers;

/// <summary>A RabbitMQ with the deployment's definitions: of Debian's package, or in a container.</summary>
public interface IBroker : IAsyncLifetime
{
    /// <summary>How a participant signs in.</summary>
    BusSettings SettingsOf(string code);

    /// <summary>Runs rabbitmqctl against this broker.</summary>
    Task ControlAsync(params string[] arguments);
}

/// <summary>A PostgreSQL: of Debian's package, or in a container.</summary>
public interface IPostgres : IAsyncLifetime
{
    /// <summary>A new empty database; its connection string.</summary>
    Task<string> CreateDatabaseAsync();

    /// <summary>A copy of a database that is not open now; its connection string.</summary>
    Task<string> CopyDatabaseAsync(string connectionString);
}
