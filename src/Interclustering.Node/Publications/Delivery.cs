using Interclustering.Contracts;
using Interclustering.Node.Authoring;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publications;

/// <summary>How far the last revision of a publication has come.</summary>
public sealed record Delivery(string State, DateTime WrittenAt, bool Received, DateTime? VisibleAt)
{
    public string InWords(DateTime nowUtc) => this switch
    {
        { State: PublicationState.Draft } => T["brouillon"],
        { State: PublicationState.Withdrawn } => T["retiré"],
        { VisibleAt: { } since } => T["visible depuis {0}", Moments.At(since, nowUtc)],
        { Received: true } => T["reçu par le site national"],
        _ => T["en attente d’envoi"],
    };

    /// <summary>Derived from the hub's receipts and from its journal as this node knows it.</summary>
    public static async Task<IReadOnlyDictionary<string, Delivery>> OfAsync(
        NodeContext db, IReadOnlyList<WorkingCopy> copies, CancellationToken cancellation)
    {
        var through = await db.Receipts.Where(row => row.Reader == FederationDirectory.HubCode)
            .Select(row => row.Through).FirstOrDefaultAsync(cancellation);
        var subjects = copies.Select(copy => copy.Subject).ToList();
        var visible = await db.Publications.AsNoTracking()
            .Where(row => row.Journal == FederationDirectory.HubCode && subjects.Contains(row.Subject))
            .Select(row => new { row.Subject, row.Revision, row.VisibleAt }).ToDictionaryAsync(row => row.Subject, cancellation);
        return copies.ToDictionary(copy => copy.Subject, copy =>
        {
            var row = visible.GetValueOrDefault(copy.Subject);
            var at = row?.Revision >= copy.Revision && copy.Revision > 0 ? row.VisibleAt : null;
            return new Delivery(copy.State, copy.EditedAt, copy.Sequence > 0 && (through >= copy.Sequence || at is not null), at);
        });
    }
}
