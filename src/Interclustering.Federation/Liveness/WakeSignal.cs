namespace Interclustering.Federation.Liveness;

/// <summary>
/// Wakes the one loop that waits for it. What is raised while the loop works counts once, and is not lost: the loop looks after each wait.
/// </summary>
public sealed class WakeSignal
{
    private volatile TaskCompletionSource raised = Unraised();

    /// <summary>From any thread; returns at once.</summary>
    public void Raise() => raised.TrySetResult();

    /// <summary>Until it is raised, or was since the last wait.</summary>
    /// <param name="most">The safety net: after so long the wait ends all the same.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="stop">Ends the loop.</param>
    /// <exception cref="OperationCanceledException">The loop is to stop.</exception>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        await raised.Task.WaitAsync(most, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        // Before the look that follows: what is raised from here on is for the next one.
        raised = Unraised();
    }

    private static TaskCompletionSource Unraised() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
