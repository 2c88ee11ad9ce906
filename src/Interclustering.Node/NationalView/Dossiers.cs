using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.NationalView;

/// <summary>
/// Joint webinars as a node knows them: what its replica of the hub's journal tells, and behind it what was said here and has not come back
/// yet. Folded at each reading, so that it works while the hub is away and is the same everywhere once the hub has told it.
/// </summary>
internal static class Dossiers
{
    /// <summary>All of them, the nearest to come first.</summary>
    public static async Task<IReadOnlyList<Dossier>> ReadAsync(NodeContext db, string code, CancellationToken cancellation) =>
        [.. FaultIsolation.Shared.Each(await FactsAsync(db, code, null, cancellation), facts => (facts.Key, 0), Fold)
            .OrderBy(dossier => dossier.Slot ?? dossier.Proposal.Deadline, StringComparer.Ordinal)];

    /// <summary>Null for one that nothing known here opens.</summary>
    public static async Task<Dossier?> FindAsync(NodeContext db, string code, string id, CancellationToken cancellation) =>
        DossierFold.Of(id, (await FactsAsync(db, code, id, cancellation))[id]);

    /// <summary>All persons named anywhere, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, Person>> PeopleAsync(
        NodeContext db, string code, CancellationToken cancellation) =>
        FaultIsolation.Shared.Each(
            (await db.Publications.AsNoTracking().Where(row => row.Kind == Kinds.Person && row.Data != null).ToListAsync(cancellation))
                .OrderBy(row => row.Journal == code).GroupBy(row => row.Subject).Select(rows => rows.Last()),
            row => (row.Subject, row.Revision), row => Tuple.Create(row.Subject, (Person)PublicationText.Read(Kinds.Person, row.Data!)))
            .ToDictionary(person => person.Item1, person => person.Item2);

    private static async Task<ILookup<string, RecordedFact>> FactsAsync(
        NodeContext db, string code, string? id, CancellationToken cancellation)
    {
        var said = db.Publications.AsNoTracking()
            .Where(row => row.Kind == Kinds.JointWebinarFact && row.Data != null && (id == null || row.Data.Contains(id)));
        var told = await said.Where(row => row.Journal == FederationDirectory.HubCode
            && !db.Publications.Any(own => own.Journal == code && own.Subject == row.Subject && own.Data == null))
                .ToListAsync(cancellation);
        var own = await said.Where(row => row.Journal == code
            && !db.Publications.Any(known => known.Journal == FederationDirectory.HubCode && known.Subject == row.Subject))
                .ToListAsync(cancellation);
        return told.Select(row => Of(row, row.Position)).Concat(own.Select(row => Of(row, RecordedFact.NotYet))).OfType<RecordedFact>()
            .Where(fact => id is null || fact.Fact.Dossier == id).ToLookup(fact => fact.Fact.Dossier);
    }

    /// <summary>Refuses a dossier with a date that can't be read: its days are asked for later, among all the others'.</summary>
    private static Dossier? Fold(IGrouping<string, RecordedFact> facts)
    {
        var dossier = DossierFold.Of(facts.Key, facts);
        foreach (var start in dossier?.Slots.Select(slot => slot.Start).Append(dossier.Slot).OfType<string>() ?? [])
        {
            Dossier.TimeOf(start);
        }

        return dossier is { Deadline.Year: > 0 } or null ? dossier : null;
    }

    private static RecordedFact? Of(PublicationRow row, long position) =>
        RecordedFact.Read(row.Subject, row.Cluster, row.PublishedAt, position, row.Data!);
}
