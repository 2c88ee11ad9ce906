using Interclustering.Accounts.Passkeys;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.SignIn;
using Microsoft.AspNetCore.Antiforgery;
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
        group.MapGet(AccountPaths.SignIn, (HttpContext http, IServiceProvider services, string? retour) =>
            SignInPages<TUser>.Show(http, services.Of<Realm<TUser>>(), new() { Back = retour ?? "" }));
        group.MapPost(AccountPaths.SignIn, (HttpContext http, IServiceProvider services, IAntiforgery antiforgery, SignInRate rate) =>
            SignInPages<TUser>.EnterAsync(http, services.Of<Realm<TUser>>(), antiforgery, rate)).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/code",
            (HttpContext http, IServiceProvider services, IAntiforgery antiforgery, SignInRate rate, AuthenticatorApp app) =>
            SignInPages<TUser>.CodeAsync(http, services.Of<Realm<TUser>>(), antiforgery, rate, app)).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/cle",
            (HttpContext http, IServiceProvider services, IAntiforgery antiforgery, SignInRate rate) =>
            SignInPages<TUser>.PasskeyAsync(http, services.Of<Realm<TUser>>(), antiforgery, rate, services.Of<UserManager<TUser>>(),
                services.Of<IPasskeyHandler<TUser>>())).WithMetadata(showsFormAgain);
        group.MapPost($"{AccountPaths.SignIn}/cle/options", (HttpContext http, IServiceProvider services, SignInRate rate) =>
            SignInPages<TUser>.PasskeyOptionsAsync(http, services.Of<Realm<TUser>>(), services.Of<IPasskeyHandler<TUser>>(), rate));
    }

    /// <summary>One's own account, and the way out.</summary>
    /// <param name="group">Open to those who are signed in; with <see cref="AccountGuard{TUser}"/>.</param>
    public static void MapAccount<TUser>(this RouteGroupBuilder group)
        where TUser : Account, new()
    {
        var confirmed = new NeedsConfirmation();
        var open = new OpenBeforeSetUp();
        var first = new OpenBeforeOwnPassword();
        group.MapPost(AccountPaths.SignOut, (HttpContext http, IServiceProvider services) =>
            SignInPages<TUser>.LeaveAsync(http, services.Of<Realm<TUser>>())).WithMetadata(open, first);
        group.MapGet(AccountPaths.Confirm, (HttpContext http, IServiceProvider services, string? retour) =>
            ConfirmPages<TUser>.ShowAsync(http, services.Of<Realm<TUser>>(), retour)).WithMetadata(open);
        group.MapPost(AccountPaths.Confirm, (HttpContext http, IServiceProvider services, SignInRate rate) =>
            ConfirmPages<TUser>.PasswordAsync(http, services.Of<Realm<TUser>>(), rate)).WithMetadata(open);
        group.MapPost($"{AccountPaths.Confirm}/cle", (HttpContext http, IServiceProvider services) =>
            ConfirmPages<TUser>.PasskeyAsync(
                http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>(), services.Of<IPasskeyHandler<TUser>>()))
                    .WithMetadata(open);
        group.MapPost($"{AccountPaths.Confirm}/cle/options", (HttpContext http, IServiceProvider services) =>
            ConfirmPages<TUser>.PasskeyOptionsAsync(http, services.Of<Realm<TUser>>(), services.Of<IPasskeyHandler<TUser>>()))
                .WithMetadata(open);

        group.MapGet(AccountPaths.Account, (HttpContext http, IServiceProvider services, string? fait) =>
            AccountPages<TUser>.ShowAsync(http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>(), [], fait == "mot-de-passe"
                ? T["Votre mot de passe est changé. Ailleurs, vous êtes déconnecté(e)."] : null)).WithMetadata(first);
        group.MapPost($"{AccountPaths.Account}/nom", (HttpContext http, IServiceProvider services) =>
            AccountPages<TUser>.RenameAsync(http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>()));
        group.MapPost($"{AccountPaths.Account}/mot-de-passe", (HttpContext http, IServiceProvider services, SignInRate rate) =>
            AccountPages<TUser>.ChangePasswordAsync(http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>(), rate))
                .WithMetadata(first);
        group.MapPost($"{AccountPaths.Account}/sessions/autres/terminer", (HttpContext http, IServiceProvider services) =>
            AccountPages<TUser>.EndOtherSessionsAsync(http, services.Of<Realm<TUser>>()));
        group.MapPost($"{AccountPaths.Account}/sessions/{{id:guid}}/terminer", (HttpContext http, IServiceProvider services, Guid id) =>
            AccountPages<TUser>.EndSessionAsync(http, services.Of<Realm<TUser>>(), id));

        group.MapPost($"{AccountPaths.Account}/cles/options", (HttpContext http, IServiceProvider services) =>
            PasskeyPages<TUser>.OptionsAsync(http, services.Of<Realm<TUser>>(), services.Of<IPasskeyHandler<TUser>>()))
            .WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.Account}/cles", (HttpContext http, IServiceProvider services) =>
            PasskeyPages<TUser>.AddAsync(http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>(),
                services.Of<IPasskeyHandler<TUser>>()))
            .WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.Account}/cles/{{id}}/retirer", (HttpContext http, IServiceProvider services, string id) =>
            PasskeyPages<TUser>.RemoveAsync(http, services.Of<Realm<TUser>>(), services.Of<UserManager<TUser>>(), id))
                .WithMetadata(confirmed);

        group.MapGet(AccountPaths.SecondFactor, (HttpContext http, IServiceProvider services, AuthenticatorApp app) =>
            SecondFactorPages<TUser>.ShowAsync(http, services.Of<Realm<TUser>>(), app)).WithMetadata(open);
        group.MapPost(AccountPaths.SecondFactor, (HttpContext http, IServiceProvider services, AuthenticatorApp app) =>
            SecondFactorPages<TUser>.AddAsync(http, services.Of<Realm<TUser>>(), app)).WithMetadata(open, confirmed);
        group.MapPost($"{AccountPaths.SecondFactor}/retirer", (HttpContext http, IServiceProvider services) =>
            SecondFactorPages<TUser>.RemoveAsync(http, services.Of<Realm<TUser>>())).WithMetadata(confirmed);
        group.MapPost($"{AccountPaths.SecondFactor}/codes", (HttpContext http, IServiceProvider services) =>
            SecondFactorPages<TUser>.RenewCodesAsync(http, services.Of<Realm<TUser>>())).WithMetadata(confirmed);
    }

    // Not parameters: handlers are generated when the code is built, and that can't be done for parameters of an open type.
    private static T Of<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
