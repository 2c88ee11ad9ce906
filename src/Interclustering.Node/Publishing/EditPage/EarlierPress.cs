using Interclustering.Contracts;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Finds what a form of something new has become already, as it may be sent twice.</summary>
/// <param name="Db">Of the cluster.</param>
/// <param name="Code">The cluster.</param>
internal sealed record EarlierPress(NodeContext Db, string Code)
{
    private static readonly TimeSpan SecondPress = TimeSpan.FromMinutes(30);

    /// <summary>What this form of something new has become before: it was sent twice.</summary>
    public async Task<WorkingCopy?> OfFormAsync(ItemForm form, CancellationToken cancellation) =>
        UnsavedTexts.SubjectOf(form["form"], Code) is { } subject
            ? await OwnPublications.FindAsync(Db, form.Kind, subject, cancellation) : null;

    /// <summary>
    /// What this member has made of the same text just now: without a script « Back » gives the form another key, and its text remains.
    /// </summary>
    public Task<WorkingCopy?> SameAsync(string kind, PublishedItem item, string by, DateTime now, CancellationToken cancellation)
    {
        var (text, since) = (PublicationText.Of(item), now - SecondPress);
        return Db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.EditedBy == by && row.CreatedAt > since
            && row.State != PublicationState.Withdrawn && row.Data == text, cancellation);
    }

    /// <summary>The id that this form gives; null, for another, where it was used by what is erased since.</summary>
    public async Task<string?> UnusedAsync(ItemForm form, CancellationToken cancellation) =>
        UnsavedTexts.SubjectOf(form["form"], Code) is { } subject
            && !await Db.Publications.AnyAsync(row => row.Journal == Code && row.Subject == subject
                && !Db.WorkingCopies.Any(copy => copy.Subject == subject), cancellation) ? subject : null;
}
