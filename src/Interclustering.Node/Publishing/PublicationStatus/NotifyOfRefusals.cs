using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>
/// Writes to the team when the national site has set aside what it published, once for each revision. What is only late is not told: it
/// comes by itself, and « À faire » names it.
/// </summary>
public sealed class NotifyOfRefusals(Nodes nodes, MemberMails mails, TimeProvider clock, ILogger<NotifyOfRefusals> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    private const int FreshFor = 2, AtOnce = 50;

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var since = now.AddDays(-FreshFor);
        var copies = await db.WorkingCopies.AsNoTracking().Where(row => row.Sequence > 0 && row.EditedAt > since
                && Kinds.Items.Contains(row.Kind)
                && !db.Publications.Any(told => told.Journal == FederationDirectory.HubCode && told.Subject == row.Subject
                    && told.Revision >= row.Revision))
            .OrderByDescending(row => row.EditedAt).Take(AtOnce).ToListAsync(cancellation);
        if (copies.Count == 0)
        {
            return;
        }

        var deliveries = await Delivery.OfAsync(db, copies, cancellation);
        await FaultIsolation.Shared.EachAsync(copies, copy => (copy.Subject, copy.Version), copy =>
            TellAsync(node, copy, deliveries[copy.Subject], now, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, WorkingCopy copy, Delivery delivery, DateTime now, CancellationToken cancellation)
    {
        if (delivery.SetAsideInWords is not { } reason)
        {
            return;
        }

        await using var db = node.Open();
        foreach (var member in await MemberMails.TeamAsync(db, cancellation))
        {
            var mail = new MailTemplate(T["« {0} » n’est pas sur le site national", copy.Title],
                [T["Bonjour {0},", member.Name], T["« {0} » a été publié dans l’espace de {1}.", copy.Title, node.Cluster.Name], reason],
                mails.To(node, $"/publications/{copy.Subject}"), T["Ouvrir la publication"]);
            await mails.TellOnceAsync(node, db, member, MailGroups.Failures, mail, now, copy.Subject,
                $"set aside {copy.Subject} {copy.Revision}", cancellation);
        }
    }
}
