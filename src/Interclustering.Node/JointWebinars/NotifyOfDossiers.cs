using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.NationalView;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.JointWebinars;

/// <summary>Writes to teams about joint webinars, each thing once: at the start, and then every quarter of a minute.</summary>
public sealed class NotifyOfDossiers(Nodes nodes, FederationDirectory directory, PublicAddress addresses, TimeProvider clock,
    ILogger<NotifyOfDossiers> logger) : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var (people, known) = (await Dossiers.PeopleAsync(db, node.Code, cancellation), await NationalItems.KnownAtAsync(db, cancellation));
        var dossiers = await Dossiers.ReadAsync(db, node.Code, cancellation);
        await FaultIsolation.Shared.EachAsync(dossiers, dossier => (dossier.Id, 0), dossier =>
            TellAsync(node, new DossierView(dossier, node.Code, people, directory, now, known), now, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, DossierView view, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        foreach (var news in DossierNews.Of(view, addresses.Of(node) is { } origin ? $"{origin}/espace/{node.Code}{view.Path}" : null))
        {
            await QueueAsync(db, node, view.Dossier.Id, news, now, cancellation);
        }
    }

    private static async Task QueueAsync(NodeContext db, NodeInstance node, string dossier, DossierNews news, DateTime now,
        CancellationToken cancellation)
    {
        foreach (var member in await db.Users.AsNoTracking().Where(user => user.Role != StaffRoles.Reader && user.Email != null)
            .ToListAsync(cancellation))
        {
            await news.Mail(member.Name)
                .QueueOnceAsync(db, member.Email!, now, MailAbout.Dossier(dossier), $"{node.Code} {member.Id} {news.What}", cancellation);
        }
    }
}
