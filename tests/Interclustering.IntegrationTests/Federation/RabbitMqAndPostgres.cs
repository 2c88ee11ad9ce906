using Interclustering.Federation.Bus;
using Interclustering.Hub;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Node;
using Interclustering.Testing.Containers;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>The behaviours on a real RabbitMQ and a real PostgreSQL; each participant signs in for itself.</summary>
public sealed class RabbitMqAndPostgres(AvailableBroker broker, AvailablePostgres postgres)
    : FederationBehaviours, IClassFixture<AvailableBroker>, IClassFixture<AvailablePostgres>
{
    protected override async Task<IGround> CreateGroundAsync() => await RealGround.CreateAsync(broker, postgres);
}

/// <summary>Losses and their mending on the same ground.</summary>
public sealed class RecoveryOnRabbitMqAndPostgres(AvailableBroker broker, AvailablePostgres postgres)
    : RecoveryBehaviours, IClassFixture<AvailableBroker>, IClassFixture<AvailablePostgres>
{
    protected override async Task<IGround> CreateGroundAsync() => await RealGround.CreateAsync(broker, postgres);
}

/// <summary>The same over Testcontainers with Podman, so that this path is tried wherever Podman runs.</summary>
public sealed class RabbitMqInPodman(PodmanBroker podman, LocalPostgres postgres)
    : FederationBehaviours, IClassFixture<PodmanBroker>, IClassFixture<LocalPostgres>
{
    protected override async Task<IGround> CreateGroundAsync()
    {
        Assert.SkipWhen(podman.Missing is not null, podman.Missing ?? "");
        return await RealGround.CreateAsync(podman.Broker, postgres);
    }
}

internal sealed class RealGround(IBroker broker, IPostgres postgres) : IGround
{
    private readonly Dictionary<string, string> connections = [];

    public bool OneProcess => false;

    public static async Task<RealGround> CreateAsync(IBroker broker, IPostgres postgres)
    {
        // What an earlier test left in the queues belongs to other keys.
        foreach (var code in (string[])["hub", "bsc", "tenlog"])
        {
            await broker.ControlAsync("purge_queue", "-p", "interclustering", $"ic.cmd.{code}");
        }

        return new RealGround(broker, postgres);
    }

    public BusSettings BusOf(string code) => broker.SettingsOf(code);

    public async Task<Func<DbContext>> CreateDatabaseAsync(string code)
    {
        var connection = connections[code] = await postgres.CreateDatabaseAsync();
        Func<DbContext> open = () => Context(code, connection);
        await using var db = open();
        await db.Database.MigrateAsync();
        return open;
    }

    public async Task<Func<DbContext>> CopyDatabaseAsync(string code)
    {
        var copy = await postgres.CopyDatabaseAsync(connections[code]);
        return () => Context(code, copy);
    }

    private static DbContext Context(string code, string connection) => code == FederationUnderTest.Hub
        ? new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(connection).Options)
        : new PostgresNodeContext(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connection).Options);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
