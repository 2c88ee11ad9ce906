using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.DateHolds;

/// <summary>Writes to the member who holds a date that another cluster holds as well: at once, and once for each two.</summary>
public sealed class NotifyOfSharedDates(Nodes nodes, NationalAgenda national, MemberMails mails, TimeProvider clock,
    ILogger<NotifyOfSharedDates> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        var shared = (await Holds.OwnAsync(db, agenda, node.Code, ParisDay.Today(Clock), cancellation))
            .Where(own => own.Hold.Purpose == Contracts.HoldPurposes.Option)
            .SelectMany(own => own.Others.Where(other => other.Firmness == Firmness.Held)
                .Select(other => (Own: own, Other: other))).ToList();
        await FaultIsolation.Shared.EachAsync(shared, pair => (pair.Own.Copy.Subject, pair.Own.Copy.Version), pair =>
            TellAsync(node, pair.Own, pair.Other, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, OwnHold own, Engagement other, CancellationToken cancellation)
    {
        await using var db = node.Open();
        if (await Holds.OwnerAsync(db, own, cancellation) is { } owner)
        {
            await mails.TellOnceAsync(node, db, owner, MailGroups.Holds, HoldMails.DateShared(node, owner.Name, own, other),
                Clock.GetUtcNow().UtcDateTime, own.Copy.Subject, $"shared {own.Copy.Subject} {other.Subject}", cancellation);
        }
    }
}
