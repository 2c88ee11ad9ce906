using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Publications;
using Interclustering.Federation.Replicas;
using Interclustering.Node.Authoring;
using Interclustering.Node.People;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node;

/// <summary>A cluster's database: its own people, its working copies, its journal, and its replica of the hub's journal.</summary>
public abstract class NodeContext(DbContextOptions options) : IdentityUserContext<StaffMember>(options)
{
    public DbSet<WorkingCopy> WorkingCopies => Set<WorkingCopy>();
    public DbSet<PublicationRow> Publications => Set<PublicationRow>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();
    public DbSet<ReplicaCursor> Cursors => Set<ReplicaCursor>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddFederation();
        builder.Entity<WorkingCopy>(row =>
        {
            row.HasKey(copy => copy.Subject);
            row.HasIndex(copy => new { copy.SourceSystem, copy.SourceKey }).IsUnique();
            row.Property(copy => copy.Version).IsConcurrencyToken();
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddFederationConventions();
}

public sealed class SqliteNodeContext(DbContextOptions<SqliteNodeContext> options) : NodeContext(options);

public sealed class PostgresNodeContext(DbContextOptions<PostgresNodeContext> options) : NodeContext(options);
