using Interclustering.Accounts.Passkeys;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Accounts;

/// <summary>Signing in, accounts and sessions, the same at every realm.</summary>
public static class AccountFeature
{
    private const int TriesInFiveMinutes = 50;

    /// <summary>Registers a realm and its accounts; their context has <see cref="AccountModel.AddAccounts{TUser}"/>.</summary>
    public static IdentityBuilder AddRealm<TUser, TRealm>(this IServiceCollection services)
        where TUser : Account, new()
        where TRealm : Realm<TUser>
    {
        services.AddScoped<Realm<TUser>, TRealm>();
        services.AddScoped<IPasskeyHandler<TUser>, PasskeyHandler<TUser>>();
        services.TryAddSingleton(new AccountSettings());
        services.TryAddSingleton(new DemonstrationMode(IsOn: false));
        services.TryAddSingleton(new SignInRate(TriesInFiveMinutes));
        services.TryAddSingleton<AuthenticatorApp>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "ic-form";
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // A passkey is a second factor only where the device asks its owner.
        services.Configure<IdentityPasskeyOptions>(options => options.UserVerificationRequirement = "required");
        return services.AddIdentityCore<TUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = PasswordRules.Shortest;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
        }).AddUserManager<AccountsInUse<TUser>>();
    }

    /// <summary>The way in. Forms of other pages of the group are checked by the group.</summary>
    /// <param name="group">Open without signing in; under the realm's base.</param>
    /// <param name="showsFormAgain">What marks a form that checks its token by itself.</param>
    public static void MapSignIn<TUser>(this RouteGroupBuilder group, params object[] showsFormAgain)
        where TUser : Account, new()
    {
        group.MapGet(AccountPaths.SignIn, (HttpContext http, Realm<TUser> realm, string? retour) =>
            SignInPages<TUser>.Show(http, realm, new() { Back = retour ?? "" }));
        group.MapPost(AccountPaths.SignIn, SignInPages<TUser>.EnterAsync).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/code", SignInPages<TUser>.CodeAsync).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/cle", SignInPages<TUser>.PasskeyAsync).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/cle/options", SignInPages<TUser>.PasskeyOptionsAsync);
    }

    /// <summary>One's own account, and the way out.</summary>
    /// <param name="group">Open to those who are signed in; with <see cref="AccountGuard{TUser}"/>.</param>
    public static void MapAccount<TUser>(this RouteGroupBuilder group)
        where TUser : Account, new()
    {
        var confirmed = new NeedsConfirmation();
        var open = new OpenBeforeSetUp();
        var first = new OpenBeforeOwnPassword();
        group.MapPost(AccountPaths.SignOut, SignInPages<TUser>.LeaveAsync).WithMetadata(open, first);
        group.MapGet(AccountPaths.Confirm, (HttpContext http, Realm<TUser> realm, string? retour) =>
            ConfirmPages<TUser>.ShowAsync(http, realm, retour)).WithMetadata(open);
        group.MapPost(AccountPaths.Confirm, ConfirmPages<TUser>.PasswordAsync).WithMetadata(open);
        group.MapPost($"{AccountPaths.Confirm}/cle", ConfirmPages<TUser>.PasskeyAsync).WithMetadata(open);
        group.MapPost($"{AccountPaths.Confirm}/cle/options", ConfirmPages<TUser>.PasskeyOptionsAsync).WithMetadata(open);

        group.MapGet(AccountPaths.Account, (HttpContext http, Realm<TUser> realm, UserManager<TUser> people, string? fait) =>
            AccountPages<TUser>.ShowAsync(
            http, realm, people, [], fait == "mot-de-passe"
                ? T["Votre mot de passe est changé. Ailleurs, vous êtes déconnecté(e)."] : null)).WithMetadata(first);
        group.MapPost($"{AccountPaths.Account}/nom", AccountPages<TUser>.RenameAsync);
        group.MapPost($"{AccountPaths.Account}/mot-de-passe", AccountPages<TUser>.ChangePasswordAsync).WithMetadata(first);
        group.MapPost($"{AccountPaths.Account}/sessions/autres/terminer", AccountPages<TUser>.EndOtherSessionsAsync);
        group.MapPost($"{AccountPaths.Account}/sessions/{{id:guid}}/terminer", AccountPages<TUser>.EndSessionAsync);

        group.MapPost($"{AccountPaths.Account}/cles/options", PasskeyPages<TUser>.OptionsAsync).WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.Account}/cles",
            (HttpContext http, Realm<TUser> realm, UserManager<TUser> people, IPasskeyHandler<TUser> handler) =>
            PasskeyPages<TUser>.AddAsync(http, realm, people, handler)).WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.Account}/cles/{{id}}/retirer", PasskeyPages<TUser>.RemoveAsync).WithMetadata(confirmed);

        group.MapGet(AccountPaths.SecondFactor, (HttpContext http, Realm<TUser> realm, AuthenticatorApp app) =>
            SecondFactorPages<TUser>.ShowAsync(http, realm, app)).WithMetadata(open);
        group.MapPost(AccountPaths.SecondFactor, SecondFactorPages<TUser>.AddAsync).WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.SecondFactor}/retirer", SecondFactorPages<TUser>.RemoveAsync).WithMetadata(confirmed);
        group.MapPost($"{AccountPaths.SecondFactor}/codes", SecondFactorPages<TUser>.RenewCodesAsync).WithMetadata(confirmed);
    }
}
