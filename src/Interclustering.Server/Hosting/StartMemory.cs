using Interclustering.Federation.Liveness;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>
/// Gives back the memory that only the start needed. What is quiet afterwards allocates so little that no collection comes by itself for
/// hours. On SQLite only: what a large installation holds takes too long to move.
/// </summary>
internal sealed class StartMemory(ServerSettings settings, TimeProvider clock, ILogger<StartMemory> logger)
    : SteadyService(clock, logger)
{
    /// <summary>What follows the first page on a busy machine has ended then.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(45);

    protected override async Task WorkAsync(CancellationToken stop)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            await Task.Delay(Settled, Clock, stop);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
