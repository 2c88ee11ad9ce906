using System.Globalization;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>Random histories of a restored node on PostgreSQL: what a constraint or a type does differently there.</summary>
public sealed class RestoredOnPostgres(LocalPostgres postgres) : IClassFixture<LocalPostgres>
{
    private const int Usual = 10;

    [Fact]
    public async Task After_a_recovery_everything_that_is_sent_is_published_as_it_was_sent()
    {
        var histories = int.TryParse(Environment.GetEnvironmentVariable("INTERCLUSTERING_HISTORIES"), CultureInfo.InvariantCulture,
            out var asked) ? asked : Usual;
        for (var seed = 0; seed < histories; seed++)
        {
            await RestoredHistory.TryAsync(seed, new Database(postgres, await postgres.CreateDatabaseAsync()));
        }
    }

    private sealed class Database(LocalPostgres postgres, string connection) : IHistoryDatabase
    {
        private string backup = "";

        public NodeContext Open() =>
            new PostgresNodeContext(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(connection).Options);

        public async Task BackUpAsync() => backup = await postgres.CopyDatabaseAsync(connection);

        public async Task RestoreAsync() => connection = await postgres.CopyDatabaseAsync(backup);
    }
}
