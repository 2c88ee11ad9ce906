namespace Interclustering.Federation.Liveness;

/// <summary>A part of the process that knows what is wrong with it.</summary>
public interface IFindProblems
{
    /// <summary>What is wrong now; a database that is away is told by <see cref="Hosting.Problems"/> itself.</summary>
    Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation);
}
