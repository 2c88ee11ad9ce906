using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.People;

/// <summary>Signing in to one cluster's workspace, and out of it.</summary>
internal static class SignIn
{
    private const string Refused = "Adresse ou mot de passe inconnu ici. Vérifiez l’espace choisi : chaque cluster a ses propres comptes.";
    private const string Locked = "Trop d’essais : ce compte est bloqué pendant 15\u00a0minutes. Réessayez ensuite, ou demandez à votre équipe.";

    public static void MapSignIn(this RouteGroupBuilder group)
    {
        group.MapGet("/connexion", (HttpContext http, NodeInstance node, string? retour) => Page(http, node, "", retour, null));
        group.MapPost("/connexion", EnterAsync);
        group.MapPost("/deconnexion", LeaveAsync);
    }

    /// <summary>An address of this cluster's workspace, and nothing else: a link can't lead elsewhere after signing in.</summary>
    public static string SafeReturn(string? address, string code)
    {
        var home = $"/espace/{code}";
        return address is not null && (address == home || address.StartsWith(home + "/", StringComparison.Ordinal) || address.StartsWith(home + "?", StringComparison.Ordinal))
            && !address.Contains("..", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address
            : home;
    }

    private static async Task<IResult> EnterAsync(HttpContext http, NodeInstance node, UserManager<StaffMember> people)
    {
        var form = await http.Request.ReadFormAsync();
        string email = form["email"].ToString().Trim(), back = form["retour"].ToString();
        if (http.Request.PathBase.HasValue && back.StartsWith(http.Request.PathBase.Value + "/", StringComparison.Ordinal))
        {
            back = back[http.Request.PathBase.Value.Length..];
        }

        var member = await people.FindByEmailAsync(email);
        if (member is null)
        {
            return Page(http, node, email, back, Refused);
        }

        if (await people.IsLockedOutAsync(member))
        {
            return Page(http, node, email, back, Locked);
        }

        if (!await people.CheckPasswordAsync(member, form["password"].ToString()))
        {
            await people.AccessFailedAsync(member);
            return Page(http, node, email, back, await people.IsLockedOutAsync(member) ? Locked : Refused);
        }

        await people.ResetAccessFailedCountAsync(member);
        await http.SignInAsync(node.Scheme, WorkspaceCookie.PrincipalOf(member, node));
        return Results.LocalRedirect(http.Request.PathBase + SafeReturn(back, node.Code));
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, NodeInstance node)
    {
        await http.SignOutAsync(node.Scheme);
        return Results.LocalRedirect($"{http.Request.PathBase}/espace/{node.Code}/connexion");
    }

    private static IResult Page(HttpContext http, NodeInstance node, string email, string? back, string? error) =>
        WorkspacePage.Of<SignInPage>(http, node, "Connexion", new()
        {
            [nameof(SignInPage.Email)] = email, [nameof(SignInPage.Back)] = back ?? "", [nameof(SignInPage.Error)] = error,
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
