using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Audit;

/// <summary>« Journal des actions »: who did what, for a year.</summary>
internal static class AuditPages
{
    private const int PageSize = 50;

    public static void MapAudit(this RouteGroupBuilder group) =>
        group.MapGet("/journal-des-actions", ShowAsync).WithMetadata(new NeedsRole(StaffRoles.Administrator));

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, int? page, CancellationToken cancellation)
    {
        var current = Math.Clamp(page ?? 1, 1, 10_000);
        var rows = await db.Audit.AsNoTracking().OrderByDescending(row => row.Id).Skip((current - 1) * PageSize).Take(PageSize + 1)
            .ToListAsync(cancellation);
        return WorkspacePage.Of<AuditPage>(http, node, T["Journal des actions"], new()
        {
            [nameof(AuditPage.Rows)] = rows.Take(PageSize).ToList(),
            [nameof(AuditPage.Names)] = await db.Users.ToDictionaryAsync(member => member.Id, member => member.Name, cancellation),
            [nameof(AuditPage.Now)] = http.Now(),
            [nameof(AuditPage.Current)] = current,
            [nameof(AuditPage.More)] = rows.Count > PageSize,
        });
    }
}
