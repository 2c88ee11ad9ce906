using Interclustering.Federation.Operations;
using Interclustering.Node.Audit;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Recovery;

/// <summary>
/// « Reprise » : continues the cluster's journal after a backup was restored, two servers wrote in its name, or its database was lost.
/// </summary>
internal static class RecoveryPages
{
    public static void MapRecovery(this RouteGroupBuilder group)
    {
        group.MapGet("/reprise", ShowAsync);
        group.MapPost("/reprise", RecoverAsync).WithMetadata(new NeedsRole(StaffRoles.Administrator));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, CancellationToken cancellation) =>
        WorkspacePage.Of<RecoverPage>(http, node, T["Reprise du journal"], new()
        {
            [nameof(RecoverPage.State)] = await JournalState.ReadAsync(db, cancellation),
            [nameof(RecoverPage.Now)] = clock.GetUtcNow().UtcDateTime,
        });

    private static async Task<IResult> RecoverAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, CancellationToken cancellation)
    {
        await OperationRow.RequestAsync(db, OperationRow.Recover, from: null, clock, cancellation);
        await http.NoteAsync(db, AuditedActions.Recovered, "", cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/reprise"));
    }
}
