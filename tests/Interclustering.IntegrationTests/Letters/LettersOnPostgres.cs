using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.Node;
using Interclustering.Node.Letters;
using Interclustering.Node.Letters.Corrections;
using Interclustering.Node.NationalView;
using Interclustering.Node.Retention;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Letters;

/// <summary>What letters are remembered with, by the migrations and the queries of the other database.</summary>
public sealed class LettersOnPostgres(AvailablePostgres postgres) : IClassFixture<AvailablePostgres>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Paris.Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_sent_letter_has_said_is_corrected_and_what_is_gone_is_forgotten()
    {
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(await postgres.CreateDatabaseAsync()).Options;
        await using var db = new PostgresNodeContext(options);
        await db.Database.MigrateAsync(Cancellation);
        var letter = new Letter { Id = Guid.CreateVersion7(), Title = "La lettre", EditedAt = DateTime.UtcNow, SentAt = DateTime.UtcNow };
        db.AddRange(letter, ItemOf(letter, "lsn-1", Today.AddDays(3)), ItemOf(letter, "lsn-2", Today.AddDays(-3)),
            RowOf("lsn-1"), RowOf("lsn-2"));
        await db.SaveChangesAsync(Cancellation);

        var own = Directories.Two.Find("bsc")!;
        var items = new NationalItems(Directories.Two, NullLogger<NationalItems>.Instance);
        var correction = Assert.Single(await LetterCorrections.ReadAsync(db, items, own, Today, Cancellation));
        Assert.Equal(("lsn-1", LetterChange.Withdrawn), (correction.Told.Subject, correction.Change));

        var node = new NodeInstance(own, () => new PostgresNodeContext(options), new Journal("bsc", TimeProvider.System),
            new ContentStore(Path.GetTempPath()));
        using var purge = new PurgeExpired(new Nodes([node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance);
        await purge.RunAsync(node, Cancellation);
        Assert.Equal(["Salon du port", ""], await db.LetterItems.AsNoTracking().OrderBy(item => item.Subject).Select(item => item.Title)
            .ToListAsync(Cancellation));

        await db.Letters.Where(row => row.Id == letter.Id).ExecuteDeleteAsync(Cancellation);
        Assert.False(await db.LetterItems.AnyAsync(Cancellation));
    }

    private static LetterItem ItemOf(Letter letter, string subject, DateOnly day) => new()
    {
        Letter = letter.Id,
        Subject = subject,
        Position = 1,
        Kind = Kinds.Event,
        Title = "Salon du port",
        Start = day.ToString("yyyy-MM-dd", null),
        LastDay = day,
        Status = EventStatus.Confirmed,
    };

    /// <summary>As it is once it is withdrawn.</summary>
    private static PublicationRow RowOf(string subject) => new()
    {
        Journal = FederationDirectory.HubCode,
        Subject = subject,
        Cluster = "lsn",
        Kind = Kinds.Withdrawn,
        Revision = 2,
        Digest = "",
        Position = 1,
        PublishedAt = DateTime.UtcNow,
        RevisedAt = DateTime.UtcNow,
    };
}
