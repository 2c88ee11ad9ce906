using System.Collections.Concurrent;

namespace Interclustering.Node.Registrations;

/// <summary>
/// Decisions of one node take turns inside a process, in the order in which they come: many at once would else wait inside the database,
/// each with a connection, until some give up. Between processes the pool's row decides alone.
/// </summary>
internal static class RegistrationTurns
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Nodes = [];

    /// <summary>Waits for the turn; disposing it ends it.</summary>
    public static async Task<IDisposable> TakeAsync(string node, CancellationToken cancellation)
    {
        var turn = Nodes.GetOrAdd(node, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
