using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.JointWebinars;

/// <summary>What clusters have said about joint webinars, as the hub's database has it.</summary>
internal static class DossierFacts
{
    /// <summary>About these dossiers; about all of them for null.</summary>
    public static async Task<ILookup<string, RecordedFact>> ReadAsync(
        DbContext db, IReadOnlyList<string>? dossiers, CancellationToken cancellation)
    {
        var rows = db.Set<PublicationRow>().AsNoTracking().Where(row => row.Kind == Kinds.JointWebinarFact && row.Data != null);
        // One is looked for by its id in the text; for several it is less to read them all.
        var named = dossiers is [var only] ? rows.Where(row => row.Data!.Contains(only)) : rows;
        return (await named.ToListAsync(cancellation))
            .Select(row => RecordedFact.Read(row.Subject, row.Cluster, row.PublishedAt, row.Position, row.Data!)).OfType<RecordedFact>()
            .Where(said => dossiers?.Contains(said.Fact.Dossier) != false).ToLookup(said => said.Fact.Dossier);
    }
}
