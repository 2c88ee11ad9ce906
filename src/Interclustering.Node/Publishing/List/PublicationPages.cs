using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Recovery;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.List;

/// <summary>The list of a cluster's publications, and the page of one, with what became of it.</summary>
internal static class PublicationPages
{
    private const int PageSize = 30;

    public static void MapPublications(this RouteGroupBuilder group)
    {
        group.MapGet("/publications", ListAsync);
        group.MapGet("/publications/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string? kind, string? q, string? etat, int? page,
            CancellationToken cancellation)
    {
        var rows = db.WorkingCopies.AsNoTracking().Where(row => row.Kind != Kinds.Person && row.Kind != Kinds.DateHold);
        rows = string.IsNullOrEmpty(kind) ? rows : rows.Where(row => row.Kind == kind);
        rows = etat switch
        {
            ListedState.Archived => rows.Where(row => row.ArchivedAt != null),
            ListedState.Scheduled => rows.Where(row => row.PublishAt != null && row.State == PublicationState.Draft),
            PublicationState.Draft or PublicationState.Published or PublicationState.Withdrawn =>
                rows.Where(row => row.State == etat && row.ArchivedAt == null),
            _ => rows.Where(row => row.ArchivedAt == null),
        };
        q = SearchText.Cut(q);
        rows = q.Length == 0 ? rows : Titled(rows, q);
        var current = Math.Clamp(page ?? 1, 1, 10_000);
        var found = await rows.OrderByDescending(row => row.EditedAt).ThenBy(row => row.Subject)
            .Skip((current - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellation);
        var shown = found.Take(PageSize).ToList();
        return WorkspacePage.Of<PublicationListPage>(http, node, T["Publications"], new()
        {
            [nameof(PublicationListPage.Copies)] = shown,
            [nameof(PublicationListPage.Deliveries)] = await Delivery.OfAsync(db, shown, cancellation),
            [nameof(PublicationListPage.Journal)] = await JournalState.ReadAsync(db, cancellation),
            [nameof(PublicationListPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(PublicationListPage.Kind)] = kind ?? "",
            [nameof(PublicationListPage.State)] = etat ?? "",
            [nameof(PublicationListPage.Query)] = q,
            [nameof(PublicationListPage.Current)] = current,
            [nameof(PublicationListPage.More)] = found.Count > PageSize,
        });
    }

    private static IQueryable<WorkingCopy> Titled(IQueryable<WorkingCopy> rows, string typed)
    {
        const string Escape = "\\";
        var literal = typed.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        var (pattern, lower) = ($"%{literal}%", $"%{literal.ToLower(Language.French)}%");
        // SQLite ignores the case of a to z only, PostgreSQL's LIKE none but its lower() all.
#pragma warning disable CA1304, CA1311 // SQL's lower() knows no culture.
        return rows.Where(row => EF.Functions.Like(row.Title, pattern, Escape) || EF.Functions.Like(row.Title.ToLower(), lower, Escape));
#pragma warning restore CA1304, CA1311
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { } copy
            ? await OnePublication.PageAsync<PublicationPage>(http, node, db, clock, copy, new(copy.Version), cancellation)
            : OwnPublications.Missing(http, node);
}

/// <summary>What the list can be narrowed to, besides <see cref="PublicationState"/>.</summary>
public static class ListedState
{
    public const string Scheduled = "scheduled";
    public const string Archived = "archived";
    public static IReadOnlyList<string> All { get; } =
        [PublicationState.Draft, Scheduled, PublicationState.Published, PublicationState.Withdrawn, Archived];

    public static string InWords(string state) => state switch
    {
        PublicationState.Draft => T["Brouillons"],
        Scheduled => T["Programmées"],
        PublicationState.Published => T["Publiées"],
        PublicationState.Withdrawn => T["Retirées"],
        _ => T["Archivées"],
    };
}
