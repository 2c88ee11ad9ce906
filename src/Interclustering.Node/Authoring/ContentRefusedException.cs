using Interclustering.Content;
using Interclustering.Contracts;

namespace Interclustering.Node.Authoring;

/// <summary>What is to be journaled would be refused by everybody who reads the journal: nothing was written.</summary>
public sealed class ContentRefusedException(IReadOnlyList<ContentProblem> problems)
    : Exception($"Nothing was written: {string.Join(' ', problems.Select(problem => problem.Detail))}")
{
    public IReadOnlyList<ContentProblem> Problems { get; } = problems;

    /// <summary>The last check before the journal.</summary>
    /// <exception cref="ContentRefusedException">It can't stand.</exception>
    public static void ThrowIfRefused(Publication publication)
    {
        if (ContentCheck.Of(publication) is { Count: > 0 } problems)
        {
            throw new ContentRefusedException(problems);
        }
    }
}
