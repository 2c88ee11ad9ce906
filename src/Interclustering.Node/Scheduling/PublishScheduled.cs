using System.Text.Json;
using Interclustering.Federation.Journals;
using Interclustering.Node.Authoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Scheduling;

/// <summary>Publishes drafts whose moment has come: at the start, and then every ten seconds.</summary>
public sealed partial class PublishScheduled(Nodes nodes, TimeProvider clock, ILogger<PublishScheduled> logger) : Clockwork(nodes, clock, TimeSpan.FromSeconds(10))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            var now = Clock.GetUtcNow().UtcDateTime;
            var due = await db.WorkingCopies.AsNoTracking().Where(row => row.State == PublicationState.Draft && row.PublishAt <= now).ToListAsync(cancellation);
            foreach (var copy in due)
            {
                await PublishAsync(node, db, copy, cancellation);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same drafts.
            LogFailed(exception, node.Code);
        }
    }

    private async Task PublishAsync(NodeInstance node, NodeContext db, WorkingCopy copy, CancellationToken cancellation)
    {
        try
        {
            await new Editor(db, node.Journal, Clock).PublishManyAsync([(copy.Subject, PublicationText.Read(copy.Kind, copy.Data))], copy.EditedBy, copy.Version, cancellation);
            LogPublished(node.Code, copy.Subject);
        }
        catch (EditedMeanwhileException)
        {
            // Somebody saves it at this very moment: the next round sees what she has decided.
        }
        catch (Exception exception) when (exception is EntryTooLargeException or ContentRefusedException or JsonException)
        {
            // A draft again, which « À faire » names: publishing it there says what is wrong.
            await db.WorkingCopies.Where(row => row.Subject == copy.Subject && row.Version == copy.Version)
                .ExecuteUpdateAsync(row => row.SetProperty(draft => draft.PublishAt, (DateTime?)null), cancellation);
            LogCannotStand(node.Code, copy.Subject);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: {Subject} was published at its time")]
    private partial void LogPublished(string code, string subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: {Subject} can't be published as it is, and is a plain draft again")]
    private partial void LogCannotStand(string code, string subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: scheduled drafts could not be looked at; they are again in ten seconds")]
    private partial void LogFailed(Exception exception, string code);
}
