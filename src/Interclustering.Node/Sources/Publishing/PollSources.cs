using Interclustering.Federation;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Sources.Publishing;

/// <summary>
/// Looks at the sources of the hosted nodes when they are due: those of a node one after another, each within its own time. No node waits
/// for another one's.
/// </summary>
public sealed partial class PollSources(Nodes nodes, SourceReading reading, TimeProvider clock, ILogger<PollSources> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(30), logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        List<Guid> due;
        await using (var db = node.Open())
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            due = await db.Sources.Where(source => source.DueAt <= now).OrderBy(source => source.DueAt).Select(source => source.Id)
                .ToListAsync(cancellation);
        }

        await FaultIsolation.Shared.EachAsync(due, id => (id.ToString(), 0), id => LookAsync(node, id, cancellation), cancellation);
    }

    private async Task LookAsync(NodeInstance node, Guid id, CancellationToken cancellation)
    {
        var run = await new SourcePoll(node, reading, Clock, logger).RunAsync(id, cancellation);
        LogPolled(node.Code, id, run.Created, run.Updated, run.Disappeared, run.Rejected, run.Failure ?? run.Doubt ?? "");
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Code}: source {Source}: {Created} created, {Updated} updated, {Disappeared} disappeared, {Rejected} rejected {Remark}")]
    private partial void LogPolled(string code, Guid source, int created, int updated, int disappeared, int rejected, string remark);
}
