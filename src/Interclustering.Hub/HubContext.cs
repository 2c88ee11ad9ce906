using Interclustering.Accounts;
using Interclustering.Federation;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
using Interclustering.Hub.Operators;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub;

/// <summary>
/// The hub's database: its operators, its journal, its replicas of the clusters' journals. One derived context per provider, because each
/// has its own migrations.
/// </summary>
public abstract class HubContext(DbContextOptions options) : IdentityUserContext<Operator>(options)
{
    public DbSet<PublicationRow> Publications => Set<PublicationRow>();
    public DbSet<OperatorAction> OperatorActions => Set<OperatorAction>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<ReplicaCursor> Cursors => Set<ReplicaCursor>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddFederation();
        builder.AddAccounts<Operator>();
        builder.Entity<OperatorAction>().ToTable("OperatorActions").HasKey(row => row.Id);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddFederationConventions();
}

public sealed class SqliteHubContext : HubContext
{
    public SqliteHubContext(DbContextOptions<SqliteHubContext> options)
        : base(options)
    {
        // A single statement takes SQLite's lock at its end only, and does not wait for it then; a transaction takes it first, and waits.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }
}

public sealed class PostgresHubContext(DbContextOptions<PostgresHubContext> options) : HubContext(options);
