using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Authoring;

/// <summary>The one way into a cluster's journal: forms, imports and demonstration content all publish through it.</summary>
public sealed class Editor(NodeContext db, Journal journal, TimeProvider clock)
{
    /// <summary>Publishes a new item (null subject) or a new revision; equal content changes nothing, a withdrawn item comes back.</summary>
    public async Task<Saved> PublishAsync(string? subject, Publication publication, string by, CancellationToken cancellation) =>
        (await PublishManyAsync([(subject, publication)], by, cancellation))[0];

    /// <summary>Publishes all in one transaction. A null subject with a source finds the item by the source's key.</summary>
    public Task<IReadOnlyList<Saved>> PublishManyAsync(
        IReadOnlyList<(string? Subject, Publication Publication)> publications, string by, CancellationToken cancellation) =>
        PublishManyAsync(publications, by, expected: null, cancellation);

    /// <inheritdoc cref="PublishManyAsync(IReadOnlyList{ValueTuple{string, Publication}}, string, CancellationToken)"/>
    /// <exception cref="EditedMeanwhileException">The last item's version is no longer <paramref name="expected"/>.</exception>
    public async Task<IReadOnlyList<Saved>> PublishManyAsync(
        IReadOnlyList<(string? Subject, Publication Publication)> publications, string by, long? expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(publications);
        using var span = FederationTelemetry.Start("publish");
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var saved = new List<Saved>(publications.Count);
        var drafts = new Dictionary<string, JournalDraft>();
        foreach (var (subject, publication) in publications)
        {
            var known = await FindAsync(subject, publication, cancellation);
            if (expected is { } version && saved.Count == publications.Count - 1 && (known?.Version ?? 0) != version)
            {
                throw new EditedMeanwhileException(subject ?? "");
            }

            saved.Add(Stage(known, subject, publication, by, drafts));
        }

        await JournalAsync(drafts, cancellation);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        journal.Announce();
        return saved;
    }

    /// <summary>Keeps a text that nobody else sees; for items that were never published.</summary>
    /// <exception cref="EditedMeanwhileException">The draft's version is no longer <paramref name="expected"/>.</exception>
    public async Task<Saved> SaveDraftAsync(string? subject, Publication publication, string by, long expected, CancellationToken cancellation)
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
        journal.Announce();
    }

    private Saved Stage(WorkingCopy? copy, string? subject, Publication publication, string by, Dictionary<string, JournalDraft> drafts)
    {
        var created = copy is null;
        copy ??= Create(subject, publication);
        // The form carries its sessions' ids itself, so that a session moved there stays the same session.
        if (!created && subject is null && publication is Event { Source: not null } now && PublicationText.Read(copy.Kind, copy.Data) is Event before)
        {
            publication = SessionIds.Keep(now, before);
        }

        if (copy.State == PublicationState.Published && copy.Data == PublicationText.Of(publication))
        {
            return new Saved(copy.Subject, Outcome.Unchanged, copy.Revision);
        }

        var outcome = copy.Revision == 0 ? Outcome.Created : Outcome.Updated;
        // One subject twice in a batch is one revision, its last.
        copy.Revision = drafts.ContainsKey(copy.Subject) ? copy.Revision : copy.Revision + 1;
        copy.State = PublicationState.Published;
        Write(copy, publication, by);
        drafts[copy.Subject] = new JournalDraft(copy.Kind, copy.Subject, copy.Revision, PublicationText.WithNonce(publication));
        return new Saved(copy.Subject, outcome, copy.Revision);
    }

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
                ?? await db.WorkingCopies.FirstOrDefaultAsync(row => row.SourceSystem == source.System && row.SourceKey == source.Key, cancellation)
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
            throw new EditedMeanwhileException(exception.Entries[0].Entity is WorkingCopy copy ? copy.Subject : "");
        }
    }
}
