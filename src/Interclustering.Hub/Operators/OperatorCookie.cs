using System.Security.Claims;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Operators;

/// <summary>The sign-in of an operator. Tickets are protected under the scheme's name: a workspace can't read this one, nor the hub a workspace's.</summary>
internal static class OperatorCookie
{
    public const string Scheme = "operators";
    private const string Stamp = "stamp";

    public static void Configure(CookieAuthenticationOptions options)
    {
        // No cluster's cookie has this name: a code has no hyphen.
        options.Cookie.Name = "ic-hub-operators";
        // The English pages live under a path base.
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = SignIn.Path;
        options.ReturnUrlParameter = "retour";
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.Events.OnRedirectToLogin = Ask;
        options.Events.OnValidatePrincipal = RefuseOutdatedAsync;
    }

    public static ClaimsPrincipal PrincipalOf(Operator person) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, $"{Scheme}/{person.Id}"),
        new Claim(ClaimTypes.Name, person.Name),
        new Claim(Stamp, person.SecurityStamp ?? ""),
    ], Scheme));

    private static Task Ask(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) ? context.RedirectUri : Language.To(SignIn.Path));
        return Task.CompletedTask;
    }

    private static async Task RefuseOutdatedAsync(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var person = id.StartsWith(Scheme + "/", StringComparison.Ordinal)
            ? await context.HttpContext.RequestServices.GetRequiredService<UserManager<Operator>>().FindByIdAsync(id[(Scheme.Length + 1)..])
            : null;
        if (person is null || person.SecurityStamp != context.Principal!.FindFirstValue(Stamp))
        {
            context.RejectPrincipal();
        }
    }
}
