using Interclustering.Node.Authoring;
using Interclustering.Node.Publications;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.History;

/// <summary>« Historique » : every version of a publication, who wrote it and when, and what it changed.</summary>
internal static class HistoryPages
{
    private const int PageSize = 20;

    public static void MapHistory(this RouteGroupBuilder group) => group.MapGet("/publications/{id}/historique", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, NodeContext db, string id, long? before, CancellationToken cancellation)
    {
        if (await OnePublication.FindAsync(db, id, cancellation) is not { } copy)
        {
            return OnePublication.Missing(http, node);
        }

        var edits = await db.Edits.AsNoTracking().Where(row => row.Subject == id && (before == null || row.Version < before)).OrderByDescending(row => row.Version).Take(PageSize + 1).ToListAsync(cancellation);
        var people = await NamedPeople.LoadAsync(db, node.Code, cancellation);
        var texts = edits.Select(edit => TextFields.Of(ItemForm.Of(new WorkingCopy { Subject = id, Kind = copy.Kind, State = edit.State, Title = "", Data = edit.Data }, people.LineOf))).ToList();
        var versions = edits.Take(PageSize).Select((edit, index) => new ShownVersion(
            edit, index + 1 < edits.Count ? edits[index + 1] : null, index + 1 < texts.Count ? Differences.Between(texts[index + 1], texts[index]) : [])).ToList();
        return WorkspacePage.Of<HistoryPage>(http, node, T["Historique"], new()
        {
            [nameof(HistoryPage.Copy)] = copy,
            [nameof(HistoryPage.Versions)] = versions,
            [nameof(HistoryPage.More)] = edits.Count > PageSize,
            [nameof(HistoryPage.Now)] = http.Now(),
        });
    }
}

/// <summary>A version, the one before it, and what it changed; the first known one changed nothing that is known.</summary>
public sealed record ShownVersion(EditRow Edit, EditRow? Before, IReadOnlyList<Difference> Differences);
