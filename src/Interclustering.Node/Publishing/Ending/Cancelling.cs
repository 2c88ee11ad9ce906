using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Publishing.Ending;

/// <summary>Cancels an event: it stays visible, marked, so that subscribers' calendars learn of it.</summary>
internal static class Cancelling
{
    public static void MapCancelling(this RouteGroupBuilder group)
    {
        // The page's own address, for a reload or a change of language.
        group.MapGet("/publications/{id}/annuler", (NodeInstance node, string id) =>
            Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{Uri.EscapeDataString(id)}")));
        group.MapPost("/publications/{id}/annuler", CancelAsync).WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> CancelAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, TimeProvider clock, string id,
            CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(db, id, cancellation);
        if (copy is not { State: PublicationState.Published } || PublicationText.Read(copy.Kind, copy.Data) is not Event known)
        {
            return OwnPublications.Missing(http, node);
        }

        var form = await ReasonForm.ReadAsync(http, cancellation);
        if (form.Notice is not null || form.Errors.Count > 0)
        {
            return await OnePublication.PageAsync<PublicationPage>(http, node, db, clock, copy, form, cancellation, form.Errors);
        }

        try
        {
            var cancelled = known with { Status = EventStatus.Cancelled, StatusReason = form.TextOrNull ?? known.StatusReason };
            await editor.PublishManyAsync([(id, cancelled)], http.User.Identity?.Name ?? "", form.Version, cancellation);
            await http.NoteAsync(db, AuditedActions.Cancelled, known.Title, cancellation);
            return Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{id}"));
        }
        catch (ContentRefusedException refused)
        {
            return await OnePublication.PageAsync<PublicationPage>(http, node, db, clock, copy, form, cancellation,
                [.. refused.Problems.Select(problem => new FieldError("reason", ContentWords.InWords(problem)))]);
        }
        catch (EntryTooLargeException)
        {
            return await OnePublication.PageAsync<PublicationPage>(http, node, db, clock, copy, form, cancellation,
                [new FieldError(
                    "reason", T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])]);
        }
        catch (EditedMeanwhileException)
        {
            return await OnePublication.EditedMeanwhileAsync<PublicationPage>(http, node, db, clock, id, form, cancellation);
        }
    }
}
