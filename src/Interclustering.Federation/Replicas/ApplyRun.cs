using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Interclustering.Federation.Replicas;

/// <summary>An entry of a run can't be applied or kept. Its transaction is lost.</summary>
internal sealed class ApplyFailedException(Exception failure) : Exception(failure.Message, failure);

/// <summary>
/// Applies and keeps the entries of a run in its transaction: all together where that goes. Where it does not, they are taken in parts.
/// </summary>
internal sealed class ApplyRun(DbContext db, IDbContextTransaction transaction, Participant participant, string journal)
{
    private const int Tries = 2;
    private int savepoints;

    public int Quarantined { get; private set; }

    /// <summary>Whether a withdrawal has removed content.</summary>
    public bool HasErased { get; private set; }

    /// <exception cref="ApplyFailedException">It does not go.</exception>
    public async Task RunAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        try
        {
            await ApplyAsync(entries, cancellation);
        }
        catch (Exception exception) when (IsOfAnEntry(exception, cancellation))
        {
            throw new ApplyFailedException(exception);
        }
    }

    /// <summary>
    /// Takes them all together, and where that does not go, and again does not, in ever smaller parts, until the one entry is found that
    /// can't be taken: that one is set aside, and the others count. Savepoints keep what went.
    /// </summary>
    public async Task IsolateAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
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
        if (quarantined.Count > 0)
        {
            db.AddRange(quarantined);
            await db.SaveChangesAsync(cancellation);
        }

        foreach (var entry in entries)
        {
            HasErased |= await ContentErasure.ApplyAsync(db, entry, cancellation);
        }

        Quarantined += quarantined.Count;
    }

    private static bool IsOfAnEntry(Exception exception, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && exception is not OutOfMemoryException && !DatabaseFailure.IsTransient(exception);

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
        catch (Exception exception) when (IsOfAnEntry(exception, cancellation))
        {
            await transaction.RollbackToSavepointAsync(savepoint, cancellation);
            db.ChangeTracker.Clear();
            (Quarantined, HasErased) = (quarantined, erased);
            return exception;
        }
    }
}
