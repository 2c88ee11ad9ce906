using Interclustering.Federation.Bus;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.SystemTests.Servers;
using Interclustering.Tests.Federation;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.SystemTests.Federation;

/// <summary>The behaviours on a real RabbitMQ and a real PostgreSQL; each participant signs in for itself.</summary>
public sealed class RabbitMqAndPostgres(LocalBroker broker, LocalPostgres postgres)
    : FederationBehaviours, IClassFixture<LocalBroker>, IClassFixture<LocalPostgres>
{
    protected override async Task<IGround> CreateGroundAsync()
    {
        // What an earlier test left in the queues belongs to other keys.
        foreach (var code in (string[])["hub", "bsc", "tenlog"])
        {
            await broker.ControlAsync("purge_queue", "-p", "interclustering", $"ic.cmd.{code}");
        }

        return new Ground(broker, postgres);
    }

    private sealed class Ground(LocalBroker broker, LocalPostgres postgres) : IGround
    {
        public bool OneProcess => false;

        public BusSettings BusOf(string code) => broker.SettingsOf(code);

        public async Task<Func<DbContext>> CreateDatabaseAsync(string code)
        {
            var connection = await postgres.CreateDatabaseAsync();
            Func<DbContext> open = code == FederationUnderTest.Hub
                ? () => new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(connection).Options)
                : () => new PostgresNodeContext(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connection).Options);
            await using var db = open();
            await db.Database.MigrateAsync();
            return open;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
