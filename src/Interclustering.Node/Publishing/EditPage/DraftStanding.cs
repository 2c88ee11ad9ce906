using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>What a form stands on besides the working copy.</summary>
/// <param name="Rule">One of <see cref="ReviewRule"/>.</param>
/// <param name="Change">Of what is published; null where none is kept.</param>
/// <param name="Review">Of the draft or of the change; null where none was asked for.</param>
public sealed record DraftStanding(string Rule, PendingChange? Change, DraftReview? Review)
{
    /// <summary>Of something new, where every cluster publishes without a review.</summary>
    public static DraftStanding New { get; } = new(ReviewRule.None, null, null);

    public bool IsReviewed => Rule != ReviewRule.None;

    public bool IsRequired => Rule == ReviewRule.Required;

    public static async Task<DraftStanding> LoadAsync(NodeContext db, WorkingCopy? copy, CancellationToken cancellation) => new(
        await ReviewRule.ReadAsync(db, cancellation),
        copy is null or { State: PublicationState.Draft } ? null : await ChangeStore.FindAsync(db, copy.Subject, cancellation),
        copy is null ? null : await Reviewing.FindAsync(db, copy.Subject, cancellation));
}
