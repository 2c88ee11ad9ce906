using Interclustering.Hub;
using Interclustering.Hub.Search;
using Interclustering.IntegrationTests.Search.Behaviours;
using Interclustering.Testing.Containers;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Search;

public sealed class SearchOnPostgres(AvailablePostgres postgres) : SearchBehaviours, IClassFixture<AvailablePostgres>
{
    protected override async Task<IDbContextFactory<HubContext>> CreateDatabaseAsync() =>
        new PostgresDatabase(await postgres.CreateDatabaseAsync());

    protected override ISearchIndex IndexOf(IDbContextFactory<HubContext> databases) => new PostgresIndex(databases);

    protected override double LeastRecall => 0.97;

    protected override double LeastRank => 0.95;
}

internal sealed class PostgresDatabase(string connectionString) : IDbContextFactory<HubContext>
{
    public HubContext CreateDbContext() =>
        new PostgresHubContext(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql(connectionString).Options);
}
