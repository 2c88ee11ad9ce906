using Interclustering.Federation.Liveness;
using Interclustering.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Federation;

/// <summary>A loop that waits for commits misses none, and looks by itself when it is told of none.</summary>
public sealed class WakeSignalTests
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider clock = new();
    private readonly WakeSignal signal = new();

    private Task WaitAsync() => signal.WaitAsync(Net, clock, TestContext.Current.CancellationToken);

    [Fact]
    public async Task What_is_raised_while_the_loop_works_ends_its_next_wait_and_counts_once()
    {
        signal.Raise();
        signal.Raise();
        await WaitAsync();
        var second = WaitAsync();
        Assert.False(second.IsCompleted);
        signal.Raise();
        await second;
    }

    [Fact]
    public async Task A_notice_that_is_lost_is_made_up_for_by_the_safety_net()
    {
        var wait = WaitAsync();
        clock.Advance(Net - TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
        Assert.False(WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task A_wait_ends_with_the_loop()
    {
        using var stop = new CancellationTokenSource();
        var wait = signal.WaitAsync(Net, clock, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task Every_notice_of_many_threads_is_followed_by_a_look()
    {
        var (raised, seen) = (0, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var loop = Task.Run(async () =>
        {
            while (true)
            {
                await signal.WaitAsync(Timeout.InfiniteTimeSpan, clock, stop.Token);
                Volatile.Write(ref seen, Volatile.Read(ref raised));
            }
        }, stop.Token);
        await Parallel.ForAsync(0, 10_000, stop.Token, (_, _) =>
        {
            Interlocked.Increment(ref raised);
            signal.Raise();
            return ValueTask.CompletedTask;
        });
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref seen) == 10_000), () => Task.FromResult($"{seen} of 10000 seen"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }
}
