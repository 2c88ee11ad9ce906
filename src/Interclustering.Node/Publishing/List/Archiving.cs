using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.List;

/// <summary>Puts a publication away from the workspace's everyday lists, and takes it back. Nothing changes on the national site.</summary>
internal static class Archiving
{
    public static void MapArchiving(this RouteGroupBuilder group)
    {
        group.MapPost("/publications/{id}/archiver",
            (HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
            SetAsync(http, node, db, id, http.Now(), cancellation));
        group.MapPost("/publications/{id}/desarchiver",
            (HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
            SetAsync(http, node, db, id, at: null, cancellation));
    }

    /// <param name="db">Of the cluster.</param>
    /// <param name="id">Of the publication.</param>
    /// <param name="at">UTC; null takes it back.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static Task SetAsync(NodeContext db, string id, DateTime? at, CancellationToken cancellation) =>
        db.WorkingCopies.Where(row => row.Subject == id)
            .ExecuteUpdateAsync(row => row.SetProperty(copy => copy.ArchivedAt, at), cancellation);

    private static async Task<IResult> SetAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, DateTime? at, CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(db, id, cancellation) is not { } archived)
        {
            return OwnPublications.Missing(http, node);
        }

        await SetAsync(db, id, at, cancellation);
        await http.NoteAsync(db, at is null ? AuditedActions.Unarchived : AuditedActions.Archived, archived.Title, cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{id}"));
    }
}
