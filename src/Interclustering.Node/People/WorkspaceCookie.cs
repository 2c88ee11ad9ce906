using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.People;

/// <summary>The sign-in of one cluster. Tickets are protected under the scheme's name, so another cluster's ticket can't be read, whatever its cookie is called.</summary>
internal static class WorkspaceCookie
{
    public const string Stamp = "stamp";

    public static void Configure(CookieAuthenticationOptions options, string code)
    {
        options.Cookie.Name = $"ic-{code}";
        // The English pages live under a path base, so the name separates clusters, not the path.
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = $"/espace/{code}/connexion";
        options.LogoutPath = $"/espace/{code}/deconnexion";
        options.ReturnUrlParameter = "retour";
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.Events.OnRedirectToLogin = SignIn.AskAsync;
        options.Events.OnValidatePrincipal = RefuseOutdatedAsync;
    }

    public static ClaimsPrincipal PrincipalOf(StaffMember member, NodeInstance node) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, $"{node.Code}/{member.Id}"),
        new Claim(ClaimTypes.Name, member.Name),
        new Claim(ClaimTypes.Role, member.Role),
        new Claim(Stamp, member.SecurityStamp ?? ""),
    ], node.Scheme));

    private static async Task RefuseOutdatedAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var node = services.GetRequiredService<NodeInstance>();
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var member = id.StartsWith(node.Code + "/", StringComparison.Ordinal)
            ? await services.GetRequiredService<UserManager<StaffMember>>().FindByIdAsync(id[(node.Code.Length + 1)..])
            : null;
        if (member is null || member.SecurityStamp != context.Principal!.FindFirstValue(Stamp))
        {
            context.RejectPrincipal();
        }
        else if (member.Role != context.Principal!.FindFirstValue(ClaimTypes.Role))
        {
            // A role counts from the next request on.
            context.ReplacePrincipal(PrincipalOf(member, node));
            context.ShouldRenew = true;
        }
    }
}
