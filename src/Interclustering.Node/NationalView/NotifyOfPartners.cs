using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Node.Agreements;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.NationalView;

/// <summary>Writes to a team when another cluster postpones or cancels what the two organise together, once for each.</summary>
public sealed class NotifyOfPartners(Nodes nodes, FederationDirectory directory, MemberMails mails, TimeProvider clock,
    ILogger<NotifyOfPartners> logger) : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    /// <summary>Days for which it is news.</summary>
    private const int FreshFor = 14;

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var (since, own) = (now.AddDays(-FreshFor), $"\"{node.Code}\"");
        var rows = await db.Publications.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode && row.Data != null
                && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar) && row.Cluster != node.Code && row.RevisedAt > since
                && (row.Data.Contains("\"" + EventStatus.Cancelled + "\"") || row.Data.Contains("\"" + EventStatus.Postponed + "\""))
                && row.Data.Contains(own))
            .ToListAsync(cancellation);
        var agreements = rows.Count == 0 ? new() : await NodeAgreements.ReadAsync(db, cancellation);
        rows.RemoveAll(row => !agreements.HasAgreed(row.Subject, node.Code));
        await FaultIsolation.Shared.EachAsync(rows, row => (row.Subject, row.Revision), row =>
            TellAsync(node, row, now, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, PublicationRow row, DateTime now, CancellationToken cancellation)
    {
        if (PublicationText.Read(row.Kind, row.Data!) is not Event { Status: EventStatus.Cancelled or EventStatus.Postponed } happening
            || !happening.CoOrganisers.Contains(node.Code) || directory.Find(row.Cluster) is not { } owner)
        {
            return;
        }

        var isCancelled = happening.Status == EventStatus.Cancelled;
        await using var db = node.Open();
        foreach (var member in await MemberMails.TeamAsync(db, cancellation))
        {
            var mail = new MailTemplate(
                isCancelled ? T["« {0} » est annulé", happening.Title] : T["« {0} » est reporté", happening.Title],
                [
                    T["Bonjour {0},", member.Name],
                    happening.StatusReason is { } reason ? T["{0} écrit : « {1} »", owner.Name, reason]
                        : T["{0} l’a indiqué, sans dire pourquoi.", owner.Name],
                    T["Prévenez vos adhérents si vous l’aviez annoncé ailleurs que dans l’agenda commun."],
                ],
                mails.To(node, $"/national/lire/{row.Subject}"), T["Ouvrir la publication"]);
            await mails.TellOnceAsync(node, db, member, MailGroups.Dates, mail, now, row.Subject,
                $"{happening.Status} {row.Subject} {happening.Sessions[0].Start}", cancellation);
        }
    }
}
