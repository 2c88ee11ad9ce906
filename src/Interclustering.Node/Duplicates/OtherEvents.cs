using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Duplicates;

/// <summary>« Autre chose »: what looked like an event while it was typed, and is not, is not asked about again.</summary>
internal static class OtherEvents
{
    public static async Task RememberAsync(NodeContext db, PublicationEditor editor, string own, string subject, ItemForm form, string by,
        CancellationToken cancellation)
    {
        var ticked = form.Different.Where(id => Subjects.OwnerOf(id).Length > 0 && id != subject).ToList();
        if (ticked.Count == 0)
        {
            return;
        }

        var known = await NodeAgreements.ReadAsync(db, cancellation);
        foreach (var other in await db.Publications.AsNoTracking().Where(row => ticked.Contains(row.Subject) && row.Data != null
            && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar)).Select(row => row.Subject).Distinct().ToListAsync(cancellation))
        {
            await Statements.SayOfTwoAsync(editor, known, own, other, subject, same: false, by, cancellation);
        }
    }
}
