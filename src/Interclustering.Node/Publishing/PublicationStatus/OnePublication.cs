using Interclustering.Contracts;
using Interclustering.Node.Agreements;
using Interclustering.Node.Forms;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Publishing.Sharing;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>The pages about one publication, which show what was typed on them again where it can't stand.</summary>
internal static class OnePublication
{
    /// <summary>It was saved meanwhile: the reason is kept, and counts for the version that is shown now.</summary>
    public static async Task<IResult> EditedMeanwhileAsync<TPage>(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, ChangeForm form,
            string field, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } current
            ? await PageAsync<TPage>(http, node, db, clock, current, form with { Version = current.Version }, cancellation,
                [new FieldError(
                    field, T["{0} a enregistré une autre version entre-temps. Regardez-la, puis confirmez.", current.EditedBy])])
            : OwnPublications.Missing(http, node);

    public static async Task<IResult> PageAsync<TPage>(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, WorkingCopy copy, ChangeForm form,
            CancellationToken cancellation,
        IReadOnlyList<FieldError>? errors = null)
    {
        Dictionary<string, object?> shown = new()
        {
            [nameof(PublicationPage.Copy)] = copy,
            [nameof(PublicationPage.Delivery)] = (await Delivery.OfAsync(db, [copy], cancellation))[copy.Subject],
            [nameof(PublicationPage.Errors)] = errors ?? [],
            [nameof(PublicationPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(PublicationPage.Form)] = form,
        };
        if (typeof(TPage) == typeof(PublicationPage))
        {
            var named = NamedPeople.IdsIn((PublishedItem)PublicationText.Read(copy.Kind, copy.Data)).OfType<string>().ToList();
            var people = named.Count == 0 ? null : (await NamedPeople.LoadAsync(db, node.Code, cancellation)).In(named);
            shown[nameof(PublicationPage.People)] = people is null ? [] : named.Select(people.GetValueOrDefault).OfType<Person>().ToList();
            shown[nameof(PublicationPage.Agreements)] = await NodeAgreements.ReadAsync(db, cancellation);
            shown[nameof(PublicationPage.Mails)] = (await MailAbout.TroublesAsync(db, [copy.Subject], cancellation))
                .SelectMany(mails => mails).ToList();
            shown[nameof(PublicationPage.IsReviewed)] = await ReviewRule.IsRequiredAsync(db, cancellation);
            shown[nameof(PublicationPage.Draft)] = await DraftView.LoadAsync(db, node.Code, copy, cancellation);
            shown[nameof(PublicationPage.Kit)] = SharingPages.KitOf(http, copy);
            shown[nameof(PublicationPage.Way)] = await WayToHub.ReadAsync(http.RequestServices, node, db, cancellation);
            shown[nameof(PublicationPage.Others)] = copy.State == PublicationState.Published
                ? await OtherNodes.AskAsync(http.RequestServices, node, db, copy.Subject, cancellation) : null;
        }

        return WorkspacePage.Of<TPage>(http, node, copy.Title, shown, errors switch
        {
            { Count: > 0 } => StatusCodes.Status422UnprocessableEntity,
            _ => form.Notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        });
    }
}
