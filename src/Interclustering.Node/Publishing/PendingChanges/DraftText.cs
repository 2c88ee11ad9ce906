using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.PendingChanges;

/// <summary>A text that is not public: what was never published, or a pending change of what was.</summary>
/// <param name="Copy">What is kept here under its id.</param>
/// <param name="Change">Null for what was never published.</param>
public sealed record DraftText(WorkingCopy Copy, PendingChange? Change)
{
    public string Subject => Copy.Subject;

    /// <summary>Under which lists, mails and the list of actions name it: what is public already, where it is.</summary>
    public string Title => Copy.Title.Length > 0 ? Copy.Title : T["(sans titre)"];

    public long Version => Change?.Version ?? Copy.Version;

    public DateTime? PublishAt => Change is null ? Copy.PublishAt : Change.PublishAt;

    public string EditedBy => Change?.EditedBy ?? Copy.EditedBy;

    public DateTime EditedAt => Change?.EditedAt ?? Copy.EditedAt;

    /// <summary>Id of the member who has written it last; null for a token, or where it is not known.</summary>
    public string? Owner => Change is null ? Copy.Owner : Change.Owner;

    /// <summary>What is published was changed since it was written.</summary>
    public bool HasMoved => Change is not null && Change.BasedOn != Copy.Version;

    public PublishedItem Read() => (PublishedItem)PublicationText.Read(Copy.Kind, Change?.Data ?? Copy.Data);

    /// <summary>Null where there is no draft: neither a new one, nor one of a change.</summary>
    public static async Task<DraftText?> FindAsync(NodeContext db, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } copy ? await OfAsync(db, copy, cancellation) : null;

    /// <inheritdoc cref="FindAsync"/>
    public static async Task<DraftText?> OfAsync(NodeContext db, WorkingCopy copy, CancellationToken cancellation) =>
        copy.State == PublicationState.Draft ? new DraftText(copy, null)
        : await ChangeStore.FindAsync(db, copy.Subject, cancellation) is { } change ? new DraftText(copy, change)
        : null;

    /// <summary>Those whose moment has come.</summary>
    public static async Task<IReadOnlyList<DraftText>> DueAsync(NodeContext db, DateTime now, CancellationToken cancellation)
    {
        var drafts = await db.WorkingCopies.AsNoTracking().Where(row => row.State == PublicationState.Draft && row.PublishAt <= now)
            .ToListAsync(cancellation);
        var changes = await db.PendingChanges.AsNoTracking().Where(row => row.PublishAt <= now)
            .Join(db.WorkingCopies.AsNoTracking(), change => change.Subject, copy => copy.Subject, (change, copy) => new { copy, change })
            .ToListAsync(cancellation);
        return [.. drafts.Select(copy => new DraftText(copy, null)), .. changes.Select(row => new DraftText(row.copy, row.change))];
    }

    /// <summary>Publishes it as it stands, in the name of who wrote it.</summary>
    /// <exception cref="EditedMeanwhileException">It, or what is published, was saved meanwhile.</exception>
    /// <exception cref="ContentRefusedException">It can't stand.</exception>
    public Task PublishAsync(PublicationEditor editor, CancellationToken cancellation) =>
        editor.PublishManyAsync([(Subject, Read())], EditedBy, Change?.BasedOn ?? Copy.Version, cancellation, Change?.Version);
}
