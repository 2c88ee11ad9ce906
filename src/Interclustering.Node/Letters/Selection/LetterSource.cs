using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Letters.Selection;

/// <summary>What a letter may tell of.</summary>
internal static class LetterSource
{
    /// <summary>
    /// What all clusters have published for everyone or for their members, as this node knows it. The cluster's own is as it was
    /// published last, so that it works while the hub is down. What is for teams is never in it.
    /// </summary>
    public static async Task<IReadOnlyList<NationalItem>> ReadAsync(
        NodeContext db, NationalItems items, Cluster own, CancellationToken cancellation, IReadOnlyList<string>? subjects = null)
    {
        var told = await items.AsPublishedAsync(db, own.Code, LetterFilter.AllKinds, cancellation, subjects);
        var found = db.WorkingCopies.AsNoTracking().Where(copy => LetterFilter.AllKinds.Contains(copy.Kind) && copy.Sequence > 0);
        var copies = await (subjects is null ? found : found.Where(copy => subjects.Contains(copy.Subject))).ToListAsync(cancellation);
        var published = FaultIsolation.Shared.Each(copies.Where(copy => copy.State == PublicationState.Published),
            copy => (copy.Subject, copy.Version), copy => Of(copy, own));
        var ours = copies.Select(copy => copy.Subject).ToHashSet();
        IReadOnlyList<NationalItem> all = [.. told.Where(item => !ours.Contains(item.Subject)), .. published];
        return [.. (subjects is null ? NationalItems.Agreed(all, await NodeAgreements.ReadAsync(db, cancellation)) : all)
            .Where(item => item.Publication is PublishedItem { Visibility: Visibility.Public or Visibility.Members })];
    }

    private static NationalItem Of(WorkingCopy copy, Cluster own)
    {
        var item = new NationalItem(copy.Subject, own, copy.Kind, PublicationText.Read(copy.Kind, copy.Data), copy.EditedAt)
        {
            Revision = copy.Revision,
        };
        // Its days are asked for later, among all the others'.
        item.NextDay(DateOnly.MinValue);
        return item;
    }
}
