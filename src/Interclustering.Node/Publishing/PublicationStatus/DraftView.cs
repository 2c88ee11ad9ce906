using Interclustering.Federation;
using Interclustering.Node.Publishing.Comments;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Publishing.Revisions;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>A draft, or a pending change, as the page of its publication shows it.</summary>
/// <param name="Text">What is not public.</param>
/// <param name="Rule">One of <see cref="ReviewRule"/>.</param>
/// <param name="Review">Null where none was asked for.</param>
/// <param name="Comments">In order.</param>
/// <param name="Changed">What a pending change changes.</param>
public sealed record DraftView(DraftText Text, string Rule, DraftReview? Review, IReadOnlyList<DraftComment> Comments,
    IReadOnlyList<Difference> Changed)
{
    /// <summary>Null where there is no draft.</summary>
    internal static async Task<DraftView?> LoadAsync(NodeContext db, string code, WorkingCopy copy, CancellationToken cancellation)
    {
        if (await DraftText.OfAsync(db, copy, cancellation) is not { } text)
        {
            return null;
        }

        IReadOnlyList<Difference> differences = [];
        if (text.Change is { } change)
        {
            var people = await NamedPeople.LoadAsync(db, code, cancellation);
            differences = FaultIsolation.Shared.Each([change], one => (one.Subject, one.Version),
                one => Differences.Between(Of(copy), Of(one.AsCopy()))) is [var changed] ? changed : [];

            IReadOnlyList<(string Label, string Text)> Of(WorkingCopy shown) => TextFields.Of(FormFilling.Of(shown, people.LineOf));
        }

        return new DraftView(text, await ReviewRule.ReadAsync(db, cancellation), await Reviewing.FindAsync(db, copy.Subject, cancellation),
            await CommentThread.ReadAsync(db, copy.Subject, cancellation), differences);
    }
}
