using Microsoft.EntityFrameworkCore;

namespace Interclustering.Benchmarks.Alternatives;

/// <summary>A publication as a message: what the alternatives carry, without chain, signature or digest.</summary>
public sealed record PublicationChanged(string Subject, string Kind, long Revision, string Data);

/// <summary>A publication as a row at the sender and at the reader.</summary>
public sealed class Item
{
    public required string Subject { get; set; }
    public required string Kind { get; set; }
    public long Revision { get; set; }
    public required string Data { get; set; }

    public static Item Of(PublicationChanged change) => new()
    {
        Subject = change.Subject,
        Kind = change.Kind,
        Revision = change.Revision,
        Data = change.Data,
    };
}

/// <summary>A message that waits to be sent, in the transaction that changes the item.</summary>
public sealed class OutboxRow
{
    public long Id { get; set; }
    public required string Body { get; set; }
    public DateTime? SentAt { get; set; }
}

/// <summary>The tables of a sender and of a reader.</summary>
internal sealed class ItemContext(string connection) : DbContext
{
    public DbSet<Item> Items => Set<Item>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>Inserts, or updates where the revision is higher, as EF Core does it: rows are read, changed and saved.</summary>
    public async Task UpsertAsync(IReadOnlyList<PublicationChanged> changes, CancellationToken stop)
    {
        var subjects = changes.Select(change => change.Subject).ToList();
        var known = await Items.Where(item => subjects.Contains(item.Subject)).ToDictionaryAsync(item => item.Subject, stop);
        foreach (var change in changes)
        {
            if (!known.TryGetValue(change.Subject, out var item))
            {
                known[change.Subject] = item = Item.Of(change);
                Items.Add(item);
            }
            else if (change.Revision > item.Revision)
            {
                (item.Kind, item.Revision, item.Data) = (change.Kind, change.Revision, change.Data);
            }
        }

        await SaveChangesAsync(stop);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(connection);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Item>().HasKey(item => item.Subject);
        model.Entity<OutboxRow>().HasIndex(row => row.Id).HasFilter("\"SentAt\" IS NULL").HasDatabaseName("IX_Unsent");
    }
}
