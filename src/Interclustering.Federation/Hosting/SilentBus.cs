namespace Interclustering.Federation.Hosting;

/// <summary>
/// When a bus that seems to work, and brings nothing, is started anew. A receive endpoint may be lost after a broker's crash without
/// saying so: its queue then has no reader (docs/decisions/0080). Peers send a heartbeat, so silence tells. A peer that is really away
/// makes the pause longer and longer.
/// </summary>
/// <param name="heartbeat">How often each peer says something.</param>
internal sealed class SilentBus(TimeSpan heartbeat)
{
    private const int MissedHeartbeats = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private TimeSpan patience = MissedHeartbeats * heartbeat;
    private DateTimeOffset? silentSince;

    /// <param name="now">The time.</param>
    /// <param name="works">Whether the bus says that it works.</param>
    /// <param name="heardAt">When something last arrived; null for never.</param>
    /// <returns>Whether to start it anew, now.</returns>
    public bool IsDue(DateTimeOffset now, bool works, DateTimeOffset? heardAt)
    {
        if (!works)
        {
            silentSince = null;
            return false;
        }

        silentSince ??= now;
        if (heardAt > silentSince)
        {
            (silentSince, patience) = (heardAt, MissedHeartbeats * heartbeat);
        }

        if (now - silentSince < patience)
        {
            return false;
        }

        silentSince = now;
        patience = 2 * patience < Longest ? 2 * patience : Longest;
        return true;
    }
}
