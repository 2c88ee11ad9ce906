using Interclustering.Contracts;
using Interclustering.Node.Authoring;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publications;

/// <summary>The list of a cluster's publications, and the page of one, with what became of it.</summary>
internal static class PublicationPages
{
    private const int PageSize = 30;

    public static void MapPublications(this RouteGroupBuilder group)
    {
        group.MapGet("/", ListAsync);
        group.MapGet("/publications/{id}", ShowAsync);
        group.MapGet("/publications/{id}/retirer", ConfirmAsync);
        group.MapPost("/publications/{id}/retirer", WithdrawAsync);
        group.MapPost("/publications/{id}/annuler", CancelAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string? kind, string? q, int? page, CancellationToken cancellation)
    {
        var rows = db.WorkingCopies.AsNoTracking().Where(row => row.Kind != Kinds.Person);
        rows = string.IsNullOrEmpty(kind) ? rows : rows.Where(row => row.Kind == kind);
        rows = string.IsNullOrWhiteSpace(q) ? rows : rows.Where(row => EF.Functions.Like(row.Title, $"%{q.Trim()}%"));
        var current = Math.Clamp(page ?? 1, 1, 10_000);
        var found = await rows.OrderByDescending(row => row.EditedAt).ThenBy(row => row.Subject)
            .Skip((current - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellation);
        var shown = found.Take(PageSize).ToList();
        return WorkspacePage.Of<PublicationListPage>(http, node, "Publications", new()
        {
            [nameof(PublicationListPage.Copies)] = shown,
            [nameof(PublicationListPage.Deliveries)] = await Delivery.OfAsync(db, shown, cancellation),
            [nameof(PublicationListPage.Now)] = clock.GetUtcNow().UtcDateTime,
            [nameof(PublicationListPage.Kind)] = kind ?? "",
            [nameof(PublicationListPage.Query)] = q ?? "",
            [nameof(PublicationListPage.Current)] = current,
            [nameof(PublicationListPage.More)] = found.Count > PageSize,
        });
    }

    private static Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation) =>
        PageAsync<PublicationPage>(http, node, db, clock, id, cancellation);

    private static Task<IResult> ConfirmAsync(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation) =>
        PageAsync<WithdrawPage>(http, node, db, clock, id, cancellation);

    private static async Task<IResult> PageAsync<TPage>(
        HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, string id, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind != Kinds.Person, cancellation);
        return copy is null ? Results.NotFound() : WorkspacePage.Of<TPage>(http, node, copy.Title, new()
        {
            ["Copy"] = copy,
            ["Delivery"] = (await Delivery.OfAsync(db, [copy], cancellation))[id],
            ["Now"] = clock.GetUtcNow().UtcDateTime,
        });
    }

    private static async Task<IResult> WithdrawAsync(
        HttpContext http, NodeInstance node, NodeContext db, Editor editor, string id, CancellationToken cancellation)
    {
        if (!await db.WorkingCopies.AnyAsync(row => row.Subject == id && row.Kind != Kinds.Person, cancellation))
        {
            return Results.NotFound();
        }

        var reason = ItemForm.Clean((await http.Request.ReadFormAsync(cancellation))["reason"].ToString()).Trim();
        await editor.WithdrawAsync(id, reason.Length is 0 or > 500 ? null : reason, http.User.Identity?.Name ?? "", cancellation);
        return Results.LocalRedirect($"{http.Request.PathBase}/espace/{node.Code}");
    }

    private static async Task<IResult> CancelAsync(
        HttpContext http, NodeInstance node, NodeContext db, Editor editor, string id, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id, cancellation);
        if (copy is not { State: PublicationState.Published } || PublicationText.Read(copy.Kind, copy.Data) is not Event known)
        {
            return Results.NotFound();
        }

        var reason = ItemForm.Clean((await http.Request.ReadFormAsync(cancellation))["reason"].ToString()).Trim();
        var cancelled = known with { Status = EventStatus.Cancelled, StatusReason = reason.Length is 0 or > 500 ? known.StatusReason : reason };
        await editor.PublishAsync(id, cancelled, http.User.Identity?.Name ?? "", cancellation);
        return Results.LocalRedirect($"{http.Request.PathBase}/espace/{node.Code}/publications/{id}");
    }
}
