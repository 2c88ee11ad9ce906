using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Hub.Search;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>What pages show and what the search finds say when they no longer follow.</summary>
public sealed class ReadModelLagTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await TemporaryHub.CreateAsync();
        await hub.ChangeAsync(db => db.Set<JournalHead>()
            .ExecuteUpdateAsync(head => head.SetProperty(row => row.Sequence, 7), Cancellation));
        await Until.TrueAsync(() => Task.FromResult(hub.Shown.Position == 7), () => Task.FromResult($"{hub.Shown.Position}"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_follows_is_no_problem()
    {
        var lag = hub.Lag();
        // A new lag is silent for a while: a first answer of "no problem" proves nothing.
        await Until.TrueAsync(() => Task.FromResult(hub.SearchProgress.Head.Position == 7),
            () => Task.FromResult($"{hub.SearchProgress.Head}"));
        Assert.Empty(await lag.FindAsync(Cancellation));
        hub.Clock.Advance(Long);
        Assert.Empty(await lag.FindAsync(Cancellation));
    }

    [Fact]
    public async Task A_search_that_stands_still_says_so()
    {
        var lag = hub.Lag(search: new SearchProgress());
        Assert.Empty(await lag.FindAsync(Cancellation));
        hub.Clock.Advance(Long);
        var problem = Assert.Single(await lag.FindAsync(Cancellation));
        Assert.Equal(("search", "The search stands at 0 of 7 since 2026-11-23 08:00:00Z."), (problem.Kind, problem.Detail));
    }

    /// <summary>An empty site would be taken for the whole of it: it is not ready.</summary>
    [Fact]
    public async Task Pages_that_were_never_read_say_so_at_once()
    {
        using var stopped = hub.Stopped();
        var problem = Assert.Single(await hub.Lag(pages: stopped).FindAsync(Cancellation));
        Assert.Equal(("pages", Severity.Blocked), (problem.Kind, problem.Severity));
    }

    [Fact]
    public async Task Pages_that_stand_still_say_so()
    {
        using var stopped = hub.Stopped();
        await stopped.StartAsync(Cancellation);
        await Until.TrueAsync(() => Task.FromResult(stopped.Current.Position == 7), () => Task.FromResult($"{stopped.Current.Position}"));
        await stopped.StopAsync(Cancellation);
        await hub.ChangeAsync(db => db.Set<JournalHead>()
            .ExecuteUpdateAsync(head => head.SetProperty(row => row.Sequence, 8), Cancellation));
        var lag = hub.Lag(pages: stopped);
        Assert.Empty(await lag.FindAsync(Cancellation));
        hub.Clock.Advance(Long);
        Assert.Equal("pages", Assert.Single(await lag.FindAsync(Cancellation)).Kind);
    }
}
