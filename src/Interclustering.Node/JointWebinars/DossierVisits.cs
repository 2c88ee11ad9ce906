using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.JointWebinars;

/// <summary>How far a member of staff has read a dossier.</summary>
public sealed class DossierVisit
{
    public required string Member { get; set; }

    /// <summary>Id of the dossier.</summary>
    public required string Dossier { get; set; }

    /// <summary>Position in the hub's journal up to which the member had read before the current visit.</summary>
    public long Before { get; set; }

    /// <summary>Position up to which the member has read by now.</summary>
    public long Seen { get; set; }

    /// <summary>UTC; when the member was last here.</summary>
    public DateTime At { get; set; }
}

/// <summary>What has changed in a dossier since a member's last visit.</summary>
internal static class DossierVisits
{
    /// <summary>Pages opened within this time are one visit: going to and fro takes no news away.</summary>
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(20);

    /// <summary>News by others, the latest first; null at a first visit, when all is new.</summary>
    public static async Task<IReadOnlyList<RecordedFact>?> ChangesAsync(
        NodeContext db, string member, DossierView view, CancellationToken cancellation)
    {
        var told = view.Dossier.Counted.Where(said => !said.IsOnItsWay).ToList();
        var last = told.Count == 0 ? 0 : told.Max(said => said.Position);
        var visit = await db.DossierVisits.FindAsync([member, view.Dossier.Id], cancellation);
        var first = visit is null;
        if (visit is null)
        {
            db.Add(visit = new DossierVisit { Member = member, Dossier = view.Dossier.Id, Before = last });
        }

        // A position in another life of the hub's journal says nothing: then nothing is news.
        visit.Before = visit.Seen > last ? last : view.Now - visit.At > OneVisit && !first ? visit.Seen : visit.Before;
        (visit.Seen, visit.At) = (last, view.Now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (first)
        {
            // The member opened another tab at the same moment: it noted the same.
            db.ChangeTracker.Clear();
        }

        return first ? null : [.. told.Where(said => said.Position > visit.Before && said.Cluster != view.Own)
            .OrderByDescending(said => said.Position)];
    }
}
