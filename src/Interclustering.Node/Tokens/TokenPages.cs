using Interclustering.Accounts.SignIn;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Tokens;

/// <summary>« Jetons pour votre site »: made, shown once, revoked.</summary>
internal static class TokenPages
{
    public static void MapTokens(this RouteGroupBuilder group)
    {
        var administrator = new NeedsRole(StaffRoles.Administrator);
        group.MapGet("/jetons", (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            ShowAsync(http, node, db, new TokenForm(), [], cancellation)).WithMetadata(administrator);
        group.MapPost("/jetons", CreateAsync).WithMetadata(administrator, new NeedsConfirmation());
        group.MapPost("/jetons/{id:guid}/revoquer", RevokeAsync).WithMetadata(administrator);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, TokenForm form, IReadOnlyList<FieldError> errors,
            CancellationToken cancellation, string? made = null) =>
        WorkspacePage.Of<TokensPage>(http, node, T["Jetons pour votre site"], new()
        {
            [nameof(TokensPage.Tokens)] = await db.Tokens.AsNoTracking().OrderBy(token => token.Id).ToListAsync(cancellation),
            [nameof(TokensPage.Form)] = form,
            [nameof(TokensPage.Errors)] = errors,
            [nameof(TokensPage.Made)] = made,
            [nameof(TokensPage.Address)] = http.RequestServices.GetRequiredService<PublicAddress>().OriginOf(http, node),
            [nameof(TokensPage.Now)] = http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var posted = await http.Request.ReadFormAsync(cancellation);
        var form = new TokenForm(InputText.Clean(posted["name"].ToString()).Trim(), posted["scope"].ToString());
        FieldError? wrong = form.Name.Length is 0 or > 100
            ? new("name", T["Dites à quoi il sert, en 100 caractères au plus : « site web », par exemple."])
            : !TokenScopes.All.Contains(form.Scope) ? new("scope", T["Ce choix n’existe pas : prenez-en un dans la liste."])
            : null;
        if (wrong is not null)
        {
            return await ShowAsync(http, node, db, form, [wrong], cancellation);
        }

        var (row, token) = ApiToken.Create(form.Name, form.Scope, http.User.Identity?.Name ?? "", http.Now());
        row.IsDemonstration = await StaffMember.IsDemonstrationAsync(db, http.User, cancellation);
        db.Add(row);
        db.Note(StaffMember.IdOf(http.User), AuditedActions.TokenMade, form.Name, http.Now());
        foreach (var administrator in await db.Users.AsNoTracking().Where(member => member.Role == StaffRoles.Administrator)
            .ToListAsync(cancellation))
        {
            StaffMails.TokenMade(node, administrator.Name, row.CreatedBy, row.Name).Queue(db, administrator.Email ?? "", http.Now());
        }

        await db.SaveChangesAsync(cancellation);
        return await ShowAsync(http, node, db, new TokenForm(), [], cancellation, token);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.Tokens.FindAsync([id], cancellation) is { } token)
        {
            db.Remove(token);
            db.Note(StaffMember.IdOf(http.User), AuditedActions.TokenRevoked, token.Name, http.Now());
            await db.SaveChangesAsync(cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/jetons"));
    }
}

/// <summary>A token as asked for.</summary>
public sealed record TokenForm(string Name = "", string Scope = TokenScopes.Write);
