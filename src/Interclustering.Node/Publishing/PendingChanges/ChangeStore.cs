using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.PendingChanges;

/// <summary>Keeps changes of what is published as drafts. Nothing here reaches the journal.</summary>
internal static class ChangeStore
{
    public static Task<PendingChange?> FindAsync(NodeContext db, string? subject, CancellationToken cancellation) =>
        db.PendingChanges.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation);

    /// <summary>Keeps it, in place of what was kept of the same publication before.</summary>
    /// <param name="db">Of the cluster.</param>
    /// <param name="subject">Of what is published.</param>
    /// <param name="item">As it would be published.</param>
    /// <param name="written">From which version, by whom, and for when.</param>
    /// <param name="expected">Version of the change that was looked at; 0 for none.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <exception cref="EditedMeanwhileException">There is another one now.</exception>
    public static async Task<PendingChange> KeepAsync(NodeContext db, string subject, PublishedItem item, WrittenChange written,
        long expected, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var change = await db.PendingChanges.FindAsync([subject], cancellation);
        if ((change?.Version ?? 0) != expected)
        {
            throw new EditedMeanwhileException(subject);
        }

        if (change is null)
        {
            change = new PendingChange { Subject = subject, Kind = PublicationText.KindOf(item) };
            db.Add(change);
        }

        // Of the time, so that no version of a change that was discarded comes back.
        change.Version = Math.Max(change.Version + 1, written.At.Ticks);
        (change.Title, change.Data, change.BasedOn) = (item.Title, PublicationText.Of(item), written.BasedOn);
        (change.EditedAt, change.EditedBy, change.Owner) = (written.At, written.By, written.Owner);
        (change.PublishAt, change.Failure) = (written.PublishAt, null);
        change.SourceData = written.SourceData ?? change.SourceData;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || DatabaseFailure.IsDuplicate(exception))
        {
            db.ChangeTracker.Clear();
            throw new EditedMeanwhileException(subject);
        }

        return change;
    }

    /// <summary>Deletes it, with its review and its comments; what is published stays.</summary>
    /// <returns>False where it is another one by now.</returns>
    public static async Task<bool> DiscardAsync(NodeContext db, PendingChange change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PendingChanges.Where(row => row.Subject == change.Subject && row.Version == change.Version)
            .ExecuteDeleteAsync(cancellation) == 0)
        {
            return false;
        }

        await DraftTraces.EndAsync(db, [change.Subject], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}

/// <summary>How a change came about.</summary>
/// <param name="BasedOn">Version of the working copy from which it was written.</param>
/// <param name="By">Name of who wrote it.</param>
/// <param name="Owner">Their id; null for a token.</param>
/// <param name="At">UTC.</param>
/// <param name="PublishAt">UTC: when it is to be published by itself; null for not.</param>
internal sealed record WrittenChange(long BasedOn, string By, string? Owner, DateTime At, DateTime? PublishAt = null)
{
    /// <inheritdoc cref="WorkingCopy.SourceData"/>
    public string? SourceData { get; init; }
}
