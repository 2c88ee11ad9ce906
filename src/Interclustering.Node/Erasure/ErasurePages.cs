using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Erasure;

/// <summary>
/// « Effacer définitivement » : a publication, or a person who asks for it, everywhere; and the list of the persons named.
/// </summary>
internal static class ErasurePages
{
    public static void MapErasure(this RouteGroupBuilder group)
    {
        group.MapGet("/personnes", ListAsync);
        foreach (var place in (string[])["/publications", "/personnes"])
        {
            group.MapGet(place + "/{id}/effacer", ConfirmAsync).WithMetadata(new NeedsRole(StaffRoles.Administrator));
            group.MapPost(place + "/{id}/effacer", EraseAsync).WithMetadata(new NeedsRole(StaffRoles.Administrator));
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
        WorkspacePage.Of<PeoplePage>(http, node, T["Personnes"], new()
        {
            [nameof(PeoplePage.People)] = await SamePerson.AllAsync(db, cancellation),
        });

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
        await FindAsync(db, id, cancellation) is { Copy: { } copy } found
            ? Ask(http, node, copy, found.Records, []) : OwnPublications.Missing(http, node);

    private static IResult Ask(
        HttpContext http, NodeInstance node, WorkingCopy copy, IReadOnlyList<WorkingCopy> records, IReadOnlyList<FieldError> errors) =>
        WorkspacePage.Of<ErasePage>(http, node, T["Effacer définitivement ?"], new()
        {
            [nameof(ErasePage.Copy)] = copy,
            [nameof(ErasePage.Records)] = records,
            [nameof(ErasePage.Errors)] = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<(WorkingCopy? Copy, IReadOnlyList<WorkingCopy> Records)> FindAsync(
        NodeContext db, string id, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id, cancellation);
        return (copy, copy is null ? [] : copy.Kind == Kinds.Person ? await SamePerson.OfAsync(db, copy, cancellation) : [copy]);
    }

    private static async Task<IResult> EraseAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, string id, CancellationToken cancellation)
    {
        var (copy, records) = await FindAsync(db, id, cancellation);
        var ticked = (await http.Request.ReadFormAsync(cancellation))["record"];
        IReadOnlyList<string> chosen = records.Count > 1
            ? [.. records.Select(record => record.Subject).Where(record => ticked.Contains(record))] : [id];
        if (copy is not null && chosen.Count == 0)
        {
            return Ask(http, node, copy, records, [new FieldError("record", T["Cochez au moins une fonction."])]);
        }

        foreach (var record in chosen)
        {
            if (!await editor.EraseAsync(record, cancellation))
            {
                return OwnPublications.Missing(http, node);
            }

            await http.NoteAsync(db, AuditedActions.Erased, "", cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{(copy?.Kind == Kinds.Person ? "/personnes" : "")}"));
    }
}
