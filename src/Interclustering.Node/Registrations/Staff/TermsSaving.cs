using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Agreements;
using Interclustering.Node.Audit;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Registrations.Staff;

/// <summary>What became of terms that were saved.</summary>
internal enum TermsSaved
{
    Done,

    /// <summary>They are a pending change of the event, which another member reads first.</summary>
    ForReview,

    /// <summary>Another change of the event is pending.</summary>
    ChangePending,
}

/// <summary>
/// Says how a cluster's own people register: of its own event in the event, of a joint webinar in its part of the dossier, of another's
/// event in what it says as a co-organiser.
/// </summary>
internal sealed class TermsSaving(IHttpContextAccessor accessor, NodeInstance node, NodeContext db, PublicationEditor editor,
    Journal journal, FederationDirectory directory)
{
    private HttpContext Http => accessor.HttpContext!;

    /// <summary>Of an own publication; 0 for what is another's.</summary>
    public async Task<long> VersionAsync(string id, CancellationToken cancellation) =>
        (await OwnPublications.FindAsync(db, id, cancellation))?.Version ?? 0;

    /// <param name="happening">For which they register.</param>
    /// <param name="terms">Null where they do not any more.</param>
    /// <param name="url">Of the public form.</param>
    /// <param name="version">Of an own publication that the terms were written for.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <exception cref="EditedMeanwhileException">The publication has another version.</exception>
    /// <exception cref="ContentRefusedException">The terms can't stand.</exception>
    public async Task<TermsSaved> SaveAsync(
        RegistrableEvent happening, RegistrationTerms? terms, string url, long version, CancellationToken cancellation)
    {
        var (id, title) = (happening.Id, happening.Item.Title);
        if (await OwnPublications.FindAsync(db, id, cancellation) is { } copy)
        {
            var item = happening.Item;
            // An address elsewhere that replaced the form stays.
            var now = item with
            {
                Registration = terms,
                RegistrationUrl = terms is not null ? url
                    : item.RegistrationUrl?.EndsWith(RegistrationLinks.FormOf(id), StringComparison.Ordinal) == true ? null
                    : item.RegistrationUrl,
            };
            if (await ReviewRule.IsRequiredAsync(db, cancellation))
            {
                return await KeptForReview.KeepAsync(Http, node, db, copy, now, version, cancellation)
                    ? TermsSaved.ForReview : TermsSaved.ChangePending;
            }

            await editor.PublishManyAsync([(id, now)], By, version, cancellation);
        }
        else if (await DossierView.FindAsync(Http, node, db, directory, id, cancellation) is { } view)
        {
            var fact = FactRecorder.Fact(JointWebinarFacts.ParticipationSet);
            var part = view.Dossier.Participations.GetValueOrDefault(node.Code) ?? new Participation();
            var recorder = new FactRecorder(Http, node, db, editor, journal, directory);
            await recorder.RecordAsync(view, await recorder.PeopleAsync(cancellation), [fact with
            {
                Participation = part with
                {
                    Registration = terms,
                    RegistrationUrl = terms is null ? null : url,
                    Places = null,
                    Full = false,
                },
                Corrects = view.Latest(fact)?.Subject,
            }], cancellation);
        }
        else if ((await NodeAgreements.ReadAsync(db, cancellation)).OfCoOrganiser(id, node.Code) is { } part)
        {
            await editor.PublishAsync(part.Subject,
                part.Said with { Registration = terms, RegistrationUrl = terms is null ? null : url }, By, cancellation);
        }

        await Http.NoteAsync(db, AuditedActions.RegistrationTermsSet, title, cancellation);
        return TermsSaved.Done;
    }

    private string By => Http.User.Identity?.Name ?? "";
}
