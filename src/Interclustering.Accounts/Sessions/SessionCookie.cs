using System.Security.Claims;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.SignIn;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Accounts.Sessions;

/// <summary>
/// The cookie of a realm. Tickets are protected under the scheme's name, so another realm can't read this one, whatever its cookie is
/// called.
/// </summary>
public static class SessionCookie
{
    internal const string Session = "session", Stamp = "stamp";

    public static void Configure<TUser>(CookieAuthenticationOptions options, string name)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Cookie.Name = name;
        // The English pages live under a path base, so the name separates doors, not the path.
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ReturnUrlParameter = "retour";
        // The session's row says when it ends.
        options.ExpireTimeSpan = SessionRow.MostAge;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = ValidateAsync<TUser>;
    }

    /// <summary>What every realm's principal holds besides: which session it is, and which password it began with.</summary>
    public static IEnumerable<Claim> ClaimsOf(Account account, Guid session)
    {
        ArgumentNullException.ThrowIfNull(account);
        return [new Claim(Session, session.ToString()), new Claim(Stamp, account.SecurityStamp ?? "")];
    }

    private static async Task ValidateAsync<TUser>(CookieValidatePrincipalContext context)
        where TUser : Account, new()
    {
        var http = context.HttpContext;
        var realm = http.RequestServices.GetRequiredService<Realm<TUser>>();
        if (await FindAsync(realm, context.Principal, http) is not { } found)
        {
            context.RejectPrincipal();
            return;
        }

        // Name and role count from the next request on.
        context.ReplacePrincipal(realm.PrincipalOf(found.Account, found.Session.Id));
        var mustSetUp = realm.NeedsSecondFactor(found.Account)
            && !await SecondFactors.AnyAsync(realm.Db, found.Account, http.RequestAborted);
        http.Features.Set(new SignedIn(found.Account, found.Session, mustSetUp));
    }

    private static async Task<(TUser Account, SessionRow Session)?> FindAsync<TUser>(
        Realm<TUser> realm, ClaimsPrincipal? principal, HttpContext http)
        where TUser : Account, new()
    {
        var now = http.Now();
        if (!Guid.TryParse(principal?.FindFirstValue(Session), out var id)
            || await realm.Db.Set<SessionRow>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == id, http.RequestAborted) is not { } session
            || session.HasEnded(now)
            || await realm.Known.SingleOrDefaultAsync(row => row.Id == session.Account, http.RequestAborted) is not { } account
            || account.SecurityStamp != principal!.FindFirstValue(Stamp))
        {
            return null;
        }

        if (now - session.SeenAt >= TimeSpan.FromMinutes(1))
        {
            await realm.Db.Set<SessionRow>().Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.SeenAt, now), http.RequestAborted);
        }

        return (account, session);
    }
}
