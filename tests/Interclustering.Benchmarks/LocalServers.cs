using Interclustering.Testing.Servers;
using RabbitMQ.Client;

namespace Interclustering.Benchmarks;

/// <summary>A broker and a database of our own on loopback; they end with us.</summary>
internal sealed class LocalServers : IAsyncDisposable
{
    /// <summary>Virtual host and user of the raw client: what it declares is out of the participants' way.</summary>
    public const string RawUser = "raw";

    public LocalBroker Broker { get; } = new();

    public LocalPostgres Postgres { get; } = new();

    public static async Task<LocalServers> StartAsync()
    {
        var servers = new LocalServers();
        try
        {
            await servers.Broker.InitializeAsync();
            await servers.Postgres.InitializeAsync();
            await servers.Broker.ControlAsync("add_vhost", RawUser);
            await servers.Broker.ControlAsync("add_user", RawUser, LocalBroker.Password);
            await servers.Broker.ControlAsync("set_permissions", "-p", RawUser, RawUser, ".*", ".*", ".*");
            await servers.Broker.ControlAsync("set_permissions", "-p", "interclustering", RawUser, "^$", "^$", ".*");
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>How the raw user signs in.</summary>
    public ConnectionFactory RawConnections(string virtualHost) => new()
    {
        HostName = "127.0.0.1",
        Port = Broker.Port,
        VirtualHost = virtualHost,
        UserName = RawUser,
        Password = LocalBroker.Password,
    };

    /// <summary>Empties the participants' queues: what is in them belongs to databases that are gone.</summary>
    public async Task PurgeAsync()
    {
        await using var connection = await RawConnections("interclustering").CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var code in LocalFederation.Codes)
        {
            await channel.QueuePurgeAsync($"ic.cmd.{code}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
