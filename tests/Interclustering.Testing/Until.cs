using System.Diagnostics;

namespace Interclustering.Testing;

/// <summary>Waits for a condition with a deadline: no test sleeps for a fixed time.</summary>
public static class Until
{
    // A loaded machine takes a minute to start three servers: only what never comes true waits for so long.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3), FirstPause = TimeSpan.FromMilliseconds(25),
        LongestPause = TimeSpan.FromMilliseconds(400);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> describe)
    {
        var (watch, pause) = (Stopwatch.StartNew(), FirstPause);
        while (!await condition())
        {
            if (watch.Elapsed > Deadline)
            {
                throw new TimeoutException($"Not true within {Deadline.TotalSeconds} s: {await describe()}");
            }

            // Asking is work, too.
            await Task.Delay(pause);
            pause = pause * 1.3 < LongestPause ? pause * 1.3 : LongestPause;
        }
    }
}
