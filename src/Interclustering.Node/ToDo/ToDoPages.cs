using Interclustering.Contracts;
using Interclustering.Node.Radar;
using Interclustering.Node.Recovery;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.ToDo;

/// <summary>« À faire »: the first page of a workspace.</summary>
internal static class ToDoPages
{
    public static void MapToDo(this RouteGroupBuilder group) => group.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national,
        FederationDirectory directory, TimeProvider clock, CancellationToken cancellation)
    {
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var unsaved = await ToDoList.UnsavedAsync(db, http.User, now, cancellation);
        return WorkspacePage.Of<ToDoPage>(http, node, T["À faire"], new()
        {
            [nameof(ToDoPage.Items)] = (IReadOnlyList<ToDoItem>)[
                .. await ToDoList.ReadAsync(db, agenda, directory, node.Code, now, ParisDay.Today(clock), cancellation), .. unsaved],
            [nameof(ToDoPage.Journal)] = await JournalState.ReadAsync(db, cancellation),
        });
    }
}
