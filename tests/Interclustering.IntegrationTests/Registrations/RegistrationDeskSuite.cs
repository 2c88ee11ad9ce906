using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Registrations;

/// <summary>Many at once at one node, by the locks of a database.</summary>
public abstract class RegistrationDeskSuite
{
    private const int People = 120, Places = 25;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly RegistrationSeal seal = new(new EphemeralDataProtectionProvider());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<NodeInstance> NodeAsync();

    [Fact]
    public async Task Of_many_at_once_as_many_as_there_are_places_get_one_and_the_others_wait_in_order()
    {
        var node = await NodeAsync();
        var happening = Event(Places);
        await AtOnceAsync(node, Enumerable.Range(0, People), (desk, number) => desk.AskAsync(happening, Request(number), Cancellation));
        // The same people again, at the same time: still one registration each.
        await AtOnceAsync(node, Enumerable.Range(0, People), (desk, number) => desk.AskAsync(happening, Request(number), Cancellation));
        await using var db = node.Open();
        var ids = await db.Registrations.Select(row => row.Id).ToListAsync(Cancellation);
        Assert.Equal(People, ids.Count);
        await AtOnceAsync(node, ids.Concat(ids), (desk, id) => desk.ConfirmAsync(happening, id, Cancellation));
        await AssertFullAsync(db, ids.Count);

        // A third of those who have a seat give it up, twice each, at once.
        var leaving = await db.Registrations.Where(row => row.State == RegistrationState.Registered).OrderBy(row => row.Arrival)
            .Select(row => row.Id).Take(Places / 3).ToListAsync(Cancellation);
        await AtOnceAsync(node, leaving.Concat(leaving), (desk, id) => desk.CancelAsync(happening, id, Cancellation));
        await AssertFullAsync(db, People - leaving.Count);
    }

    [Fact]
    public async Task Two_who_want_the_last_place_with_several_seats_do_not_both_get_it()
    {
        var node = await NodeAsync();
        var happening = Event(4);
        await AtOnceAsync(node, Enumerable.Range(0, 6), (desk, number) =>
            desk.AskAsync(happening, Request(number) with { Seats = 3 }, Cancellation));
        await using var db = node.Open();
        var ids = await db.Registrations.Select(row => row.Id).ToListAsync(Cancellation);
        await AtOnceAsync(node, ids, (desk, id) => desk.ConfirmAsync(happening, id, Cancellation));
        Assert.Equal(3, await db.Registrations.Where(row => row.State == RegistrationState.Registered)
            .SumAsync(row => row.Seats, Cancellation));
        Assert.Equal(5, await db.Registrations.CountAsync(row => row.State == RegistrationState.Waiting, Cancellation));
    }

    private static async Task AssertFullAsync(NodeContext db, int taking)
    {
        var rows = await db.Registrations.AsNoTracking().Where(row => row.Arrival > 0).OrderBy(row => row.Arrival)
            .ToListAsync(Cancellation);
        var open = rows.Where(row => row.IsOpen).ToList();
        Assert.Equal(taking, open.Count);
        Assert.Equal(Places, open.Count(row => row.State == RegistrationState.Registered));
        // No two came at the same moment, and no one who waits came before one who has a seat.
        Assert.Equal(rows.Count, rows.Select(row => row.Arrival).Distinct().Count());
        Assert.All(open.Take(Places), row => Assert.Equal(RegistrationState.Registered, row.State));
        Assert.All(open.Skip(Places), row => Assert.Equal(RegistrationState.Waiting, row.State));
        // Each change of state has its mail, once.
        var notices = await db.RegistrationNotices.AsNoTracking().Where(row => row.Kind != NoticeKinds.Known).ToListAsync(Cancellation);
        Assert.Equal(rows.Sum(row => row.Revision + 1), notices.Count);
    }

    private async Task AtOnceAsync<T>(NodeInstance node, IEnumerable<T> each, Func<RegistrationDesk, T, Task> act) =>
        await Parallel.ForEachAsync(each, new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Cancellation },
            async (one, _) =>
            {
                await using var db = node.Open();
                await act(new RegistrationDesk(db, node, seal, clock), one);
            });

    private static RegistrableEvent Event(int places) => new("bsc-1", 1, new Event
    {
        Nonce = "",
        Title = "Visite d’entrepôt",
        Sessions = [new Session("1", "2026-12-10T09:00:00")],
        Registration = new RegistrationTerms { Places = places, SeatsPerPerson = 3 },
    }, IsPublic: true);

    private static RegistrationRequest Request(int number) =>
        new(new Registrant($"Test {number}", $"test{number}@exemple.invalid", new Dictionary<string, string>()), 1, [""], "fr");
}

public sealed class RegistrationDeskOnSqlite : RegistrationDeskSuite, IAsyncDisposable
{
    private TemporaryNode? node;

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            await node.DisposeAsync();
        }
    }

    protected override async Task<NodeInstance> NodeAsync() => (node = await TemporaryNode.CreateAsync()).Instance;
}

public sealed class RegistrationDeskOnPostgres(AvailablePostgres postgres) : RegistrationDeskSuite, IClassFixture<AvailablePostgres>
{
    protected override async Task<NodeInstance> NodeAsync()
    {
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(await postgres.CreateDatabaseAsync()).Options;
        await using var db = new PostgresNodeContext(options);
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return new NodeInstance(Directories.Two.Find("bsc")!, () => new PostgresNodeContext(options),
            new Journal("bsc", TimeProvider.System), new ContentStore(Path.GetTempPath()));
    }
}
