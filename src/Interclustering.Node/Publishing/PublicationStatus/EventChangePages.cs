using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>Reschedules, cancels and restores a published event, on its own page.</summary>
internal static class EventChangePages
{
    public static void MapEventChanges(this RouteGroupBuilder group)
    {
        Map("reporter", (handler, id, cancellation) => handler.RescheduleAsync(id, cancellation));
        Map("annuler", (handler, id, cancellation) => handler.CancelAsync(id, cancellation));
        Map("retablir", (handler, id, cancellation) => handler.RestoreAsync(id, cancellation));

        void Map(string action, Func<EventChangeHandler, string, CancellationToken, Task<IResult>> change)
        {
            // The page's own address, for a reload or a change of language.
            group.MapGet($"/publications/{{id}}/{action}", (NodeInstance node, string id) =>
                Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{Uri.EscapeDataString(id)}")));
            group.MapPost($"/publications/{{id}}/{action}",
                ([AsParameters] EventChangeHandler handler, string id, CancellationToken cancellation) => change(handler, id, cancellation))
                .WithMetadata(new ShowsFormAgain());
        }
    }
}

/// <summary>Carries out one change of an event, or shows its page again with what stands in the way.</summary>
internal sealed record EventChangeHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] TimeProvider Clock)
{
    public Task<IResult> RescheduleAsync(string id, CancellationToken cancellation) =>
        ApplyAsync(id, Rescheduling.Reason, AuditedActions.Rescheduled, (known, form) => Task.FromResult(
            known.Status == EventStatus.Cancelled ? null : Rescheduling.Of(known, form, ParisDay.Today(Clock))), cancellation);

    public Task<IResult> CancelAsync(string id, CancellationToken cancellation) =>
        ApplyAsync(id, Cancelling.Reason, AuditedActions.Cancelled, (known, form) => Task.FromResult(
            known.Status == EventStatus.Cancelled ? null : Cancelling.Of(known, form, ParisDay.Today(Clock))), cancellation);

    public Task<IResult> RestoreAsync(string id, CancellationToken cancellation) =>
        ApplyAsync(id, Restoring.WhichDates, AuditedActions.Restored, async (known, form) => known.Status == EventStatus.Cancelled
            ? Changed.To(Restoring.Whole(known, await BeforeAsync(id, PublicationText.KindOf(known), cancellation)))
            : Restoring.Dates(known, form), cancellation);

    /// <param name="id">Of the publication.</param>
    /// <param name="field">Of the page, for what concerns no other.</param>
    /// <param name="action">One of <see cref="AuditedActions"/>.</param>
    /// <param name="change">Gives null for an event that this can't be done to any more: its page says what it is now.</param>
    /// <param name="cancellation">Of the request.</param>
    private async Task<IResult> ApplyAsync(
        string id, string field, string action, Func<Event, ChangeForm, Task<Changed?>> change, CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(Db, id, cancellation);
        if (copy is not { State: PublicationState.Published } || PublicationText.Read(copy.Kind, copy.Data) is not Event known)
        {
            return OwnPublications.Missing(Http, Node);
        }

        if (EventDates.ToCome(copy, ParisDay.Today(Clock)) is null)
        {
            // Its page offers none of this.
            return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{id}"));
        }

        var form = await ChangeForm.ReadAsync(Http, cancellation);
        Task<IResult> AgainAsync(IReadOnlyList<FieldError> errors) =>
            OnePublication.PageAsync<PublicationPage>(Http, Node, Db, Clock, copy, form, cancellation, errors);
        if (form.Notice is not null)
        {
            return await AgainAsync([]);
        }

        var page = Language.To($"/espace/{Node.Code}/publications/{id}");
        if (await change(known, form) is not { } changed)
        {
            return Results.LocalRedirect(page);
        }

        if (changed.Event is not { } now)
        {
            return await AgainAsync(changed.Errors);
        }

        try
        {
            if (await ReviewRule.IsRequiredAsync(Db, cancellation))
            {
                return await KeptForReview.KeepAsync(Http, Node, Db, copy, now, form.Version, cancellation)
                    ? Results.LocalRedirect(page + "#relecture")
                    : await AgainAsync([new FieldError(
                        field, T["Un brouillon d’une modification attend déjà : publiez-le ou abandonnez-le d’abord."])]);
            }

            await Editor.PublishManyAsync([(id, now)], Http.User.Identity?.Name ?? "", form.Version, cancellation);
            await Http.NoteAsync(Db, action, known.Title, cancellation);
            return Results.LocalRedirect(page);
        }
        catch (ContentRefusedException refused)
        {
            return await AgainAsync([.. refused.Problems.Select(problem => new FieldError(field, ContentWords.InWords(problem)))]);
        }
        catch (EntryTooLargeException)
        {
            return await AgainAsync([new FieldError(
                field, T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])]);
        }
        catch (EditedMeanwhileException)
        {
            return await OnePublication.EditedMeanwhileAsync<PublicationPage>(Http, Node, Db, Clock, id, form, field, cancellation);
        }
    }

    /// <summary>As it was when it was last not cancelled; null where its history does not go back so far.</summary>
    private async Task<Event?> BeforeAsync(string id, string kind, CancellationToken cancellation)
    {
        await foreach (var edit in Db.Edits.AsNoTracking().Where(edit => edit.Subject == id).OrderByDescending(edit => edit.Version)
            .Select(edit => edit.Data).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (PublicationText.Read(kind, edit) is Event { Status: not EventStatus.Cancelled } before)
            {
                return before;
            }
        }

        return null;
    }
}
