using Interclustering.Accounts.Passkeys;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Interclustering.Accounts.SignIn;

/// <summary>
/// « C’est bien vous ? »: a password or a passkey again, before what changes who gets in. What was sent meanwhile is kept, and goes on.
/// </summary>
internal static class ConfirmPages<TUser>
    where TUser : Account, new()
{
    public static Task<IResult> ShowAsync(HttpContext http, Realm<TUser> realm, string? retour) =>
        ShowAsync(http, realm, retour ?? "", null, null, StatusCodes.Status200OK);

    /// <summary>In place of what needs a confirmation; its form is kept.</summary>
    public static async Task<IResult> AskAsync(HttpContext http, Realm<TUser> realm)
    {
        var posted = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType;
        var kept = posted ? KeptForm.BehindConfirmation(await http.Request.ReadFormAsync(http.RequestAborted)) : null;
        return await ShowAsync(http, realm, http.Request.Path, kept, null, StatusCodes.Status403Forbidden);
    }

    public static async Task<IResult> PasswordAsync(HttpContext http, Realm<TUser> realm, SignInRate rate)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (account, now) = (SignedIn.In(http)!.Account, http.Now());
        var key = SignInLocks.KeyOf("confirmation", account.Id);
        if (!rate.Allows(http) || !(await SignInLocks.CountAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted)).Allowed)
        {
            return await AgainAsync(http, realm, form, T["Trop d’essais depuis ici : attendez quelques minutes."]);
        }

        if (PasswordHashes.Verify(account, form["confirmation"].ToString()) == PasswordVerificationResult.Failed)
        {
            return await AgainAsync(http, realm, form, T["Ce n’est pas votre mot de passe actuel."]);
        }

        await SignInLocks.SucceedAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        return await GoOnAsync(http, realm, form);
    }

    public static async Task<IResult> PasskeyOptionsAsync(HttpContext http, Realm<TUser> realm, IPasskeyHandler<TUser> handler)
    {
        var options = await handler.MakeRequestOptionsAsync((TUser)SignedIn.In(http)!.Account, http);
        await PasskeyCeremony.BeginAsync(realm.Db, http, realm.Code, options.AssertionState);
        return Results.Content(options.RequestOptionsJson, "application/json");
    }

    public static async Task<IResult> PasskeyAsync(
        HttpContext http, Realm<TUser> realm, UserManager<TUser> people, IPasskeyHandler<TUser> handler)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var account = await PasskeyPages<TUser>.AssertAsync(http, realm, people, handler, form["confirmation-credential"].ToString());
        return account is not null && account.Id == SignedIn.In(http)!.Account.Id
            ? await GoOnAsync(http, realm, form)
            : await AgainAsync(http, realm, form, T["Cette clé d’accès n’est pas une des vôtres."]);
    }

    private static async Task<IResult> GoOnAsync(HttpContext http, Realm<TUser> realm, IFormCollection form)
    {
        await OpenSessions.ConfirmAsync(realm.Db, SignedIn.In(http)!.Session.Id, http.Now(), http.RequestAborted);
        // 307 sends on what had waited, with the token of this session.
        return Results.LocalRedirect(
            Language.To(realm.SafeReturn(form["confirmation-retour"].ToString())), permanent: false,
                preserveMethod: form["confirmation-kept"].Count > 0);
    }

    private static Task<IResult> AgainAsync(HttpContext http, Realm<TUser> realm, IFormCollection form, string error) => ShowAsync(
        http, realm, form["confirmation-retour"].ToString(), form["confirmation-kept"].Count > 0
            ? KeptForm.BehindConfirmation(form) : null, error,
        StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ShowAsync(HttpContext http, Realm<TUser> realm, string back, KeptForm? kept, string? error,
        int status) =>
        realm.Show<TUser, ConfirmPage>(http, T["C’est bien vous ?"], new()
        {
            [nameof(ConfirmPage.Back)] = back,
            [nameof(ConfirmPage.Kept)] = kept,
            [nameof(ConfirmPage.Error)] = error,
            [nameof(ConfirmPage.Email)] = SignedIn.In(http)!.Account.Email ?? "",
            [nameof(ConfirmPage.HasPasskey)] =
                await SecondFactors.HasPasskeyAsync(realm.Db, SignedIn.In(http)!.Account, http.RequestAborted),
        }, status);
}
