using Interclustering.Accounts.Passkeys;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Interclustering.Accounts.Door;

/// <summary>« C’est bien vous ? »: a password or a passkey again, before what changes who gets in. What was sent meanwhile is kept, and goes on.</summary>
internal static class ConfirmPages<TUser>
    where TUser : Account, new()
{
    public static Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, string? retour) => ShowAsync(http, door, retour ?? "", null, null, StatusCodes.Status200OK);

    /// <summary>In place of what needs a confirmation; its form is kept.</summary>
    public static async Task<IResult> AskAsync(HttpContext http, Door<TUser> door)
    {
        var posted = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType;
        var kept = posted ? KeptForm.BehindConfirmation(await http.Request.ReadFormAsync(http.RequestAborted)) : null;
        return await ShowAsync(http, door, http.Request.Path, kept, null, StatusCodes.Status403Forbidden);
    }

    public static async Task<IResult> PasswordAsync(HttpContext http, Door<TUser> door, SignInRate rate)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (account, now) = (SignedIn.In(http)!.Account, http.Now());
        var key = SignInLocks.KeyOf("confirmation", account.Id);
        if (!rate.Allows(http) || !(await SignInLocks.CountAsync(door.Db, key, Network.Of(http), now, http.RequestAborted)).Allowed)
        {
            return await AgainAsync(http, door, form, T["Trop d’essais depuis ici : attendez quelques minutes."]);
        }

        if (PasswordHashes.Verify(account, form["confirmation"].ToString()) == PasswordVerificationResult.Failed)
        {
            return await AgainAsync(http, door, form, T["Ce n’est pas votre mot de passe actuel."]);
        }

        await SignInLocks.SucceedAsync(door.Db, key, Network.Of(http), now, http.RequestAborted);
        return await GoOnAsync(http, door, form);
    }

    public static async Task<IResult> PasskeyOptionsAsync(HttpContext http, Door<TUser> door, IPasskeyHandler<TUser> handler)
    {
        var options = await handler.MakeRequestOptionsAsync((TUser)SignedIn.In(http)!.Account, http);
        await PasskeyCeremony.BeginAsync(door.Db, http, door.Code, options.AssertionState);
        return Results.Content(options.RequestOptionsJson, "application/json");
    }

    public static async Task<IResult> PasskeyAsync(HttpContext http, Door<TUser> door, UserManager<TUser> people, IPasskeyHandler<TUser> handler)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var account = await PasskeyPages<TUser>.AssertAsync(http, door, people, handler, form["confirmation-credential"].ToString());
        return account is not null && account.Id == SignedIn.In(http)!.Account.Id
            ? await GoOnAsync(http, door, form)
            : await AgainAsync(http, door, form, T["Cette clé d’accès n’est pas une des vôtres."]);
    }

    private static async Task<IResult> GoOnAsync(HttpContext http, Door<TUser> door, IFormCollection form)
    {
        await OpenSessions.ConfirmAsync(door.Db, SignedIn.In(http)!.Session.Id, http.Now(), http.RequestAborted);
        // 307 sends on what had waited, with the token of this session.
        return Results.LocalRedirect(
            Language.To(door.SafeReturn(form["confirmation-retour"].ToString())), permanent: false, preserveMethod: form["confirmation-kept"].Count > 0);
    }

    private static Task<IResult> AgainAsync(HttpContext http, Door<TUser> door, IFormCollection form, string error) => ShowAsync(
        http, door, form["confirmation-retour"].ToString(), form["confirmation-kept"].Count > 0 ? KeptForm.BehindConfirmation(form) : null, error,
        StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, string back, KeptForm? kept, string? error, int status) =>
        door.Show<TUser, ConfirmPage>(http, T["C’est bien vous ?"], new()
        {
            [nameof(ConfirmPage.Back)] = back,
            [nameof(ConfirmPage.Kept)] = kept,
            [nameof(ConfirmPage.Error)] = error,
            [nameof(ConfirmPage.Email)] = SignedIn.In(http)!.Account.Email ?? "",
            [nameof(ConfirmPage.HasPasskey)] = await SecondFactors.HasPasskeyAsync(door.Db, SignedIn.In(http)!.Account, http.RequestAborted),
        }, status);
}
