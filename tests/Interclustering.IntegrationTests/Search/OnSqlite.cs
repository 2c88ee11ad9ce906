using Interclustering.Hub;
using Interclustering.Hub.Search;
using Interclustering.IntegrationTests.Search.Behaviours;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Search;

public sealed class SearchOnSqlite : SearchBehaviours
{
    private readonly SqliteFile file = new();

    protected override Task<IDbContextFactory<HubContext>> CreateDatabaseAsync() => Task.FromResult<IDbContextFactory<HubContext>>(file);

    protected override ISearchIndex IndexOf(IDbContextFactory<HubContext> databases) => new SqliteIndex(databases);

    protected override double LeastRecall => 0.97;

    protected override double LeastRank => 0.95;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        file.Dispose();
    }
}

/// <summary>A database in a file of its own.</summary>
internal sealed class SqliteFile : IDbContextFactory<HubContext>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-search-").FullName;

    public HubContext CreateDbContext() =>
        new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False").Options);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
