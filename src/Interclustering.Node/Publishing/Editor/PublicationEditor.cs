using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>The one way to publish: forms, imports and demonstration content go through it.</summary>
public sealed class PublicationEditor(NodeContext db, Journal journal, TimeProvider clock)
{
    /// <summary>
    /// Publishes a new item (null subject) or a new revision; equal content changes nothing, a withdrawn item comes back.
    /// </summary>
    public async Task<Saved> PublishAsync(string? subject, Publication publication, string by, CancellationToken cancellation) =>
        (await PublishManyAsync([(subject, publication)], by, cancellation))[0];

    /// <summary>Publishes all in one transaction. A null subject with a source finds the item by the source's key.</summary>
    public Task<IReadOnlyList<Saved>> PublishManyAsync(
        IReadOnlyList<(string? Subject, Publication Publication)> publications, string by, CancellationToken cancellation) =>
        PublishManyAsync(publications, by, expected: null, cancellation);

    /// <inheritdoc cref="PublishManyAsync(IReadOnlyList{ValueTuple{string, Publication}}, string, CancellationToken)"/>
    /// <exception cref="EditedMeanwhileException">The last item's version is no longer <paramref name="expected"/>.</exception>
    /// <exception cref="ContentRefusedException">One of them can't stand; none is published.</exception>
    /// <param name="publications">Those that the last one names come before it.</param>
    /// <param name="by">Who publishes.</param>
    /// <param name="expected">Version of the last one; null for whichever there is, 0 for none.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <param name="change">Version of the last one's pending change, which ends with this, 0 for none; null leaves one alone.</param>
    public async Task<IReadOnlyList<Saved>> PublishManyAsync(IReadOnlyList<(string? Subject, Publication Publication)> publications,
        string by, long? expected, CancellationToken cancellation, long? change = null)
    {
        ArgumentNullException.ThrowIfNull(publications);
        try
        {
            return await PublishAllAsync(publications, by, expected, change, cancellation);
        }
        catch
        {
            // What was staged is not to be saved with whatever its caller keeps next.
            db.ChangeTracker.Clear();
            throw;
        }
    }

    private async Task<IReadOnlyList<Saved>> PublishAllAsync(IReadOnlyList<(string? Subject, Publication Publication)> publications,
        string by, long? expected, long? change, CancellationToken cancellation)
    {
        using var span = FederationTelemetry.Start("publish");
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var saved = new List<Saved>(publications.Count);
        var drafts = new Dictionary<string, JournalDraft>();
        var ended = new List<string>();
        await StagePeopleAsync([.. publications.Select(each => PublicationText.Of(each.Publication))], by, drafts, cancellation);
        foreach (var (subject, publication) in publications)
        {
            var known = await FindAsync(subject, publication, cancellation);
            if (expected is { } version && saved.Count == publications.Count - 1 && (known?.Version ?? 0) != version)
            {
                throw new EditedMeanwhileException(subject ?? "");
            }

            ended.AddRange(known is { State: PublicationState.Draft } ? [known.Subject] : []);
            saved.Add(Stage(known, subject, publication, by, drafts));
        }

        if (change is { } pending && saved.Count > 0)
        {
            ended.Add(await SettleAsync(saved[^1].Subject, pending, cancellation));
        }

        await JournalAsync(drafts, cancellation);
        await SaveAsync(cancellation);
        await DraftTraces.EndAsync(db, ended, cancellation);
        await transaction.CommitAsync(cancellation);
        journal.NotifyCommitted();
        return saved;
    }

    /// <summary>The pending change is what was published, so it ends.</summary>
    /// <exception cref="EditedMeanwhileException">Its version is another one, or there is none any more.</exception>
    private async Task<string> SettleAsync(string subject, long version, CancellationToken cancellation)
    {
        var pending = await db.PendingChanges.FindAsync([subject], cancellation);
        if ((pending?.Version ?? 0) != version)
        {
            throw new EditedMeanwhileException(subject);
        }

        if (pending is not null)
        {
            db.Remove(pending);
            var copy = await db.WorkingCopies.FindAsync([subject], cancellation);
            copy!.SourceData = pending.SourceData ?? copy.SourceData;
        }

        return subject;
    }

    /// <summary>Journals the persons that texts name and that were named by drafts only: before anything that refers to them.</summary>
    public async Task PublishPeopleAsync(IReadOnlyList<string> texts, string by, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var drafts = new Dictionary<string, JournalDraft>();
        await StagePeopleAsync(texts, by, drafts, cancellation);
        await JournalAsync(drafts, cancellation);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        journal.NotifyCommitted();
    }

    private async Task StagePeopleAsync(
        IReadOnlyList<string> texts, string by, Dictionary<string, JournalDraft> drafts, CancellationToken cancellation)
    {
        foreach (var person in await db.WorkingCopies.Where(row => row.Kind == Kinds.Person && row.State == PublicationState.Draft)
            .ToListAsync(cancellation))
        {
            if (texts.Any(text => text.Contains(person.Subject, StringComparison.Ordinal)))
            {
                Stage(person, person.Subject, PublicationText.Read(person.Kind, person.Data), by, drafts);
            }
        }
    }

    /// <summary>What publishing an item of a source would do, without doing it. The subject is empty for what is not here yet.</summary>
    public async Task<Saved> ForeseeAsync(PublishedItem item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (await FindAsync(subject: null, item, cancellation) is not { } copy)
        {
            return new Saved("", Outcome.Created, 0);
        }

        var given = SessionIds.Known(copy, item);
        return new Saved(copy.Subject, OutcomeOf(copy, SourceMerge.Of(copy, given), given, bySource: true), copy.Revision);
    }

    /// <summary>
    /// Keeps a never published item as a draft for this cluster only, until <paramref name="publishAt"/> (UTC) if given, as written by the
    /// member with the id <paramref name="owner"/>.
    /// </summary>
    /// <exception cref="EditedMeanwhileException">The draft's version is no longer <paramref name="expected"/>.</exception>
    public async Task<Saved> SaveDraftAsync(string? subject, Publication publication, string by, long expected,
        CancellationToken cancellation, DateTime? publishAt = null, string? owner = null)
    {
        db.ChangeTracker.Clear();
        var copy = await FindAsync(subject, publication, cancellation);
        if ((copy?.Version ?? 0) != expected)
        {
            throw new EditedMeanwhileException(subject ?? "");
        }

        if (copy is { State: not PublicationState.Draft })
        {
            throw new InvalidOperationException($"{copy.Subject} is published: a draft would hide what is visible.");
        }

        var outcome = copy is null ? Outcome.Created : Outcome.Updated;
        copy ??= Create(subject, publication);
        (copy.PublishAt, copy.Owner) = (publishAt, owner);
        Write(copy, publication, by);
        await SaveAsync(cancellation);
        return new Saved(copy.Subject, outcome, copy.Revision);
    }

    /// <summary>Withdraws a published item; a draft is discarded. Nothing happens to an item already withdrawn.</summary>
    public Task WithdrawAsync(string subject, string? reason, string by, CancellationToken cancellation) =>
        WithdrawAsync(subject, reason, by, expected: null, cancellation);

    /// <inheritdoc cref="WithdrawAsync(string, string?, string, CancellationToken)"/>
    /// <exception cref="EditedMeanwhileException">Its version is no longer <paramref name="expected"/>, or it is gone.</exception>
    public async Task WithdrawAsync(string subject, string? reason, string by, long? expected, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var copy = await db.WorkingCopies.SingleOrDefaultAsync(row => row.Subject == subject, cancellation);
        if (copy is null || (expected is { } version && copy.Version != version))
        {
            throw new EditedMeanwhileException(subject);
        }

        if (copy.State == PublicationState.Draft)
        {
            db.Remove(copy);
            await ForgetAsync(copy, cancellation);
        }
        else if (copy.State == PublicationState.Published)
        {
            copy.State = PublicationState.Withdrawn;
            copy.Revision++;
            Touch(copy, by);
            var data = PublicationText.WithNonce(new Withdrawal { Nonce = "", Reason = reason });
            var draft = new JournalDraft(Kinds.Withdrawn, subject, copy.Revision, data);
            await JournalAsync(new() { [subject] = draft }, cancellation);
        }

        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await ContentErasure.SettleAsync(db, cancellation);
        journal.NotifyCommitted();
    }

    /// <summary>Gives back to its source what was changed here: the source's own text counts again.</summary>
    /// <returns>False when there is nothing to give back.</returns>
    public async Task<bool> GiveBackAsync(string subject, string by, long expected, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.AsNoTracking().SingleOrDefaultAsync(row => row.Subject == subject, cancellation);
        // What was never published is read and published as any draft.
        if (copy?.SourceData is not { } given || copy.State == PublicationState.Draft
            || (copy.State == PublicationState.Published && given == copy.Data))
        {
            return false;
        }

        await PublishManyAsync([(subject, PublicationText.Read(copy.Kind, given))], by, expected, cancellation);
        return true;
    }

    /// <summary>Withdraws what its source has taken back.</summary>
    public async Task WithdrawBySourceAsync(string subject, string by, CancellationToken cancellation)
    {
        await WithdrawAsync(subject, reason: null, by, cancellation);
        await db.WorkingCopies.Where(row => row.Subject == subject)
            .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.SourceWithdrew, true), cancellation);
    }

    /// <summary>Erases a publication or a person for good, with drafts and history, here and wherever it was sent.</summary>
    /// <returns>False when there is nothing with this id here.</returns>
    public async Task<bool> EraseAsync(string subject, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            var copy = await db.WorkingCopies.SingleOrDefaultAsync(row => row.Subject == subject, cancellation);
            var published = await db.Publications.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Journal == journal.Code && row.Subject == subject, cancellation);
            if (copy is null && published is null)
            {
                return false;
            }

            if (copy is not null)
            {
                await ResidualDataErasure.EraseAsync(db, copy, cancellation);
                db.Remove(copy);
                await ForgetAsync(copy, cancellation);
                await SaveAsync(cancellation);
            }

            if (published is not null)
            {
                var data = PublicationText.WithNonce(new Withdrawal { Nonce = "" });
                await journal.AppendAsync(db, [new JournalDraft(Kinds.Withdrawn, subject, published.Revision + 1, data)], cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }

        await ContentErasure.SettleAsync(db, cancellation);
        journal.NotifyCommitted();
        return true;
    }

    private Saved Stage(WorkingCopy? copy, string? subject, Publication publication, string by, Dictionary<string, JournalDraft> drafts)
    {
        var created = copy is null;
        copy ??= Create(subject, publication);
        var bySource = subject is null && publication is PublishedItem { Source: not null };
        var given = created || !bySource ? publication : SessionIds.Known(copy, publication);
        publication = bySource ? SourceMerge.Of(copy, given) : given;
        var outcome = OutcomeOf(copy, publication, given, bySource);
        (copy.SourceData, copy.SourceWithdrew) = bySource
            ? (PublicationText.Of(given), copy.SourceWithdrew && outcome == Outcome.Kept) : (copy.SourceData, copy.SourceWithdrew);
        if (outcome is Outcome.Unchanged or Outcome.Kept)
        {
            return new Saved(copy.Subject, outcome, copy.Revision);
        }

        ContentRefusedException.ThrowIfRefused(publication);
        // One subject twice in a batch is one revision, its last.
        copy.Revision = drafts.ContainsKey(copy.Subject) ? copy.Revision : copy.Revision + 1;
        (copy.State, copy.PublishAt) = (PublicationState.Published, null);
        Write(copy, publication, by);
        drafts[copy.Subject] = new JournalDraft(copy.Kind, copy.Subject, copy.Revision, PublicationText.WithNonce(publication));
        return new Saved(copy.Subject, outcome, copy.Revision);
    }

    /// <param name="copy">As it stands.</param>
    /// <param name="publication">What would be published.</param>
    /// <param name="given">What was asked for; a source may have asked for more than is published.</param>
    /// <param name="bySource">Whether a source asks.</param>
    private static Outcome OutcomeOf(WorkingCopy copy, Publication publication, Publication given, bool bySource) =>
        bySource && copy is { State: PublicationState.Withdrawn, SourceWithdrew: false, SourceData: not null } ? Outcome.Kept
        : copy.State == PublicationState.Published && copy.Data == PublicationText.Of(publication)
            ? (copy.Data == PublicationText.Of(given) ? Outcome.Unchanged : Outcome.Kept)
        : copy.Revision == 0 ? Outcome.Created
        : Outcome.Updated;

    private WorkingCopy Create(string? subject, Publication publication)
    {
        var copy = new WorkingCopy
        {
            Subject = subject ?? Subjects.Mint(journal.Code),
            Kind = PublicationText.KindOf(publication),
            State = PublicationState.Draft,
            Title = "",
            Data = "",
            SourceSystem = (publication as PublishedItem)?.Source?.System,
            SourceKey = (publication as PublishedItem)?.Source?.Key,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(copy);
        return copy;
    }

    private async Task<WorkingCopy?> FindAsync(string? subject, Publication publication, CancellationToken cancellation)
    {
        if (subject is not null)
        {
            return Subjects.OwnerOf(subject) == journal.Code
                ? await db.WorkingCopies.FindAsync([subject], cancellation)
                : throw new ArgumentException($"{subject} belongs to another cluster than {journal.Code}.", nameof(subject));
        }

        return publication is PublishedItem { Source: { } source }
            ? db.WorkingCopies.Local.FirstOrDefault(row => row.SourceSystem == source.System && row.SourceKey == source.Key)
                ?? await db.WorkingCopies.FirstOrDefaultAsync(row =>
                    row.SourceSystem == source.System && row.SourceKey == source.Key, cancellation)
            : null;
    }

    private void Write(WorkingCopy copy, Publication publication, string by)
    {
        copy.Kind = PublicationText.KindOf(publication);
        copy.Title = PublicationText.TitleOf(publication);
        copy.Data = PublicationText.Of(publication);
        Touch(copy, by);
    }

    private void Touch(WorkingCopy copy, string by)
    {
        copy.Version++;
        copy.EditedAt = clock.GetUtcNow().UtcDateTime;
        copy.EditedBy = by;
        if (Kinds.Items.Contains(copy.Kind))
        {
            db.Add(new EditRow
            {
                Subject = copy.Subject,
                Version = copy.Version,
                State = copy.State,
                Data = copy.Data,
                At = copy.EditedAt,
                By = by
            });
        }
    }

    /// <summary>Deletes its history and its autosaves, and for a person all autosaves that hold the name.</summary>
    private async Task ForgetAsync(WorkingCopy copy, CancellationToken cancellation)
    {
        await db.Edits.Where(edit => edit.Subject == copy.Subject).ExecuteDeleteAsync(cancellation);
        await db.UnsavedTexts.Where(text => text.Form == copy.Subject || (copy.Kind == Kinds.Person && text.Fields.Contains(copy.Title)))
            .ExecuteDeleteAsync(cancellation);
        await DraftTraces.ForgetAsync(db, copy, cancellation);
    }

    private async Task JournalAsync(Dictionary<string, JournalDraft> drafts, CancellationToken cancellation)
    {
        if (drafts.Count == 0)
        {
            return;
        }

        foreach (var row in await journal.AppendAsync(db, [.. drafts.Values], cancellation))
        {
            (await db.WorkingCopies.FindAsync([row.Subject], cancellation))!.Sequence = row.Sequence;
        }
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException exception)
        {
            var subject = exception.Entries[0].Entity is WorkingCopy copy ? copy.Subject : "";
            db.ChangeTracker.Clear();
            throw new EditedMeanwhileException(subject);
        }
        catch (DbUpdateException exception) when (DatabaseFailure.IsDuplicate(exception)
            && exception.Entries.FirstOrDefault(entry => entry is { State: EntityState.Added, Entity: WorkingCopy }) is { } made)
        {
            // Two pages of one form made it at the same moment: the other was first.
            var subject = ((WorkingCopy)made.Entity).Subject;
            db.ChangeTracker.Clear();
            throw new EditedMeanwhileException(subject);
        }
    }
}
