using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.ToDo;

/// <summary>What drafts ask of one member: to read those of others, to go on with their own, to finish pending changes.</summary>
internal static class DraftTasks
{
    /// <param name="db">Of the cluster.</param>
    /// <param name="member">Their id in it.</param>
    /// <param name="nowUtc">Of the visit.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static async Task<IReadOnlyList<ToDoItem>> ReadAsync(
        NodeContext db, string member, DateTime nowUtc, CancellationToken cancellation)
    {
        var role = await db.Users.Where(user => user.Id == member).Select(user => user.Role).FirstOrDefaultAsync(cancellation);
        var reviews = await db.DraftReviews.AsNoTracking().ToDictionaryAsync(review => review.Subject, cancellation);
        var mayPublish = StaffRoles.Reaches(role, StaffRoles.Editor);
        var isAlone = mayPublish && !await db.Users.AnyAsync(user => user.Id != member && user.Role != StaffRoles.Reader, cancellation);
        var drafts = await DraftsAsync(db, [.. reviews.Keys], cancellation);
        return [.. drafts.OrderBy(draft => draft.EditedAt)
            .Select(draft => Of(draft, reviews.GetValueOrDefault(draft.Subject), member, mayPublish, isAlone, nowUtc))
            .OfType<ToDoItem>()];
    }

    /// <summary>All pending changes, and drafts that are or were read by another member: the other drafts are listed as such.</summary>
    private static async Task<IReadOnlyList<DraftText>> DraftsAsync(
        NodeContext db, IReadOnlyList<string> reviewed, CancellationToken cancellation)
    {
        var changes = await db.PendingChanges.AsNoTracking()
            .Join(db.WorkingCopies.AsNoTracking(), change => change.Subject, copy => copy.Subject, (change, copy) => new { copy, change })
            .ToListAsync(cancellation);
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(row => row.State == PublicationState.Draft && row.Kind != Kinds.Person && reviewed.Contains(row.Subject))
            .ToListAsync(cancellation);
        return [.. changes.Select(row => new DraftText(row.copy, row.change)), .. copies.Select(copy => new DraftText(copy, null))];
    }

    private static ToDoItem? Of(
        DraftText draft, DraftReview? review, string member, bool mayPublish, bool isAlone, DateTime nowUtc)
    {
        var page = $"/publications/{draft.Subject}";
        ToDoItem Edit(string why, bool isUrgent = false) =>
            new(why, draft.Title, Addresses.Edit(draft.Copy.Kind, draft.Subject), isUrgent) { PathToRead = page };

        return (review?.State, draft.Change) switch
        {
            (ReviewState.Asked, _) when isAlone && draft.Owner == member => new ToDoItem(
                T["Personne d’autre ne peut relire : invitez un membre sous « Équipe »"], draft.Title, page + "#relecture"),
            (ReviewState.Asked, _) => !mayPublish || !Reviewing.MayReview(draft, member) ? null
                : new ToDoItem(DateWords.Capital(ReviewWords.InWords(review!, nowUtc)), draft.Title, page + "#relecture",
                    IsUrgent: draft.PublishAt < nowUtc.AddDays(1)),
            (ReviewState.Returned, _) when draft.Owner == member => Edit(DateWords.Capital(ReviewWords.InWords(review!, nowUtc))),
            (_, { Failure: not null } change) => Edit(ChangeWords.Trouble(draft.Copy, change)!, isUrgent: true),
            (_, { PublishAt: null }) => Edit(T["Brouillon d’une modification à terminer ou à abandonner"]),
            (ReviewState.Returned, null) => Edit(T["Brouillon à terminer ou à supprimer"]),
            _ => null,
        };
    }
}
