using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Sources.Publishing;

/// <summary>Tells of sources that could not be read for days. A database is asked every five minutes at most.</summary>
internal sealed class BrokenSources(Nodes nodes, TimeProvider clock) : IFindProblems
{
    /// <summary>A site that is away over a weekend needs no work.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private volatile Looked last = new(DateTimeOffset.MinValue, []);

    public async Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now - last.At < Kept)
        {
            return last.Problems;
        }

        var problems = new List<Problem>();
        foreach (var node in nodes.All)
        {
            try
            {
                problems.AddRange(await OfAsync(node, now.UtcDateTime, cancellation));
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                // That the database is away is told by itself.
                return last.Problems;
            }
        }

        last = new Looked(now, problems);
        return problems;
    }

    private static async Task<IEnumerable<Problem>> OfAsync(NodeInstance node, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var failing = await db.Sources.AsNoTracking().Where(source => source.Failures > 0).OrderBy(source => source.Id)
            .Select(source => new
            {
                source.Id,
                source.Name,
                Good = db.SourceRuns.Where(run => run.Source == source.Id && run.Failure == null).Max(run => (DateTime?)run.At)
                    ?? source.CreatedAt,
                Why = db.SourceRuns.Where(run => run.Source == source.Id && run.Failure != null).OrderByDescending(run => run.At)
                    .Select(run => run.Failure).FirstOrDefault(),
            }).ToListAsync(cancellation);
        // Its name and what its site says are for operators: it may be a private calendar.
        return failing.Where(source => now - source.Good > Patience).Select(source => new Problem(
            node.Code, "source", $"A source of events could not be read since {source.Good:u}.", Severity.Notice,
                $"{source.Name}: {source.Why}")
        {
            About = source.Id.ToString(),
        });
    }

    private sealed record Looked(DateTimeOffset At, IReadOnlyList<Problem> Problems);
}
