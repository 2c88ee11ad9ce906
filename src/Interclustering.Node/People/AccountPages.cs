using Interclustering.Node.Audit;
using Interclustering.Node.Publications;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.People;

/// <summary>« Mon compte »: her own name and password.</summary>
internal static class AccountPages
{
    public static void MapAccount(this RouteGroupBuilder group)
    {
        var anybody = new NeedsRole(StaffRoles.Reader);
        group.MapGet("/compte", (HttpContext http, NodeInstance node, UserManager<StaffMember> people) => ShowAsync(http, node, people, []));
        group.MapPost("/compte/nom", RenameAsync).WithMetadata(anybody);
        group.MapPost("/compte/mot-de-passe", ChangePasswordAsync).WithMetadata(anybody);
    }

    private static async Task<StaffMember> MeAsync(HttpContext http, NodeContext db, CancellationToken cancellation) => (await db.Users.FindAsync([AuditTrail.IdOf(http.User)], cancellation))!;

    private static async Task<IResult> RenameAsync(HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, CancellationToken cancellation)
    {
        var me = await MeAsync(http, db, cancellation);
        var name = ItemForm.Clean((await http.Request.ReadFormAsync(cancellation))["name"].ToString()).Trim();
        if (name.Length is 0 or > 100)
        {
            return await ShowAsync(http, node, people, [new("name", T["Donnez votre nom, de 100 caractères au plus."])]);
        }

        me.Name = name;
        db.Note(me.Id, AuditedActions.NameChanged, "", http.Now());
        await db.SaveChangesAsync(cancellation);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(me, node));
        return await ShowAsync(http, node, people, [], T["Votre nom est changé. Ce que vous aviez publié garde l’ancien."]);
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, NodeInstance node, NodeContext db, UserManager<StaffMember> people, SignInRate rate, CancellationToken cancellation)
    {
        var me = await MeAsync(http, db, cancellation);
        var form = await http.Request.ReadFormAsync(cancellation);
        var (current, chosen) = (form["current"].ToString(), form["password"].ToString());
        var hasher = http.RequestServices.GetRequiredService<IPasswordHasher<StaffMember>>();
        FieldError? wrong = !rate.Allows(http) ? new("current", T["Trop d’essais depuis ici : attendez quelques minutes."])
            : hasher.VerifyHashedPassword(me, me.PasswordHash ?? "", current) == PasswordVerificationResult.Failed ? new("current", T["Ce n’est pas votre mot de passe actuel."])
            : PasswordRules.Refuse(chosen, [me.Name, me.Email ?? "", node.Cluster.Name]) is { } refusal ? new("password", refusal)
            : null;
        if (wrong is not null)
        {
            return await ShowAsync(http, node, people, [wrong]);
        }

        StaffAccounts.SetPassword(me, chosen);
        db.Note(me.Id, AuditedActions.PasswordChanged, "", http.Now());
        await db.SaveChangesAsync(cancellation);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(me, node));
        return await ShowAsync(http, node, people, [], T["Votre mot de passe est changé. Ailleurs, vous êtes déconnecté(e)."]);
    }

    public static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, UserManager<StaffMember> people, IReadOnlyList<FieldError> errors, string? notice = null)
    {
        var me = (await people.FindByIdAsync(AuditTrail.IdOf(http.User)))!;
        return WorkspacePage.Of<AccountPage>(http, node, T["Mon compte"], new()
        {
            [nameof(AccountPage.Me)] = me,
            [nameof(AccountPage.Passkeys)] = await people.GetPasskeysAsync(me),
            [nameof(AccountPage.Errors)] = errors,
            [nameof(AccountPage.Notice)] = notice,
            [nameof(AccountPage.Now)] = http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
