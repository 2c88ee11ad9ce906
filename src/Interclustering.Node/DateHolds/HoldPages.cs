using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.DateHolds;

/// <summary>« Options sur une date »: kept for teams, by all clusters, until they expire.</summary>
internal static class HoldPages
{
    public static void MapHolds(this RouteGroupBuilder group)
    {
        group.MapGet("/options", (HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national, TimeProvider clock,
            string? date, CancellationToken cancellation) =>
            PageAsync(http, node, db, national, clock, HoldForm.Empty(date ?? ""), [], null, cancellation));
        group.MapPost("/options", PlaceAsync).WithMetadata(new ShowsFormAgain());
        group.MapPost("/options/{id}/prolonger",
            (NodeInstance node, NodeContext db, PublicationEditor editor, HttpContext http, string id, CancellationToken cancellation) =>
            ChangeAsync(http, node, db, id, own =>
                own.MayProlong ? ProlongAsync(http, db, editor, own, cancellation) : Task.CompletedTask, cancellation));
        group.MapPost("/options/{id}/liberer",
            (NodeInstance node, NodeContext db, PublicationEditor editor, HttpContext http, string id, CancellationToken cancellation) =>
            ChangeAsync(http, node, db, id, own =>
                editor.WithdrawAsync(own.Copy.Subject, reason: null, http.User.Identity?.Name ?? "", cancellation), cancellation));
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, NationalAgenda national, TimeProvider clock,
            CancellationToken cancellation)
    {
        var form = HoldForm.Read(await http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(http) is { } stale)
        {
            return await PageAsync(http, node, db, national, clock, form, [], stale.Notice, cancellation);
        }

        // A free day of the radar, or the question who has what: nothing is placed yet.
        if (http.Request.Form["slot"].ToString() is { Length: > 0 } slot)
        {
            return await PageAsync(http, node, db, national, clock, form with { Date = InputText.Clean(slot), Until = "" }, [], null,
                cancellation);
        }

        if (http.Request.Form["do"] == "radar")
        {
            return await PageAsync(http, node, db, national, clock, form, [], null, cancellation);
        }

        var (hold, errors) = form.ToHold(ParisDay.Today(clock));
        if (hold is null)
        {
            return await PageAsync(http, node, db, national, clock, form, errors, null, cancellation);
        }

        var saved = await editor.PublishAsync(null, hold, http.User.Identity?.Name ?? "", cancellation);
        await Holds.GiveToAsync(db, saved.Subject, StaffMember.IdOf(http.User), cancellation);
        await http.NoteAsync(db, AuditedActions.HoldPlaced, hold.Title, cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/options#{saved.Subject}"));
    }

    private static async Task ProlongAsync(
        HttpContext http, NodeContext db, PublicationEditor editor, OwnHold own, CancellationToken cancellation)
    {
        await Holds.ProlongAsync(editor, own, http.User.Identity?.Name ?? "", cancellation);
        await Holds.GiveToAsync(db, own.Copy.Subject, StaffMember.IdOf(http.User), cancellation);
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, Func<OwnHold, Task> change, CancellationToken cancellation)
    {
        // A hold that is gone already is what was asked for, or expired meanwhile: the list says which there are.
        if (await Holds.FindAsync(db, id, cancellation) is { } own)
        {
            await change(own);
            await http.NoteAsync(db, AuditedActions.HoldChanged, own.Copy.Title, cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/options"));
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national, TimeProvider clock, HoldForm form,
            IReadOnlyList<FieldError> errors, string? notice,
        CancellationToken cancellation)
    {
        var today = ParisDay.Today(clock);
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        return WorkspacePage.Of<HoldsPage>(
            http, node, T["Options sur une date"],
            new()
            {
                [nameof(HoldsPage.Own)] = await Holds.OwnAsync(db, agenda, node.Code, today, cancellation),
                [nameof(HoldsPage.Others)] = agenda.Engagements.Where(each => each.Firmness != Firmness.Published && !each.IsOf(node.Code)
                    && each.Time.LastDay >= today && !(each.ExpiresOn < today)).ToList(),
                [nameof(HoldsPage.Joint)] = agenda.Engagements.Where(each => each.IsJoint && each.Firmness != Firmness.Published
                    && each.IsOf(node.Code) && each.Time.LastDay >= today).ToList(),
                [nameof(HoldsPage.Form)] = form,
                [nameof(HoldsPage.Errors)] = errors,
                [nameof(HoldsPage.Notice)] = notice,
                [nameof(HoldsPage.Plan)] = RadarPages.PlanOf(form.Date, form.Themes, [], node.Cluster.Insee, online: false, self: null),
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : notice is null
                ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
