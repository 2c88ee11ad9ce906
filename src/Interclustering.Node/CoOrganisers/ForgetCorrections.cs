using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.CoOrganisers;

/// <summary>
/// Takes back what this cluster has proposed for another one's event once it was looked at, or the event is gone: texts of others, which
/// may name people, are kept no longer than they are asked about. The answer itself is said anew.
/// </summary>
public sealed class ForgetCorrections(Nodes nodes, TimeProvider clock, ILogger<ForgetCorrections> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromMinutes(1), logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var agreements = await NodeAgreements.ReadAsync(db, cancellation);
        await FaultIsolation.Shared.EachAsync(agreements.WithCorrectionsOf(node.Code), said => (said.Subject, said.Revision), said =>
            ForgetAsync(node, said, agreements.OfOwner(said.Said.Event, node.Code)?.Said.Considered ?? 0, cancellation), cancellation);
    }

    private async Task ForgetAsync(NodeInstance node, Statement<CoOrganisation> said, long considered, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var isGone = await db.Publications.AsNoTracking().AnyAsync(row => row.Journal == FederationDirectory.HubCode
            && row.Subject == said.Said.Event && row.Data == null, cancellation);
        if (!isGone && considered < said.Revision)
        {
            return;
        }

        var editor = new PublicationEditor(db, node.Journal, Clock);
        if (!isGone)
        {
            await editor.PublishAsync(subject: null, said.Said with { Corrections = null }, "", cancellation);
        }

        // A tombstone takes the text out of all journals, in all its revisions.
        await editor.EraseAsync(said.Subject, cancellation);
    }
}
