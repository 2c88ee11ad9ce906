using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Interclustering.Federation;

/// <summary>The tables that every participant has, hub and node alike.</summary>
public static class FederationModel
{
    public static ModelBuilder AddFederation(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<JournalRow>(row =>
        {
            row.ToTable("JournalEntries").HasKey(entry => entry.Sequence);
            row.Property(entry => entry.Sequence).ValueGeneratedNever();
            row.HasIndex(entry => entry.Subject);
        });
        model.Entity<JournalHead>(row =>
        {
            row.ToTable("JournalHead").HasKey(head => head.Id);
            row.Property(head => head.Id).ValueGeneratedNever();
        });
        model.Entity<ReceiptRow>().ToTable("Receipts").HasKey(receipt => receipt.Reader);
        model.Entity<ReplicaEntry>(row =>
        {
            row.ToTable("ReplicaEntries").HasKey(entry => new { entry.Journal, entry.Epoch, entry.Sequence });
            row.HasIndex(entry => entry.Subject);
        });
        model.Entity<ReplicaCursor>().ToTable("ReplicaCursors").HasKey(cursor => cursor.Journal);
        model.Entity<QuarantineRow>().ToTable("Quarantine").HasKey(row => new { row.Journal, row.Epoch, row.Sequence });
        model.Entity<OperationRow>().ToTable("Operations").HasKey(operation => operation.Id);
        model.Entity<PublicationRow>(row =>
        {
            row.ToTable("Publications").HasKey(publication => new { publication.Journal, publication.Subject });
            row.HasIndex(publication => publication.Position);
            row.HasIndex(publication => publication.Subject);
        });
        return model;
    }

    /// <summary>Times are UTC and comparable on both engines; SQLite gives them back without a kind.</summary>
    public static void AddFederationConventions(this ModelConfigurationBuilder conventions)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        written => DateTime.SpecifyKind(written, DateTimeKind.Utc), read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
}
