using System.Diagnostics;

namespace Interclustering.Tests.Federation;

/// <summary>Waits for a condition with a deadline: no test sleeps for a fixed time.</summary>
public static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> describe)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Deadline)
            {
                throw new TimeoutException($"Not true within {Deadline.TotalSeconds} s: {await describe()}");
            }

            await Task.Delay(25);
        }
    }
}
