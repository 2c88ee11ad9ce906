using System.Collections.Concurrent;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>Tells of mails that were tried in vain. A database is asked every 15 s at most.</summary>
internal sealed class FailingMails(Nodes nodes, TimeProvider clock) : IFindProblems
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Problem? Problem)> found = [];

    public async Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        var problems = new List<Problem>();
        foreach (var node in nodes.All)
        {
            if (await OfAsync(node, cancellation) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    private async Task<Problem?> OfAsync(NodeInstance node, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (found.TryGetValue(node.Code, out var last) && now - last.At < Kept)
        {
            return last.Problem;
        }

        try
        {
            await using var db = node.Open();
            var problem = await ReadAsync(node.Code, db.Mails.AsNoTracking(), now, cancellation);
            found[node.Code] = (now, problem);
            return problem;
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            // That the database is away is told by itself.
            return last.Problem;
        }
    }

    private static async Task<Problem?> ReadAsync(
        string code, IQueryable<MailRow> mails, DateTimeOffset now, CancellationToken cancellation)
    {
        var failing = await mails.Where(MailRow.IsFailing(now.UtcDateTime)).GroupBy(_ => 1)
            .Select(group => new { Count = group.Count(), Since = group.Min(row => row.CreatedAt) }).SingleOrDefaultAsync(cancellation);
        return failing is null ? null : new Problem(
            code, "mail", $"{failing.Count} mails could not be handed over, the first of {failing.Since:u}. The workspace's administrators "
            + "see which ones, and why.", Severity.Notice);
    }
}
