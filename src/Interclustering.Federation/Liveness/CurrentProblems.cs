namespace Interclustering.Federation.Liveness;

/// <summary>What <see cref="Hosting.BusWatchdog"/> found last: for pages, which look for nothing themselves.</summary>
public sealed class CurrentProblems
{
    /// <summary>Empty when all is well.</summary>
    public IReadOnlyList<Problem> Found { get; internal set; } = [];
}
