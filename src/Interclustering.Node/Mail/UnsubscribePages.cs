using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>
/// Turns one kind of mail off for one member, as RFC 8058 has it: by a POST that a mail program sends, without cookie, sign-in, or a page
/// of ours before it. Opening the address changes nothing, as programs that look through mails open it too.
/// </summary>
internal static class UnsubscribePages
{
    /// <param name="group">Of the cluster, without the guard of our own forms.</param>
    public static void MapUnsubscribing(this RouteGroupBuilder group)
    {
        const string Address = UnsubscribeLinks.Path + "/{token}";
        group.MapGet(Address, (HttpContext http, NodeInstance node, NodeContext db, UnsubscribeLinks links, string token,
            CancellationToken cancellation) => AnswerAsync(http, node, db, links, token, isAsked: false, cancellation));
        group.MapPost(Address, (HttpContext http, NodeInstance node, NodeContext db, UnsubscribeLinks links, string token,
            CancellationToken cancellation) => AnswerAsync(http, node, db, links, token, isAsked: true, cancellation)).DisableAntiforgery();
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, NodeInstance node, NodeContext db, UnsubscribeLinks links,
        string token, bool isAsked, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (links.Read(node, token) is not var (group, member)
            || !await db.Users.AnyAsync(user => user.Id == member, cancellation))
        {
            return WorkspacePage.OfStranger<UnsubscribePage>(http, node, T["Ce lien ne sert plus"], new(), StatusCodes.Status404NotFound);
        }

        var isWhole = isAsked && http.Request.HasFormContentType
            && (await http.Request.ReadFormAsync(cancellation))[OneClick.Field] == OneClick.Value;
        if (isWhole)
        {
            await MailChoices.SetAsync(db, member, group, MailTimes.Never, cancellation);
        }

        var isOff = (await MailChoices.OfAsync(db, member, cancellation))[group] == MailTimes.Never;
        return WorkspacePage.OfStranger<UnsubscribePage>(
            http, node, isOff ? T["C’est arrêté"] : T["Ne plus recevoir ces mails ?"],
            new() { [nameof(UnsubscribePage.Group)] = group, [nameof(UnsubscribePage.IsOff)] = isOff },
            isAsked && !isWhole ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
