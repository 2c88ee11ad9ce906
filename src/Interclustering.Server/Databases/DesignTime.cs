using Interclustering.Hub;
using Interclustering.Node;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Interclustering.Server.Databases;

// For `dotnet ef migrations add` only: no database is opened.
internal sealed class SqliteHubDesign : IDesignTimeDbContextFactory<SqliteHubContext>
{
    public SqliteHubContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresHubDesign : IDesignTimeDbContextFactory<PostgresHubContext>
{
    public PostgresHubContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresHubContext>().UseNpgsql("Host=localhost").Options);
}

internal sealed class SqliteNodeDesign : IDesignTimeDbContextFactory<SqliteNodeContext>
{
    public SqliteNodeContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresNodeDesign : IDesignTimeDbContextFactory<PostgresNodeContext>
{
    public PostgresNodeContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql("Host=localhost").Options);
}
