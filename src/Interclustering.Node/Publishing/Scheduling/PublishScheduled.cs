using System.Text.Json;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Publishing.Scheduling;

/// <summary>Publishes drafts and pending changes whose moment has come: at the start, and then every ten seconds.</summary>
public sealed partial class PublishScheduled(Nodes nodes, MemberMails mails, TimeProvider clock, ILogger<PublishScheduled> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(10), logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        IReadOnlyList<DraftText> due;
        await using (var db = node.Open())
        {
            due = await DraftText.DueAsync(db, Clock.GetUtcNow().UtcDateTime, cancellation);
        }

        await FaultIsolation.Shared.EachAsync(due, draft => (draft.Subject, draft.Version), draft =>
            PublishAsync(node, draft, cancellation), cancellation);
    }

    private async Task PublishAsync(NodeInstance node, DraftText draft, CancellationToken cancellation)
    {
        // A context of its own: what one draft leaves in it can't stand in the way of the next.
        await using var db = node.Open();
        if (draft.HasMoved)
        {
            await FailAsync(db, node, draft, ScheduleFailure.Moved, cancellation);
            return;
        }

        if (await ReviewRule.IsRequiredAsync(db, cancellation)
            && !Reviewing.IsApproved(draft, await Reviewing.FindAsync(db, draft.Subject, cancellation)))
        {
            await FailAsync(db, node, draft, ScheduleFailure.Unreviewed, cancellation);
            return;
        }

        try
        {
            await draft.PublishAsync(new PublicationEditor(db, node.Journal, Clock), cancellation);
            LogPublished(node.Code, draft.Subject);
        }
        catch (EditedMeanwhileException)
        {
            // An editor is saving it at this very moment: the next round sees the result.
        }
        catch (Exception exception) when (exception is EntryTooLargeException or ContentRefusedException or JsonException)
        {
            await FailAsync(db, node, draft, ScheduleFailure.Refused, cancellation);
        }
    }

    /// <summary>A plain draft again, which « À faire » names: publishing it there says what is wrong.</summary>
    private async Task FailAsync(
        NodeContext db, NodeInstance node, DraftText draft, string failure, CancellationToken cancellation)
    {
        if (await Unscheduling.EndAsync(db, draft, failure, cancellation))
        {
            db.ChangeTracker.Clear();
            // Of an author who has left, or is not known, the others look after it.
            var author = await Reviewing.AuthorAsync(db, draft, cancellation);
            foreach (var member in author is null ? await MemberMails.TeamAsync(db, cancellation) : [author])
            {
                var mail = ReviewMails.NotPublished(node, member.Name, draft, failure);
                await mails.TellOnceAsync(node, db, member, MailGroups.Failures, mail, Clock.GetUtcNow().UtcDateTime, draft.Subject,
                    $"not published {draft.Subject} {draft.Version} {failure}", cancellation);
            }
        }

        LogNotPublished(node.Code, draft.Subject, failure);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: {Subject} was published at its time")]
    private partial void LogPublished(string code, string subject);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Code}: {Subject} was not published at its time ({Failure}), and is a plain draft again")]
    private partial void LogNotPublished(string code, string subject, string failure);
}
