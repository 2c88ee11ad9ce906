using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Hub.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Ingest;

/// <summary>
/// The hub's database from its own journal: its accepted and quarantined entries wrap a cluster's, whole, so that replicas, positions,
/// publications and quarantine come back with it. What the clusters have sent since, they send again by themselves.
/// </summary>
internal static class RestoreHub
{
    public static async Task RunAsync(DbContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation)
    {
        var wrapped = plan.Returned.Select(entry => (Entry: entry, Origin: OriginOf(entry)))
            .Where(pair => pair.Origin is not null).ToList();
        // What was folded from entries that are elsewhere in the journal now is folded again; the first publication's time stays.
        await db.Set<PublicationRow>().Where(row => row.Position > plan.Common)
            .ExecuteUpdateAsync(row => row.SetProperty(set => set.Revision, 0), cancellation);
        var counting = wrapped.GroupBy(pair => pair.Origin!.Source).SelectMany(Counting).ToList();
        foreach (var journal in counting.GroupBy(pair => pair.Origin!.Source))
        {
            await RebuildReplicaAsync(db, journal.Key, [.. journal.Select(pair => pair.Origin!)], cancellation);
        }

        await FoldAsync(db, counting, cancellation);
        await QuarantineAsync(db, counting, cancellation);
        var known = wrapped.Select(pair => (pair.Origin!.Source, pair.Origin.Sequence, pair.Origin.Hash)).ToHashSet();
        var again = plan.Diverging.Select(entry => (Entry: entry, Origin: OriginOf(entry)))
            .Where(pair => pair.Origin is { } origin && pair.Entry.Data is not null
                && !known.Contains((origin.Source, origin.Sequence, origin.Hash))).ToList();
        var rows = await participant.Journal.AppendUnfoldedAsync(db, again.ConvertAll(pair => new JournalDraft(
            Kinds.KindOf(pair.Entry.Type), pair.Entry.Subject, pair.Entry.Revision, pair.Entry.Data!.Value.GetRawText(),
                pair.Entry.Traceparent)), cancellation);
        await FoldedState.ApplyAsync(
            db, [.. plan.Returned.Where(entry => Kinds.KindOf(entry.Type) == Kinds.JointWebinar && entry.Data is not null)
                .Select(FoldedState.RulingRowOf)], cancellation);
        await FoldAsync(
            db, [.. again.Zip(rows, (pair, row) => (pair.Entry with { Sequence = row.Sequence, Time = pair.Entry.Time }, pair.Origin))],
                cancellation);
        await RuleDossiers.RuleAsync(db, participant.Journal, await RuleDossiers.AllAsync(db, cancellation), cancellation);
    }

    /// <summary>
    /// What counts of a cluster's entries, in the order in which the hub took them: one that opens an epoch replaces what lay beyond the
    /// end that it names. A hub that followed all the while has gone back there; one that comes back from its journal finds both branches
    /// in it.
    /// </summary>
    private static List<(JournalEntry Entry, JournalEntry? Origin)> Counting(
        IEnumerable<(JournalEntry Entry, JournalEntry? Origin)> wrapped)
    {
        var counting = new List<(JournalEntry Entry, JournalEntry? Origin)>();
        foreach (var pair in wrapped)
        {
            if (EntryChain.OpeningOf(pair.Origin!) is { } opening)
            {
                counting.RemoveAll(before => before.Origin!.Sequence > opening.Replaces.Sequence
                    && before.Origin.Epoch != pair.Origin!.Epoch);
            }

            counting.Add(pair);
        }

        return counting;
    }

    private static JournalEntry? OriginOf(JournalEntry entry)
    {
        try
        {
            return Kinds.KindOf(entry.Type) is Kinds.Accepted or Kinds.Quarantined
                ? entry.Data?.Deserialize<Accepted>(ContractJson.Options)?.Origin : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An entry of a later hub: it stays in the journal, and nothing is derived from it here.
            return null;
        }
    }

    private static async Task RebuildReplicaAsync(DbContext db, string journal, List<JournalEntry> origins, CancellationToken cancellation)
    {
        var left = new List<string>();
        foreach (var opening in origins.Select(EntryChain.OpeningOf)
            .OfType<JournalOpened>())
        {
            List<string> old = [Storable.Key(opening.Replaces.Epoch), .. opening.Leaves?.Select(Storable.Key) ?? []];
            left.AddRange(old);
            await db.Set<ReplicaEntry>()
                .Where(row => row.Journal == journal && old.Contains(row.Epoch) && row.Sequence > opening.Replaces.Sequence)
                .ExecuteDeleteAsync(cancellation);
        }

        var kept = (await db.Set<ReplicaEntry>().Where(row => row.Journal == journal).Select(row => row.Sequence).ToListAsync(cancellation))
            .ToHashSet();
        await BulkWrite.InsertAsync(
            db, [.. origins.DistinctBy(entry => entry.Sequence).Where(entry => !kept.Contains(entry.Sequence))
                .Select(entry => ReplicaEntry.Of(journal, entry))], cancellation);
        var last = origins.MaxBy(entry => entry.Sequence)!;
        var epoch = Storable.Key(last.Epoch);
        await db.Set<ReplicaCursor>().Where(row => row.Journal == journal && (row.Sequence < last.Sequence || left.Contains(row.Epoch)))
            .ExecuteUpdateAsync(
            row => row.SetProperty(set => set.Epoch, epoch).SetProperty(set => set.Sequence, last.Sequence)
                .SetProperty(set => set.Hash, last.Hash)
                .SetProperty(set => set.Proof, (string?)null)
                    .SetProperty(set => set.Announced, set => set.Announced > last.Sequence ? set.Announced : last.Sequence),
            cancellation);
    }

    private static async Task FoldAsync(
        DbContext db, IReadOnlyList<(JournalEntry Entry, JournalEntry? Origin)> wrapped, CancellationToken cancellation)
    {
        foreach (var journal in wrapped.Where(pair => Kinds.KindOf(pair.Entry.Type) == Kinds.Accepted && pair.Origin!.Data is not null)
            .GroupBy(pair => pair.Origin!.Source))
        {
            await FoldedState.ApplyAsync(
                db, [.. journal.Select(pair =>
                    FoldedState.RowOf(pair.Origin!, journal.Key, pair.Entry.Sequence, FoldedState.TimeOf(pair.Entry)))], cancellation);
        }
    }

    private static async Task QuarantineAsync(
        DbContext db, IReadOnlyList<(JournalEntry Entry, JournalEntry? Origin)> wrapped, CancellationToken cancellation)
    {
        var known = (await db.Set<QuarantineRow>().Select(row => new { row.Journal, row.Sequence }).ToListAsync(cancellation))
            .Select(row => (row.Journal, row.Sequence)).ToHashSet();
        var reprocessed = wrapped.Where(pair => Kinds.KindOf(pair.Entry.Type) == Kinds.Accepted)
            .Select(pair => (pair.Origin!.Source, pair.Origin.Sequence)).ToHashSet();
        foreach (var (entry, origin) in wrapped.Where(pair => Kinds.KindOf(pair.Entry.Type) == Kinds.Quarantined))
        {
            var at = (origin!.Source, origin.Sequence);
            if (!reprocessed.Contains(at) && known.Add(at) && entry.Data!.Value.Deserialize<Quarantined>(ContractJson.Options) is { } told)
            {
                db.Add(new QuarantineRow
                {
                    Journal = origin.Source,
                    Epoch = Storable.Key(origin.Epoch),
                    Sequence = origin.Sequence,
                    Subject = Storable.Key(origin.Subject),
                    Reason = told.Reason,
                    Detail = Storable.Detail(told.Detail),
                    At = FoldedState.TimeOf(entry),
                });
            }
        }

        await db.SaveChangesAsync(cancellation);
        foreach (var journal in wrapped.Select(pair => pair.Origin!.Source).Distinct())
        {
            var count = await db.Set<QuarantineRow>().CountAsync(row => row.Journal == journal, cancellation);
            await db.Set<ReplicaCursor>().Where(row => row.Journal == journal)
                .ExecuteUpdateAsync(row => row.SetProperty(set => set.Quarantined, count), cancellation);
        }
    }
}
