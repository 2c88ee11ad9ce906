using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Recovery;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.List;

/// <summary>The list of a cluster's publications, and the page of one, with what became of it.</summary>
internal static class PublicationPages
{
    public const int PageSize = 30;

    public static void MapPublications(this RouteGroupBuilder group)
    {
        group.MapGet("/publications", ListAsync);
        group.MapSeveral();
        group.MapGet("/publications/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationIndex index, TimeProvider clock, string? vue, string? kind,
            string? etat, string? theme, string? q, int? page, CancellationToken cancellation)
    {
        var filter = ListFilter.Of(vue, kind, etat, theme, q);
        var fitting = (await index.ReadAsync(db, node.Code, ParisDay.Today(clock), cancellation)).Where(filter.Fits).ToList();
        var found = ListFilter.Of(filter.Tab, fitting).ToList();
        var current = Math.Clamp(page ?? 1, 1, 10_000);
        var subjects = found.Skip((current - 1) * PageSize).Take(PageSize).Select(row => row.Subject).ToList();
        var copies = (await db.WorkingCopies.AsNoTracking().Where(row => subjects.Contains(row.Subject)).ToListAsync(cancellation))
            .OrderBy(row => subjects.IndexOf(row.Subject)).ToList();
        return WorkspacePage.Of<PublicationListPage>(http, node, T["Publications"], new()
        {
            [nameof(PublicationListPage.Copies)] = copies,
            [nameof(PublicationListPage.Days)] = found.ToDictionary(row => row.Subject, row => row.Text.NextDay ?? row.Text.LastDay),
            [nameof(PublicationListPage.Counts)] = ListTab.All.ToDictionary(tab => tab, tab => ListFilter.Of(tab, fitting).Count()),
            [nameof(PublicationListPage.Deliveries)] = await Delivery.OfAsync(db, copies, cancellation),
            [nameof(PublicationListPage.Drafts)] = await ListedDraft.ReadAsync(db, subjects, clock.GetUtcNow().UtcDateTime, cancellation),
            [nameof(PublicationListPage.Journal)] = await JournalState.ReadAsync(db, cancellation),
            [nameof(PublicationListPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(PublicationListPage.Filter)] = filter,
            [nameof(PublicationListPage.Current)] = current,
            [nameof(PublicationListPage.More)] = found.Count > current * PageSize,
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } copy
            ? await OnePublication.PageAsync<PublicationPage>(http, node, db, clock, copy, new(copy.Version), cancellation)
            : OwnPublications.Missing(http, node);
}
