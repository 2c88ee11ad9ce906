using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Ui.Shell;

/// <summary>
/// A limit of requests for each address by itself, see <see cref="AddressKey"/>. ASP.NET's partitions look after themselves ten times a
/// second as long as the process runs; these only while there are any.
/// </summary>
/// <param name="create">Makes the limit of an address; it replenishes nothing by itself.</param>
public sealed class AddressLimits(Func<ReplenishingRateLimiter> create) : IDisposable
{
    /// <summary>Well within the shortest period of a limit, 10 s.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, ReplenishingRateLimiter> limits = [];
    private Timer? timer;

    /// <summary>How many addresses are known.</summary>
    public int Count
    {
        get
        {
            lock (limits)
            {
                return limits.Count;
            }
        }
    }

    /// <summary>Counts the request. The lease says whether it may be answered, and else when to ask again.</summary>
    public RateLimitLease Acquire(HttpContext http)
    {
        var address = AddressKey.Of(http);
        lock (limits)
        {
            if (!limits.TryGetValue(address, out var limit))
            {
                limits[address] = limit = create();
                timer ??= new Timer(_ => LookAfter(), null, Pause, Pause);
            }

            return limit.AttemptAcquire();
        }
    }

    public void Dispose()
    {
        lock (limits)
        {
            timer?.Dispose();
            timer = null;
            foreach (var limit in limits.Values)
            {
                limit.Dispose();
            }

            limits.Clear();
        }
    }

    /// <summary>Replenishes every limit, and forgets those that are whole again.</summary>
    private void LookAfter()
    {
        lock (limits)
        {
            foreach (var (address, limit) in limits)
            {
                limit.TryReplenish();
                if (limit.IdleDuration > Forgotten)
                {
                    limits.Remove(address);
                    limit.Dispose();
                }
            }

            if (limits.Count == 0)
            {
                timer?.Dispose();
                timer = null;
            }
        }
    }
}
