using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Federation;

/// <summary>What fails in the background is said, and the rest goes on.</summary>
public sealed class SteadyServiceTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_background_service_that_fails_begins_again_and_never_faults()
    {
        using var service = new Fragile(clock, failures: 9);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => Task.FromResult(service.Failure == "odd"), () => Task.FromResult("it does not say that it fails"));
        await Until.TrueAsync(() =>
        {
            clock.Advance(SteadyService.LongestPause);
            return Task.FromResult(service.Runs == 10);
        }, () => Task.FromResult($"{service.Runs} runs"));
        Assert.False(service.ExecuteTask!.IsCompleted);
        clock.Advance(2 * SteadyService.LongestPause);
        Assert.Null(service.Failure);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_fails_for_one_item_keeps_no_other_from_its_turn()
    {
        var (log, done) = (new Counting(), new List<int>());
        var isolation = new FaultIsolation(log);
        for (var round = 0; round < 3; round++)
        {
            await isolation.EachAsync([1, 2, 3], number => ($"item-{number}", 7), number =>
            {
                done.Add(number == 2 ? throw new FormatException("odd") : number);
                return Task.CompletedTask;
            }, TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, 3, 1, 3, 1, 3], done);
        Assert.Equal(["item-2, revision 7, is set aside by SteadyServiceTests: the rest goes on without it"], log.Lines);
        Assert.Equal([10, 30], isolation.Each([1, 2, 3], number => ($"item-{number}", 7), number =>
            number == 2 ? throw new FormatException("odd") : (object)(number * 10)));
        Assert.Equal(["1"], isolation.Each([1, 2], number => ($"item-{number}", 8), number => number == 1 ? "1" : null));
        Assert.Single(log.Lines);
        isolation.Each([2], number => ($"item-{number}", 8), object? (_) => throw new FormatException("odd again"));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task A_stop_ends_what_runs_over_items()
    {
        using var stop = new CancellationTokenSource();
        var done = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new FaultIsolation(NullLogger.Instance).EachAsync([1, 2, 3], number => ("", number), async _ =>
        {
            done++;
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        }, stop.Token));
        Assert.Equal(1, done);
    }

    private sealed class Fragile(TimeProvider clock, int failures) : SteadyService(clock, NullLogger.Instance)
    {
        public int Runs { get; private set; }

        protected override Task WorkAsync(CancellationToken stop) =>
            ++Runs <= failures ? throw new InvalidOperationException("odd") : Task.Delay(Timeout.Infinite, stop);
    }

    private sealed class Counting : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
