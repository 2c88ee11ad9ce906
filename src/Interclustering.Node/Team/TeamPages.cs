using System.Net.Mail;
using Interclustering.Accounts;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Team;

/// <summary>« Équipe »: who works here, with which role, and who is invited.</summary>
internal static class TeamPages
{
    public static void MapTeam(this RouteGroupBuilder group)
    {
        var administrator = new NeedsRole(StaffRoles.Administrator);
        group.MapGet("/equipe", (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            ShowAsync(http, node, db, new InvitationForm(), [], cancellation));
        var confirmed = new NeedsConfirmation();
        group.MapPost("/equipe", InviteAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/relecture", SetReviewAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/{id}/role", ChangeRoleAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/{id}/retirer", RemoveAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/{id}/sessions/terminer", EndSessionsAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/{id}/second-facteur/retirer", ResetSecondFactorAsync).WithMetadata(administrator, confirmed);
        group.MapPost("/equipe/invitations/{id:guid}/annuler", RevokeAsync).WithMetadata(administrator, confirmed);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, InvitationForm form, IReadOnlyList<FieldError> errors,
            CancellationToken cancellation, string? notice = null)
    {
        var now = http.Now();
        var members = await db.Users.AsNoTracking().OrderBy(member => member.Name).ToListAsync(cancellation);
        var invitations = await db.AccessLinks.AsNoTracking()
            .Where(link => link.Purpose == AccessLink.Invitation && link.UsedAt == null && link.ExpiresAt > now)
                .OrderBy(link => link.CreatedAt).ToListAsync(cancellation);
        return WorkspacePage.Of<TeamPage>(http, node, T["Équipe"], new()
        {
            [nameof(TeamPage.Members)] = members,
            [nameof(TeamPage.Sessions)] = await db.Set<SessionRow>().GroupBy(session => session.Account)
                .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellation),
            [nameof(TeamPage.Protected)] = await db.Users.Where(member => member.TotpSecret != null).Select(member => member.Id)
                .Union(db.Set<IdentityUserPasskey<string>>().Select(passkey => passkey.UserId)).ToHashSetAsync(cancellation),
            [nameof(TeamPage.Invitations)] = invitations,
            [nameof(TeamPage.Mails)] = await MailAbout.TroublesAsync(
                db, [.. members.Select(member => MailAbout.Member(member.Id)),
                    .. invitations.Select(link => MailAbout.Invitation(link.Id))], cancellation),
            [nameof(TeamPage.Form)] = form,
            [nameof(TeamPage.Errors)] = errors,
            [nameof(TeamPage.Notice)] = notice,
            [nameof(TeamPage.Review)] = await ReviewRule.ReadAsync(db, cancellation),
            [nameof(TeamPage.Now)] = now,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> InviteAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicAddress address, CancellationToken cancellation)
    {
        var posted = await http.Request.ReadFormAsync(cancellation);
        var form = new InvitationForm(InputText.Clean(posted["name"].ToString()).Trim(), posted["email"].ToString().Trim(), posted["role"]
            .ToString());
        var normalized = form.Email.ToUpperInvariant();
        FieldError? wrong = form.Name.Length is 0 or > 100 ? new("name", T["Donnez son nom, de 100 caractères au plus."])
            : !MailAddress.TryCreate(form.Email, out var mail) || mail.Address != form.Email || form.Email.Any(char.IsControl)
                ? new("email", T["Cette adresse électronique n’est pas lisible. Exemple : nom@cluster.example."])
            : !StaffRoles.All.Contains(form.Role) ? new("role", T["Ce choix n’existe pas : prenez-en un dans la liste."])
            : await db.Users.AnyAsync(member => member.NormalizedEmail == normalized, cancellation)
                ? new("email", T["Cette personne est déjà dans l’équipe."])
            : null;
        if (wrong is not null)
        {
            return await ShowAsync(http, node, db, form, [wrong], cancellation);
        }

        var (invitation, secret) = await AccessLink.CreateAsync(
            db, AccessLink.Invitation, form.Email, form.Name, form.Role, http.Now(), cancellation);
        invitation.IsDemonstration = await StaffMember.IsDemonstrationAsync(db, http.User, cancellation);
        StaffMails.Invitation(node, form.Name, http.User.Identity?.Name ?? "", address.To(http, node, $"/invitation/{secret}"))
            .Queue(db, form.Email, http.Now(), MailAbout.Invitation(invitation.Id));
        db.Note(StaffMember.IdOf(http.User), AuditedActions.Invited, form.Email, http.Now());
        await db.SaveChangesAsync(cancellation);
        return await ShowAsync(http, node, db, new InvitationForm(), [], cancellation,
            T["L’invitation part par courrier à {0}. Elle sert une fois, pendant 7 jours.", form.Email]);
    }

    private static async Task<IResult> SetReviewAsync(
        HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var rule = (await http.Request.ReadFormAsync(cancellation))["review"].ToString();
        if (!ReviewRule.All.Contains(rule))
        {
            return await ShowAsync(http, node, db, new InvitationForm(), [new("review",
                T["Ce choix n’existe pas : prenez-en un dans la liste."])], cancellation);
        }

        await ReviewRule.SetAsync(db, rule, cancellation);
        db.Note(StaffMember.IdOf(http.User), AuditedActions.ReviewRuleSet, ReviewRule.InWords(rule), http.Now());
        await db.SaveChangesAsync(cancellation);
        return Back(node);
    }

    private static async Task<IResult> ChangeRoleAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        var role = (await http.Request.ReadFormAsync(cancellation))["role"].ToString();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!StaffRoles.All.Contains(role) || await db.Users.FindAsync([id], cancellation) is not { } member)
        {
            return OwnPublications.Missing(http, node);
        }

        if (role != StaffRoles.Administrator && await IsLastAdministratorAsync(db, member, cancellation))
        {
            return await LastOneAsync(http, node, db, cancellation);
        }

        member.Role = role;
        db.Note(StaffMember.IdOf(http.User), AuditedActions.RoleChanged, $"{member.Name} : {StaffRoles.InWords(role)}", http.Now());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Back(node);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Users.FindAsync([id], cancellation) is not { } member)
        {
            return OwnPublications.Missing(http, node);
        }

        if (await IsLastAdministratorAsync(db, member, cancellation))
        {
            return await LastOneAsync(http, node, db, cancellation);
        }

        var owner = $"{node.Code}/{id}";
        await db.UnsavedTexts.Where(text => text.Member == owner).ExecuteDeleteAsync(cancellation);
        db.Remove(member);
        db.Note(StaffMember.IdOf(http.User), AuditedActions.Removed, T["un membre"], http.Now());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Back(node);
    }

    private static async Task<IResult> EndSessionsAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        if (await db.Users.FindAsync([id], cancellation) is not { } member)
        {
            return OwnPublications.Missing(http, node);
        }

        // One's own go on « Mon compte », where this one stays.
        await OpenSessions.EndAllAsync(db, id, SignedIn.In(http)?.Session.Id, cancellation);
        db.Note(StaffMember.IdOf(http.User), AccountActions.SessionsEnded, member.Name, http.Now());
        await db.SaveChangesAsync(cancellation);
        return Back(node);
    }

    private static async Task<IResult> ResetSecondFactorAsync(
        HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation)
    {
        if (await db.Users.FindAsync([id], cancellation) is not { } member)
        {
            return OwnPublications.Missing(http, node);
        }

        await SecondFactors.ForgetAsync(db, member, cancellation);
        db.Note(StaffMember.IdOf(http.User), AuditedActions.SecondFactorReset, member.Name, http.Now());
        StaffMails.SecondFactorReset(node, member.Name, http.User.Identity?.Name ?? "").Queue(db, member.Email ?? "", http.Now());
        await db.SaveChangesAsync(cancellation);
        await OpenSessions.EndAllAsync(db, id, SignedIn.In(http)?.Session.Id, cancellation);
        return Back(node);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.AccessLinks.FindAsync([id], cancellation) is { Purpose: AccessLink.Invitation, UsedAt: null } link)
        {
            db.Remove(link);
            db.Note(StaffMember.IdOf(http.User), AuditedActions.InvitationRevoked, link.Email, http.Now());
            await db.SaveChangesAsync(cancellation);
        }

        return Back(node);
    }

    /// <summary>Without an administrator no member can be invited.</summary>
    private static async Task<bool> IsLastAdministratorAsync(NodeContext db, StaffMember member, CancellationToken cancellation) =>
        member.Role == StaffRoles.Administrator
            && !await db.Users.AnyAsync(other => other.Role == StaffRoles.Administrator && other.Id != member.Id, cancellation);

    private static Task<IResult> LastOneAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
        ShowAsync(http, node, db, new InvitationForm(),
            [new("role", T["C’est la dernière personne qui administre cet espace : donnez d’abord ce rôle à quelqu’un d’autre."])],
            cancellation);

    private static IResult Back(NodeInstance node) => Results.LocalRedirect(Language.To($"/espace/{node.Code}/equipe"));
}

/// <summary>An invitation as typed.</summary>
public sealed record InvitationForm(string Name = "", string Email = "", string Role = StaffRoles.Editor);
