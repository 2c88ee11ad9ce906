using Interclustering.Accounts;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Team;

/// <summary>The ways in by a link: an invitation, and a forgotten password.</summary>
internal static class EnteringPages
{
    public static void MapEntering(this RouteGroupBuilder group)
    {
        foreach (
            var (path, purpose) in new[] { ("/invitation/{secret}", AccessLink.Invitation), ("/mot-de-passe/{secret}", AccessLink.Reset) })
        {
            group.MapGet(path, async (HttpContext http, NodeInstance node, NodeContext db, string secret, CancellationToken cancellation) =>
                await AccessLink.FindAsync(db, purpose, secret, http.Now(), cancellation) is { } link
                    ? await PageAsync(http, node, db, link, link.Name, [], cancellation) : Expired(http, node));
            group.MapPost(path, (HttpContext http, NodeInstance node, NodeContext db, Realm<StaffMember> realm, string secret,
                CancellationToken cancellation) => ChooseAsync(http, node, db, realm, purpose, secret, cancellation));
        }
    }

    private static async Task<IResult> ChooseAsync(
        HttpContext http, NodeInstance node, NodeContext db, Realm<StaffMember> realm, string purpose, string secret,
            CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var (name, password) = (InputText.Clean(form["name"].ToString()).Trim(), form["password"].ToString());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await AccessLink.FindAsync(db, purpose, secret, http.Now(), cancellation) is not { } link)
        {
            return Expired(http, node);
        }

        name = purpose == AccessLink.Invitation ? name : link.Name;
        var errors = new List<FieldError>();
        if (name.Length is 0 or > 100)
        {
            errors.Add(new("name", T["Donnez votre nom, de 100 caractères au plus."]));
        }

        if (PasswordRules.Refuse(password, [name, link.Email, node.Cluster.Name]) is { } refusal)
        {
            errors.Add(new("password", refusal));
        }

        if (errors.Count > 0)
        {
            return await PageAsync(http, node, db, link, name, errors, cancellation);
        }

        // Used first, and under its own condition: of two at the same moment one gets in.
        var now = http.Now();
        if (await db.AccessLinks.Where(row => row.Id == link.Id && row.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.UsedAt, now), cancellation) != 1)
        {
            return Expired(http, node);
        }

        var normalized = link.Email.ToUpperInvariant();
        var member = await db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellation);
        if (member is null && purpose == AccessLink.Reset)
        {
            return Expired(http, node);
        }

        member ??= db.Add(new StaffMember
        {
            UserName = link.Email,
            NormalizedUserName = normalized,
            Email = link.Email,
            NormalizedEmail = normalized,
            Name = name,
            Role = link.Role,
            LockoutEnabled = true,
            IsDemonstration = link.IsDemonstration
        }).Entity;
        member.SetPassword(password);
        (member.EmailConfirmed, member.LastSignInAt) = (true, now);
        if (purpose == AccessLink.Invitation)
        {
            db.Note(member.Id, AuditedActions.Joined, "", now);
            await TellAdministratorsAsync(node, db, member, now, cancellation);
        }
        else
        {
            db.Note(member.Id, AccountActions.PasswordChanged, "", now);
            realm.Tell(member, AccountNews.PasswordChanged, now);
            if (form["passkeys"].ToString() == "remove" && MayRemovePasskeys(realm, member))
            {
                await db.Set<IdentityUserPasskey<string>>().Where(passkey => passkey.UserId == member.Id).ExecuteDeleteAsync(cancellation);
                db.Note(member.Id, AccountActions.PasskeyRemoved, "", now);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await OpenSessions.EndAllAsync(db, member.Id, except: null, cancellation);
        await SignInLocks.ForgetAsync(db, SignInLocks.KeyOf("password", link.Email), cancellation);
        await transaction.CommitAsync(cancellation);
        // A mail is no second factor.
        return await realm.GoOnAsync(http, member);
    }

    /// <summary>Passkeys that are the second factor which the settings ask for are not taken away by a mail alone.</summary>
    private static bool MayRemovePasskeys(Realm<StaffMember> realm, StaffMember member) =>
        member.TotpSecret is not null || !realm.NeedsSecondFactor(member);

    /// <summary>Those who administer the workspace hear of a new member.</summary>
    private static async Task TellAdministratorsAsync(
        NodeInstance node, NodeContext db, StaffMember joined, DateTime now, CancellationToken cancellation)
    {
        foreach (var administrator in await db.Users.AsNoTracking()
            .Where(row => row.Role == StaffRoles.Administrator && row.Id != joined.Id).ToListAsync(cancellation))
        {
            StaffMails.Joined(node, administrator.Name, joined).Queue(db, administrator.Email ?? "", now);
        }
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, NodeInstance node, NodeContext db, AccessLink link, string name, IReadOnlyList<FieldError> errors,
            CancellationToken cancellation)
    {
        var normalized = link.Email.ToUpperInvariant();
        var member = link.Purpose == AccessLink.Reset
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellation) : null;
        // The address holds a secret: nothing it leads to may learn it.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return WorkspacePage.Of<ChoosePasswordPage>(http, node, link.Purpose == AccessLink.Invitation
            ? T["Rejoindre l’équipe"] : T["Choisir un nouveau mot de passe"], new()
            {
                [nameof(ChoosePasswordPage.Link)] = link,
                [nameof(ChoosePasswordPage.Name)] = name,
                [nameof(ChoosePasswordPage.Errors)] = errors,
                [nameof(ChoosePasswordPage.Passkeys)] = member is null ? [] : await db.Set<IdentityUserPasskey<string>>().AsNoTracking()
                .Where(passkey => passkey.UserId == member.Id).Select(passkey => passkey.Data.Name ?? "").ToListAsync(cancellation),
                [nameof(ChoosePasswordPage.MayRemove)] = member is not null
                && MayRemovePasskeys(http.RequestServices.GetRequiredService<Realm<StaffMember>>(), member),
            }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Expired(HttpContext http, NodeInstance node) => WorkspacePage.Missing(
        http, node, T["Ce lien ne sert plus"], T["Il a déjà servi, il a expiré, ou il a été remplacé par un plus récent. Demandez-en un "
            + "nouveau : « Mot de passe oublié » à la connexion, ou une invitation à votre équipe."],
        StatusCodes.Status410Gone);
}
