using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Revisions;

/// <summary>« Historique » : every version of a publication, who wrote it and when, and what it changed.</summary>
internal static class RevisionPages
{
    private const int PageSize = 20;

    public static void MapRevisions(this RouteGroupBuilder group) => group.MapGet("/publications/{id}/historique", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, long? before, CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(db, id, cancellation) is not { } copy)
        {
            return OwnPublications.Missing(http, node);
        }

        var edits = await db.Edits.AsNoTracking().Where(row => row.Subject == id && (before == null || row.Version < before))
            .OrderByDescending(row => row.Version).Take(PageSize + 1).ToListAsync(cancellation);
        var people = await NamedPeople.LoadAsync(db, node.Code, cancellation);
        var texts = edits.Select(edit =>
            TextFields.Of(
            FormFilling.Of(new WorkingCopy { Subject = id, Kind = copy.Kind, State = edit.State, Title = "", Data = edit.Data },
            people.LineOf))).ToList();
        var versions = edits.Take(PageSize).Select((edit, index) => new ShownVersion(
            edit, index + 1 < edits.Count ? edits[index + 1] : null, index + 1 < texts.Count
                ? Differences.Between(texts[index + 1], texts[index]) : [])).ToList();
        return WorkspacePage.Of<RevisionsPage>(http, node, T["Historique"], new()
        {
            [nameof(RevisionsPage.Copy)] = copy,
            [nameof(RevisionsPage.Versions)] = versions,
            [nameof(RevisionsPage.More)] = edits.Count > PageSize,
            [nameof(RevisionsPage.Now)] = http.Now(),
        });
    }
}

/// <summary>A version, the one before it, and what it changed; the first known one changed nothing that is known.</summary>
public sealed record ShownVersion(EditRow Edit, EditRow? Before, IReadOnlyList<Difference> Differences);
