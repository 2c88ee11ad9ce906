using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interclustering.IntegrationTests.Federation;

/// <summary>What a reader's database never takes, shown with triggers that refuse it.</summary>
public sealed class RefusedByTheDatabase
{
    private const string Hub = FederationUnderTest.Hub;

    [Fact]
    public async Task An_entry_that_the_database_refuses_is_set_aside_alone_and_its_neighbours_count()
    {
        await using var federation = await FederationUnderTest.StartAsync(InMemoryAndSqlite.NewGround());
        await RefuseAsync(federation, "\"Publications\" WHEN NEW.\"Data\" LIKE '%Refusée%'");
        var titles = new[] { "Une", "Deux", "Refusée", "Trois", "Quatre" };

        await federation.AppendAsync("bsc", [.. titles.Select(title => new JournalDraft(Kinds.BestPractice, Subjects.Mint("bsc"), 1,
            JsonSerializer.Serialize(new BestPractice { Nonce = Nonce.Create(), Title = title }, ContractJson.Options)))]);

        await Until.TrueAsync(async () => (await federation.PublicationsAsync("tenlog", Hub)).Count == 4, federation.DescribeAsync);
        await using var db = federation.Databases[Hub]();
        var setAside = await db.Set<QuarantineRow>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("bsc", 3L, "unreadable", "Applying it fails: SQLite says 19."),
            (setAside.Journal, setAside.Sequence, setAside.Reason, setAside.Detail));
        Assert.Equal(
            5, (await db.Set<ReplicaCursor>().SingleAsync(row => row.Journal == "bsc", TestContext.Current.CancellationToken)).Sequence);
    }

    [Fact]
    public async Task A_journal_that_can_not_be_kept_is_given_up_visibly_and_others_go_on()
    {
        await using var federation = await FederationUnderTest.StartAsync(InMemoryAndSqlite.NewGround());
        await RefuseAsync(federation, "\"ReplicaEntries\" WHEN NEW.\"Journal\" = 'bsc'");

        await federation.PublishAsync("bsc", "Nulle part");
        await Until.TrueAsync(async () =>
            (await StoppedAsync())?.StartsWith(Replica.CannotGoOn, StringComparison.Ordinal) == true, federation.DescribeAsync);
        await federation.PublishAsync("tenlog", "D’ailleurs");
        await Until.TrueAsync(async () => (await federation.PublicationsAsync("bsc", Hub)).Count == 1, federation.DescribeAsync);

        await federation.StopAllAsync();
        await using (var db = federation.Databases[Hub]())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER refused", TestContext.Current.CancellationToken);
        }

        await federation.StartAllAsync();
        await federation.ConvergeAsync();
        Assert.Null(await StoppedAsync());

        async Task<string?> StoppedAsync()
        {
            await using var db = federation.Databases[Hub]();
            return await db.Set<ReplicaCursor>().Where(row => row.Journal == "bsc").Select(row => row.StoppedBecause)
                .SingleOrDefaultAsync();
        }
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(18, false)]
    [InlineData(19, false)]
    [InlineData(20, false)]
    public void Locks_and_full_disks_pass_on_SQLite_and_refused_content_does_not(int code, bool passes) =>
        Assert.Equal(passes, DatabaseFailure.IsTransient(new DbUpdateException("", new SqliteException("", code))));

    [Theory]
    [InlineData("08006", true)]
    [InlineData("40001", true)]
    [InlineData("53100", true)]
    [InlineData("57P01", true)]
    [InlineData("22021", false)]
    [InlineData("23505", false)]
    [InlineData("54000", false)]
    public void Lost_connections_and_full_disks_pass_on_PostgreSQL_and_refused_content_does_not(string state, bool passes) =>
        Assert.Equal(passes, DatabaseFailure.IsTransient(new PostgresException("", "ERROR", "ERROR", state)));

    [Fact]
    public void What_is_no_failure_of_a_database_does_not_pass_by_itself()
    {
        Assert.False(DatabaseFailure.IsTransient(new FormatException()));
        Assert.True(DatabaseFailure.IsTransient(new TimeoutException()));
    }

    private static async Task RefuseAsync(FederationUnderTest federation, string what)
    {
        await using var db = federation.Databases[Hub]();
#pragma warning disable EF1002 // Written here.
        await db.Database.ExecuteSqlRawAsync($"CREATE TRIGGER refused BEFORE INSERT ON {what} BEGIN SELECT RAISE(ABORT, 'refused'); END",
            TestContext.Current.CancellationToken);
#pragma warning restore EF1002
    }
}
