using Interclustering.Node.Audit;
using Interclustering.Node.Publications;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.People;

/// <summary>The ways in by a link: an invitation, and a forgotten password.</summary>
internal static class EnteringPages
{
    public static void MapEntering(this RouteGroupBuilder group)
    {
        foreach (var (path, purpose) in new[] { ("/invitation/{secret}", AccessLink.Invitation), ("/mot-de-passe/{secret}", AccessLink.Reset) })
        {
            group.MapGet(path, async (HttpContext http, NodeInstance node, NodeContext db, string secret, CancellationToken cancellation) =>
                await AccessLink.FindAsync(db, purpose, secret, http.Now(), cancellation) is { } link ? Page(http, node, link, link.Name, []) : Expired(http, node));
            group.MapPost(path, (HttpContext http, NodeInstance node, NodeContext db, string secret, CancellationToken cancellation) => ChooseAsync(http, node, db, purpose, secret, cancellation));
        }

        group.MapGet("/mot-de-passe-oublie", (HttpContext http, NodeInstance node) => Forgotten(http, node, asked: false));
        group.MapPost("/mot-de-passe-oublie", AskAsync);
    }

    /// <summary>The same answer whoever it is: the mail tells, and only to her.</summary>
    private static async Task<IResult> AskAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicAddress address, SignInRate rate, CancellationToken cancellation)
    {
        var email = (await http.Request.ReadFormAsync(cancellation))["email"].ToString().Trim();
        var normalized = email.ToUpperInvariant();
        if (rate.Allows(http) && await db.Users.AsNoTracking().SingleOrDefaultAsync(member => member.NormalizedEmail == normalized, cancellation) is { Email: { } hers } member)
        {
            var (_, secret) = await AccessLink.CreateAsync(db, AccessLink.Reset, hers, member.Name, "", http.Now(), cancellation);
            StaffLetters.NewPassword(node, member.Name, address.To(http, node, $"/mot-de-passe/{secret}")).Queue(db, hers, http.Now());
            db.Note(member.Id, AuditedActions.PasswordAsked, "", http.Now());
            await db.SaveChangesAsync(cancellation);
        }

        return Forgotten(http, node, asked: true);
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, NodeInstance node, NodeContext db, string purpose, string secret, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var (name, password) = (ItemForm.Clean(form["name"].ToString()).Trim(), form["password"].ToString());
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
            return Page(http, node, link, name, errors);
        }

        // Used first, and under its own condition: of two at the same moment one gets in.
        var now = http.Now();
        if (await db.AccessLinks.Where(row => row.Id == link.Id && row.UsedAt == null).ExecuteUpdateAsync(row => row.SetProperty(each => each.UsedAt, now), cancellation) != 1)
        {
            return Expired(http, node);
        }

        var normalized = link.Email.ToUpperInvariant();
        var member = await db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellation);
        if (member is null && purpose == AccessLink.Reset)
        {
            return Expired(http, node);
        }

        member ??= db.Add(new StaffMember { UserName = link.Email, NormalizedUserName = normalized, Email = link.Email, NormalizedEmail = normalized, Name = name, Role = link.Role, LockoutEnabled = true }).Entity;
        StaffAccounts.SetPassword(member, password);
        (member.EmailConfirmed, member.LastSignInAt) = (true, now);
        db.Note(member.Id, purpose == AccessLink.Invitation ? AuditedActions.Joined : AuditedActions.PasswordChanged, "", now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(member, node));
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}"));
    }

    private static IResult Page(HttpContext http, NodeInstance node, AccessLink link, string name, IReadOnlyList<FieldError> errors)
    {
        // The address holds a secret: nothing it leads to may learn it.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return WorkspacePage.Of<ChoosePasswordPage>(http, node, link.Purpose == AccessLink.Invitation ? T["Rejoindre l’équipe"] : T["Choisir un nouveau mot de passe"], new()
        {
            [nameof(ChoosePasswordPage.Link)] = link,
            [nameof(ChoosePasswordPage.Name)] = name,
            [nameof(ChoosePasswordPage.Errors)] = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Forgotten(HttpContext http, NodeInstance node, bool asked) =>
        WorkspacePage.Of<ForgottenPage>(http, node, T["Mot de passe oublié"], new() { [nameof(ForgottenPage.Asked)] = asked });

    private static IResult Expired(HttpContext http, NodeInstance node) => WorkspacePage.Missing(
        http, node, T["Ce lien ne sert plus"], T["Il a déjà servi, il a expiré, ou il a été remplacé par un plus récent. Demandez-en un nouveau : « Mot de passe oublié » à la connexion, ou une invitation à votre équipe."],
        StatusCodes.Status410Gone);
}
