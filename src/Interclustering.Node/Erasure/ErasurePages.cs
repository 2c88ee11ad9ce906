using Interclustering.Contracts;
using Interclustering.Node.Audit;
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
            [nameof(PeoplePage.People)] = await db.WorkingCopies.AsNoTracking()
                .Where(row => row.Kind == Kinds.Person && row.State != PublicationState.Withdrawn).OrderBy(row => row.Title)
                    .ToListAsync(cancellation),
        });

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
        await db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id, cancellation) is { } copy
            ? WorkspacePage.Of<ErasePage>(http, node, T["Effacer définitivement ?"], new() { [nameof(ErasePage.Copy)] = copy })
            : OwnPublications.Missing(http, node);

    private static async Task<IResult> EraseAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, string id, CancellationToken cancellation)
    {
        var person = await db.WorkingCopies.AnyAsync(row => row.Subject == id && row.Kind == Kinds.Person, cancellation);
        if (!await editor.EraseAsync(id, cancellation))
        {
            return OwnPublications.Missing(http, node);
        }

        await http.NoteAsync(db, AuditedActions.Erased, "", cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{(person ? "/personnes" : "")}"));
    }
}
