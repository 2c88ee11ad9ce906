using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Mail;

/// <summary>« Mes mails »: what a member gets at once, in the digest, or never.</summary>
internal static class OwnMailPages
{
    public const string Path = "/mes-mails";

    /// <summary>A reader sees why they get none.</summary>
    public static void MapOwnMails(this RouteGroupBuilder group)
    {
        group.MapGet(Path, (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            ShowAsync(http, node, db, null, StatusCodes.Status200OK, cancellation));
        group.MapPost(Path, SaveAsync);
    }

    private static async Task<IResult> SaveAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var chosen = MailGroups.OfNews.Append(MailGroups.Digest).ToDictionary(group => group, group => form[group].ToString());
        if (chosen.Any(each => !MailTimes.For(each.Key).Contains(each.Value)))
        {
            return await ShowAsync(http, node, db, T["Choisissez une réponse à chaque ligne. Rien n’a été changé."],
                StatusCodes.Status422UnprocessableEntity, cancellation);
        }

        foreach (var (group, time) in chosen)
        {
            await MailChoices.SetAsync(db, StaffMember.IdOf(http.User), group, time, cancellation);
        }

        return await ShowAsync(http, node, db, T["C’est enregistré."], StatusCodes.Status200OK, cancellation);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, string? notice, int status, CancellationToken cancellation)
    {
        var me = StaffMember.IdOf(http.User);
        return WorkspacePage.Of<OwnMailsPage>(http, node, T["Mes mails"], new()
        {
            [nameof(OwnMailsPage.Chosen)] = await MailChoices.OfAsync(db, me, cancellation),
            [nameof(OwnMailsPage.Troubles)] = (await MailAbout.TroublesAsync(db, [MailAbout.Member(me)], cancellation))
                .SelectMany(mails => mails).ToList(),
            [nameof(OwnMailsPage.Notice)] = notice,
        }, status);
    }
}
