using System.Security.Claims;
using Interclustering.Accounts;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Hub.Items;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Operators;

/// <summary>The realm of the operators' pages. The hub sends no mail: what changes about an account is in the list of actions.</summary>
internal sealed class OperatorRealm(HubContext db, AccountSettings settings, DemonstrationMode mode) : Realm<Operator>(db, mode)
{
    public const string OperatorScheme = "operators", Status = "/etat", Journal = "/etat/journal-des-actions";
    private static readonly string[] Places = [Status, "/etat/quarantaine", Journal];

    public override string Base => Status;

    public override string Home => Status;

    public override string Outside => Status;

    public override string Scheme => OperatorScheme;

    // No cluster's cookie has this name: a code has no hyphen.
    public override string Code => "hub-operators";

    public override string Name => T["opérateurs"];

    public override string Introduction =>
        T["Pour les personnes qui veillent sur la fédération. Pour publier, passez par l’espace de votre cluster."];

    public override string RefusalHint => T["Les comptes des clusters n’ouvrent pas cette page : le site national a les siens. Un nouveau "
        + "mot de passe se donne sur le serveur."];

    public override string AccountLine(Operator account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return T["{0}, au site national, parmi les opérateurs.", account.Email];
    }

    public override bool Administers(Operator account) => true;

    public override bool NeedsSecondFactor(Operator account) => settings.SecondFactor;

    public override ClaimsPrincipal PrincipalOf(Operator account, Guid session)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, $"{OperatorScheme}/{account.Id}"),
            new Claim(ClaimTypes.Name, account.Name),
            .. SessionCookie.ClaimsOf(account, session),
        ], OperatorScheme));
    }

    public override void Note(string account, string action, string what, DateTime now) =>
        Db.Add(new OperatorAction { Account = account, Action = action, What = what, At = now });

    public override void Tell(Operator account, AccountNews news, DateTime now)
    {
    }

    /// <summary>One of the pages that ask to sign in, or of one's own account, and nothing else.</summary>
    public override string SafeReturn(string? address)
    {
        address = address?.StartsWith(Language.EnglishPrefix + "/", StringComparison.Ordinal) == true
            ? address[Language.EnglishPrefix.Length..] : address;
        return address is not null
            && (Places.Contains(address.Split('?')[0]) || address.StartsWith(Status + AccountPaths.Account, StringComparison.Ordinal))
            && !address.Contains("..", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
                && !address.Any(char.IsControl)
            ? address
            : Status;
    }

    public override IResult Page<TPage>(HttpContext http, string title, Dictionary<string, object?> parameters, int status) =>
        Pages.Of<OperatorFrame>(title, null,
            new() { [nameof(OperatorFrame.Content)] = typeof(TPage), [nameof(OperatorFrame.Parameters)] = parameters }, status);

    public static void Configure(CookieAuthenticationOptions options)
    {
        SessionCookie.Configure<Operator>(options, "ic-hub-operators");
        options.LoginPath = Status + AccountPaths.SignIn;
        options.Events.OnRedirectToLogin = Ask;
    }

    private static Task Ask(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Redirect(HttpMethods.IsGet(context.Request.Method)
            ? context.RedirectUri : Language.To(Status + AccountPaths.SignIn));
        return Task.CompletedTask;
    }
}
