using System.Text.Json;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Publishing.Scheduling;

/// <summary>Publishes drafts whose moment has come: at the start, and then every ten seconds.</summary>
public sealed partial class PublishScheduled(Nodes nodes, MemberMails mails, TimeProvider clock, ILogger<PublishScheduled> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(10), logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        List<WorkingCopy> due;
        await using (var db = node.Open())
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            due = await db.WorkingCopies.AsNoTracking().Where(row => row.State == PublicationState.Draft && row.PublishAt <= now)
                .ToListAsync(cancellation);
        }

        await FaultIsolation.Shared.EachAsync(due, copy => (copy.Subject, copy.Version), copy =>
            PublishAsync(node, copy, cancellation), cancellation);
    }

    private async Task PublishAsync(NodeInstance node, WorkingCopy copy, CancellationToken cancellation)
    {
        // A context of its own: what one draft leaves in it can't stand in the way of the next.
        await using var db = node.Open();
        try
        {
            await new PublicationEditor(db, node.Journal, Clock)
                .PublishManyAsync([(copy.Subject, PublicationText.Read(copy.Kind, copy.Data))], copy.EditedBy, copy.Version, cancellation);
            LogPublished(node.Code, copy.Subject);
        }
        catch (EditedMeanwhileException)
        {
            // An editor is saving it at this very moment: the next round sees the result.
        }
        catch (Exception exception) when (exception is EntryTooLargeException or ContentRefusedException or JsonException)
        {
            // A draft again, which « À faire » names: publishing it there says what is wrong.
            await db.WorkingCopies.Where(row => row.Subject == copy.Subject && row.Version == copy.Version)
                .ExecuteUpdateAsync(row => row.SetProperty(draft => draft.PublishAt, (DateTime?)null), cancellation);
            LogCannotStand(node.Code, copy.Subject);
            await TellAsync(node, copy, cancellation);
        }
    }

    private async Task TellAsync(NodeInstance node, WorkingCopy copy, CancellationToken cancellation)
    {
        await using var db = node.Open();
        foreach (var member in await MemberMails.TeamAsync(db, cancellation))
        {
            var mail = new MailTemplate(T["« {0} » n’a pas pu paraître", copy.Title],
                [
                    T["Bonjour {0},", member.Name],
                    T["« {0} » était programmé dans l’espace de {1}, et ne peut pas être publié tel quel. C’est de nouveau un brouillon.",
                        copy.Title, node.Cluster.Name],
                    T["Ouvrez-le et publiez-le : la page dit ce qu’il faut corriger."],
                ],
                mails.To(node, Addresses.Edit(copy.Kind, copy.Subject)), T["Ouvrir le brouillon"]);
            await mails.TellOnceAsync(node, db, member, MailGroups.Failures, mail, Clock.GetUtcNow().UtcDateTime, copy.Subject,
                $"not published {copy.Subject} {copy.Version}", cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: {Subject} was published at its time")]
    private partial void LogPublished(string code, string subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: {Subject} can't be published as it is, and is a plain draft again")]
    private partial void LogCannotStand(string code, string subject);
}
