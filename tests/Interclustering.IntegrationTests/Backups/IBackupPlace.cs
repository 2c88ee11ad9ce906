using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Backups;

/// <summary>Where servers of hub and one node run, each with databases of its own.</summary>
public interface IBackupPlace
{
    /// <summary>A server that runs, with demonstration content.</summary>
    Task<ServerProcess> StartedAsync(params (string Name, string Value)[] settings);

    /// <summary>A server that does not run yet, on an empty place.</summary>
    Task<ServerProcess> EmptyAsync();
}
