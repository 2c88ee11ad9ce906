namespace Xunit;

/// <summary>
/// What the linked servers of the system tests implement: there xunit starts them, here
/// <see cref="Interclustering.Benchmarks.LocalServers"/> does.
/// </summary>
public interface IAsyncLifetime : IAsyncDisposable
{
    ValueTask InitializeAsync();
}
