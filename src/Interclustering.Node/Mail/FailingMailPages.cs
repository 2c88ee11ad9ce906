using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>« Mails non partis »: every mail of the workspace that was tried in vain, and why, for its administrators.</summary>
internal static class FailingMailPages
{
    public const string Path = "/mails-non-partis";
    private const int Most = 200;

    public static void MapFailingMails(this RouteGroupBuilder group) =>
        group.MapGet(Path, ShowAsync).WithMetadata(new NeedsRole(StaffRoles.Administrator));

    /// <summary>How many there are.</summary>
    public static Task<int> CountAsync(NodeContext db, DateTime now, CancellationToken cancellation) =>
        db.Mails.Where(MailRow.IsFailing(now)).CountAsync(cancellation);

    private static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
        WorkspacePage.Of<FailingMailsPage>(http, node, T["Mails non partis"], new()
        {
            [nameof(FailingMailsPage.Mails)] = await db.Mails.AsNoTracking().Where(MailRow.IsFailing(http.Now()))
                .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(Most).ToListAsync(cancellation),
            [nameof(FailingMailsPage.Now)] = http.Now(),
        });
}
