using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Publishing.Ending;

/// <summary>Takes a publication off the national site, or discards a draft, after asking.</summary>
internal static class Withdrawing
{
    private const string Reason = "reason";

    public static void MapWithdrawing(this RouteGroupBuilder group)
    {
        group.MapGet("/publications/{id}/retirer", ConfirmAsync).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost("/publications/{id}/retirer", WithdrawAsync).WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } copy
            ? await OnePublication.PageAsync<WithdrawPage>(http, node, db, clock, copy, new(copy.Version), cancellation)
            : OwnPublications.Missing(http, node);

    private static async Task<IResult> WithdrawAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, TimeProvider clock, string id,
            CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(db, id, cancellation) is not { } copy)
        {
            return OwnPublications.Missing(http, node);
        }

        var form = await ChangeForm.ReadAsync(http, cancellation);
        if (form.Notice is not null || form.ErrorsAt(Reason).Count > 0)
        {
            return await OnePublication.PageAsync<WithdrawPage>(http, node, db, clock, copy, form, cancellation, form.ErrorsAt(Reason));
        }

        try
        {
            await editor.WithdrawAsync(id, form.ReasonOrNull, http.User.Identity?.Name ?? "", form.Version, cancellation);
            await http.NoteAsync(db, AuditedActions.Withdrawn, copy.Title, cancellation);
            return Results.LocalRedirect(Language.To($"/espace/{node.Code}"));
        }
        catch (EditedMeanwhileException)
        {
            return await OnePublication.EditedMeanwhileAsync<WithdrawPage>(http, node, db, clock, id, form, Reason, cancellation);
        }
    }
}
