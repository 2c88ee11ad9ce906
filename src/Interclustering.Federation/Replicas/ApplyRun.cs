using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// Applies and keeps the entries of a run in its transaction. All together where that goes; where it does not, and again does not, it goes
/// on with ever smaller parts, until the one entry is found that can't be taken: that one is set aside, and the others count.
/// </summary>
internal sealed class ApplyRun(DbContext db, IDbContextTransaction transaction, Participant participant, string journal)
{
    private const int Tries = 3;
    private int savepoints;

    public int Quarantined { get; private set; }

    /// <summary>Whether a withdrawal has removed content.</summary>
    public bool HasErased { get; private set; }

    public async Task RunAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(() => ApplyAsync(entries, cancellation), cancellation) is not { } failure)
            {
                return;
            }

            if (attempt == Tries)
            {
                await SplitAsync(entries, failure, cancellation);
                return;
            }
        }
    }

    private async Task SplitAsync(IReadOnlyList<JournalEntry> entries, Exception failure, CancellationToken cancellation)
    {
        if (entries.Count == 1)
        {
            await SetAsideAsync(entries[0], failure, cancellation);
            return;
        }

        foreach (var half in new[] { entries.Take(entries.Count / 2).ToList(), entries.Skip(entries.Count / 2).ToList() })
        {
            if (await TryAsync(() => ApplyAsync(half, cancellation), cancellation) is { } again)
            {
                await SplitAsync(half, again, cancellation);
            }
        }
    }

    private async Task ApplyAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var quarantined = await participant.Apply.ApplyAsync(db, participant, journal, entries, cancellation);
        await KeepAsync(entries, quarantined, cancellation);
    }

    /// <summary>Its message may quote the content: the reason is the kind of the failure.</summary>
    private async Task SetAsideAsync(JournalEntry entry, Exception failure, CancellationToken cancellation)
    {
        var reason = $"Applying it fails: {DatabaseFailure.NameOf(failure)}.";
        await KeepAsync([entry with { Data = null }],
            [await participant.Apply.SetAsideAsync(db, participant, journal, entry, reason, cancellation)], cancellation);
    }

    private async Task KeepAsync(IReadOnlyList<JournalEntry> entries, IReadOnlyList<QuarantineRow> quarantined,
        CancellationToken cancellation)
    {
        await BulkWrite.InsertAsync(db, [.. entries.Select(entry => ReplicaEntry.Of(journal, entry))], cancellation);
        db.AddRange(quarantined);
        await db.SaveChangesAsync(cancellation);
        foreach (var entry in entries)
        {
            HasErased |= await ContentErasure.ApplyAsync(db, entry, cancellation);
        }

        Quarantined += quarantined.Count;
    }

    /// <summary>Null when it went. What passes by itself is thrown: the whole run comes again.</summary>
    private async Task<Exception?> TryAsync(Func<Task> work, CancellationToken cancellation)
    {
        var savepoint = $"part{++savepoints}";
        var (quarantined, erased) = (Quarantined, HasErased);
        await transaction.CreateSavepointAsync(savepoint, cancellation);
        try
        {
            await work();
            await transaction.ReleaseSavepointAsync(savepoint, cancellation);
            return null;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && exception is not OutOfMemoryException
            && !DatabaseFailure.IsTransient(exception))
        {
            await transaction.RollbackToSavepointAsync(savepoint, cancellation);
            db.ChangeTracker.Clear();
            (Quarantined, HasErased) = (quarantined, erased);
            return exception;
        }
    }
}
