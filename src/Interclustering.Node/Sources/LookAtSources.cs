using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Sources;

/// <summary>
/// Looks at the sources of the hosted nodes when they are due: those of a node one after another, each within its own time, and no node
/// waits for another
/// one's.
/// </summary>
public sealed partial class LookAtSources(Nodes nodes, SourceReading reading, TimeProvider clock, ILogger<LookAtSources> logger)
    : Clockwork(nodes, clock, TimeSpan.FromSeconds(30))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            List<Guid> due;
            await using (var db = node.Open())
            {
                var now = Clock.GetUtcNow().UtcDateTime;
                due = await db.Sources.Where(source => source.DueAt <= now).OrderBy(source => source.DueAt).Select(source => source.Id).ToListAsync(cancellation);
            }

            foreach (var id in due)
            {
                await LookAsync(node, id, cancellation);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same sources.
            LogFailed(exception, node.Code);
        }
    }

    private async Task LookAsync(NodeInstance node, Guid id, CancellationToken cancellation)
    {
        try
        {
            var run = await new SourceLook(node, reading, Clock, logger).RunAsync(id, cancellation);
            LogLooked(node.Code, id, run.Created, run.Updated, run.Disappeared, run.Rejected, run.Failure ?? run.Doubt ?? "");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It may have been stopped meanwhile; the others are looked at.
            LogSourceFailed(exception, node.Code, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: the look at source {Source} could not be kept; it is looked at again in half a minute")]
    private partial void LogSourceFailed(Exception exception, string code, Guid source);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: source {Source}: {Created} created, {Updated} updated, {Disappeared} disappeared, {Rejected} rejected {Remark}")]
    private partial void LogLooked(string code, Guid source, int created, int updated, int disappeared, int rejected, string remark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: the sources could not be looked at; they are again in half a minute")]
    private partial void LogFailed(Exception exception, string code);
}
