using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Hub.JointWebinars;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Ingest;

/// <summary>What became of the entries that were set aside.</summary>
/// <param name="Applied">Journaled as accepted, and folded.</param>
/// <param name="Left">Still set aside.</param>
public sealed record Reprocessed(int Applied, int Left);

/// <summary>
/// Judges again what was set aside, e.g. after an upgrade that knows more kinds. It asks no participant: the replicas hold the entries
/// whole. A second run changes nothing.
/// </summary>
public static class Reprocess
{
    /// <param name="open">A context of the hub's database.</param>
    /// <param name="journal">The hub's journal; announced after every commit that appended.</param>
    /// <param name="directory">Says who has left.</param>
    /// <param name="cancellation">What is committed until then stays: each cluster is one transaction.</param>
    public static async Task<Reprocessed> RunAsync(
        Func<DbContext> open, Journal journal, FederationDirectory directory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(directory);
        List<string> owners;
        await using (var db = open())
        {
            owners = await db.Set<QuarantineRow>().Select(row => row.Journal).Distinct().OrderBy(code => code).ToListAsync(cancellation);
        }

        var sum = new Reprocessed(0, 0);
        foreach (var owner in owners)
        {
            var done = await OfAsync(open, journal, owner, directory.Find(owner)?.Left, cancellation);
            sum = new Reprocessed(sum.Applied + done.Applied, sum.Left + done.Left);
            if (done.Applied > 0)
            {
                journal.NotifyCommitted();
            }
        }

        return sum;
    }

    private static async Task<Reprocessed> OfAsync(
        Func<DbContext> open, Journal journal, string owner, DateTimeOffset? leftAt, CancellationToken cancellation)
    {
        await using var db = open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The lock of ingest: neither it nor a second reprocessing judges the same entries meanwhile.
        await Replica.LockAsync(db, owner, cancellation);
        var rows = await db.Set<QuarantineRow>().Where(row => row.Journal == owner).OrderBy(row => row.Sequence).ToListAsync(cancellation);
        var texts = await (
            from row in db.Set<QuarantineRow>()
            join entry in db.Set<ReplicaEntry>() on new { row.Journal, row.Epoch, row.Sequence } equals new
            {
                entry.Journal,
                entry.Epoch,
                entry.Sequence
            }
            where row.Journal == owner
            select new { entry.Epoch, entry.Sequence, entry.Text })
                .ToDictionaryAsync(entry => (entry.Epoch, entry.Sequence), entry => entry.Text, cancellation);
        var fine = new List<JournalEntry>();
        foreach (var row in rows)
        {
            var entry = texts.TryGetValue((row.Epoch, row.Sequence), out var text) ? EntryChain.Read(text) : null;
            if (entry is null || EntryChain.IsErased(entry))
            {
                // Withdrawn or erased since: there is nothing left to apply.
                db.Remove(row);
            }
            else if (EntryValidator.Validate(entry, owner, journal.Now, leftAt) is null)
            {
                fine.Add(entry);
                db.Remove(row);
            }
        }

        await AcceptAsync(db, journal, owner, fine, cancellation);
        await db.SaveChangesAsync(cancellation);
        var left = await db.Set<QuarantineRow>().CountAsync(row => row.Journal == owner, cancellation);
        await db.Set<ReplicaCursor>().Where(row => row.Journal == owner)
            .ExecuteUpdateAsync(row => row.SetProperty(set => set.Quarantined, left), cancellation);
        await transaction.CommitAsync(cancellation);
        return new Reprocessed(fine.Count, left);
    }

    private static async Task AcceptAsync(
        DbContext db, Journal journal, string owner, List<JournalEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count > 0)
        {
            var rows = await journal.AppendUnfoldedAsync(
                db, entries.ConvertAll(entry => AcceptPublications.Wrap(entry, rejection: null)), cancellation);
            await FoldedState.ApplyAsync(
                db, [.. entries.Zip(rows, (entry, row) => FoldedState.RowOf(entry, owner, row.Sequence, row.Time))], cancellation);
            await RuleDossiers.RuleAsync(db, journal,
                await RuleDossiers.ConcernedAsync(db, entries.ConvertAll(entry => entry.Subject), cancellation), cancellation);
        }
    }
}
