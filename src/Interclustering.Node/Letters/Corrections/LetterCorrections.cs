using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;
using Interclustering.Node.NationalView;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Letters.Corrections;

/// <summary>What letters that were sent have said, and what is no longer so.</summary>
internal static class LetterCorrections
{
    /// <summary>
    /// Moved, cancelled or withdrawn since the last letter that told of it, while the date that was named is still to come. In order of
    /// that date.
    /// </summary>
    public static async Task<IReadOnlyList<LetterCorrection>> ReadAsync(
        NodeContext db, NationalItems items, Cluster own, DateOnly today, CancellationToken cancellation)
    {
        var sent = db.Letters.AsNoTracking().Where(letter => letter.SentAt != null);
        var ahead = db.LetterItems.Where(item => item.LastDay >= today).Select(item => item.Subject);
        var told = await db.LetterItems.AsNoTracking().Where(item => ahead.Contains(item.Subject))
            .Join(sent, item => item.Letter, letter => letter.Id, (item, letter) => new { Item = item, letter.SentAt })
            .ToListAsync(cancellation);
        var last = told.GroupBy(each => each.Item.Subject).Select(each => each.MaxBy(one => one.SentAt)!)
            .Where(each => each.Item.LastDay >= today && each.Item.Title.Length > 0).ToList();
        if (last.Count == 0)
        {
            return [];
        }

        var known = (await LetterSource.ReadAsync(db, items, own, cancellation, [.. last.Select(each => each.Item.Subject)]))
            .ToLookup(item => item.Subject);
        return
        [
            .. FaultIsolation.Shared.Each(last, each => (each.Item.Subject, each.Item.Revision), each => LetterCorrection.Of(
                    each.Item, each.SentAt!.Value, known[each.Item.Subject].FirstOrDefault(), today))
                .OrderBy(correction => correction.Told.LastDay).ThenBy(correction => correction.Told.Title, StringComparer.Ordinal),
        ];
    }

    /// <summary>The letter that says so; in the language of the thread.</summary>
    public static LetterText Write(
        IReadOnlyList<LetterCorrection> corrections, Cluster own, DateOnly today, string site, FederationDirectory directory) => new(
        Title(own), T["Depuis notre dernière lettre, ce qui suit a changé."], own.Name, site + "/agenda",
        [new LetterSection(null, [.. corrections.Select(each => each.Announce(today, site, directory))])]);

    public static string Title(Cluster own) => T["Rectificatif : {0}", own.Name];
}
