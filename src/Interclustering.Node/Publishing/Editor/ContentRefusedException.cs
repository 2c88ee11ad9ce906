using Interclustering.Content;
using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>Every reader of the journal would refuse the content. Nothing was written.</summary>
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
