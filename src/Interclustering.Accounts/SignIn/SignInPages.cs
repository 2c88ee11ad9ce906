using Interclustering.Accounts.Passkeys;
using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SignIn;

/// <summary>Signing in at a realm, and out of it. Neither words nor status, cookies, or work tell who has an account.</summary>
internal static class SignInPages<TUser>
    where TUser : Account, new()
{
    public static IResult Show(HttpContext http, Realm<TUser> realm, SignInEntry entry, int status = StatusCodes.Status200OK)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return realm.Show<TUser, SignInPage>(http, T["Connexion"], new()
        {
            [nameof(SignInPage.Entry)] = entry,
            [nameof(SignInPage.Introduction)] = realm.Introduction,
            [nameof(SignInPage.Forgotten)] = realm.Forgotten,
        }, status);
    }

    internal static async Task<IResult> EnterAsync(HttpContext http, Realm<TUser> realm, IAntiforgery antiforgery, SignInRate rate)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entry = new SignInEntry { Email = form["email"].ToString().Trim(), Back = form["retour"].ToString(), Kept = KeptForm.In(form) };
        if (await RefuseAsync(http, realm, antiforgery, rate, entry) is { } refused)
        {
            return refused;
        }

        var (now, password, key) = (http.Now(), form["password"].ToString(), SignInLocks.KeyOf("password", entry.Email));
        var attempt = await SignInLocks.CountAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        var normalized = entry.Email.ToUpperInvariant();
        var account = await realm.Known.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, http.RequestAborted);
        // An unknown or locked account costs the same work as another one.
        var verified = PasswordHashes.Verify(account, password);
        if (account is null || !attempt.Allowed || verified == PasswordVerificationResult.Failed || account.PrintedUntil() <= now)
        {
            if (account is not null && attempt.Last)
            {
                realm.Tell(account, AccountNews.Locked, now);
            }

            realm.Note(account?.Id ?? "", AccountActions.SignInRefused, account?.Email ?? "", now);
            await realm.Db.SaveChangesAsync(http.RequestAborted);
            return Show(http, realm, entry with { Error = Refused(realm) }, StatusCodes.Status422UnprocessableEntity);
        }

        await SignInLocks.SucceedAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            account.PasswordHash = PasswordHashes.Of(password);
        }

        return await GoOnAsync(http, realm, account, entry);
    }

    /// <summary>After the password: the second step where the account has one, else in.</summary>
    public static async Task<IResult> GoOnAsync(HttpContext http, Realm<TUser> realm, TUser account, SignInEntry entry)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        if (account.TotpSecret is null
            && !(realm.NeedsSecondFactor(account) && await SecondFactors.HasPasskeyAsync(realm.Db, account, http.RequestAborted)))
        {
            return await LetInAsync(http, realm, account, entry);
        }

        var ticket = await Challenges.BeginAsync(realm.Db, ChallengeRow.SecondStep, account.Id, "", http.Now(), http.RequestAborted);
        return await AskForCodeAsync(http, realm, account, entry, ticket);
    }

    internal static async Task<IResult> CodeAsync(
        HttpContext http, Realm<TUser> realm, IAntiforgery antiforgery, SignInRate rate, AuthenticatorApp app)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (entry, ticket, now) = (new SignInEntry { Back = form["retour"].ToString(), Kept = KeptForm.In(form) }, form["ticket"]
            .ToString(), http.Now());
        if (await RefuseAsync(http, realm, antiforgery, rate, entry) is { } refused)
        {
            return refused;
        }

        if (await Challenges.SeeAsync(realm.Db, ChallengeRow.SecondStep, ticket, now, http.RequestAborted) is not { } challenge
            || await realm.Known.SingleOrDefaultAsync(row => row.Id == challenge.Account, http.RequestAborted) is not { } account)
        {
            return Show(
                http, realm,
                entry with { Notice = T["Cette page était ouverte depuis trop longtemps. Entrez à nouveau votre mot de passe."] },
                StatusCodes.Status400BadRequest);
        }

        var key = SignInLocks.KeyOf("code", account.Id);
        var attempt = await SignInLocks.CountAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        var found = attempt.Allowed
            ? await app.VerifyAsync(realm, account, form["code"].ToString(), now, http.RequestAborted) : SecondStep.Wrong;
        if (found == SecondStep.Wrong)
        {
            realm.Note(account.Id, AccountActions.SignInRefused, account.Email ?? "", now);
            if (attempt.Last)
            {
                realm.Tell(account, AccountNews.Locked, now);
            }

            await realm.Db.SaveChangesAsync(http.RequestAborted);
            var error = T["Ce code n’est pas le bon, a déjà servi, ou trop de codes ont été essayés. Attendez le suivant, ou {0} minutes.",
                SignInLocks.LockoutMinutes];
            return await AskForCodeAsync(http, realm, account, entry with { Error = error }, ticket,
                StatusCodes.Status422UnprocessableEntity);
        }

        if (await Challenges.TakeAsync(realm.Db, ChallengeRow.SecondStep, ticket, now, http.RequestAborted) is null)
        {
            return Show(http, realm, entry, StatusCodes.Status400BadRequest);
        }

        await SignInLocks.SucceedAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        await realm.Db.Entry(account).ReloadAsync(http.RequestAborted);
        if (found == SecondStep.RecoveryCode)
        {
            realm.Note(account.Id, AccountActions.RecoveryCodeUsed, "", now);
        }

        return await LetInAsync(http, realm, account, entry);
    }

    internal static async Task<IResult> PasskeyOptionsAsync(
        HttpContext http, Realm<TUser> realm, IPasskeyHandler<TUser> handler, SignInRate rate)
    {
        if (!rate.AllowsChallenge(http))
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var options = await handler.MakeRequestOptionsAsync(user: null, http);
        await PasskeyCeremony.BeginAsync(realm.Db, http, realm.Code, options.AssertionState);
        return Results.Content(options.RequestOptionsJson, "application/json");
    }

    /// <summary>A passkey is both steps: the device has it, and asks its owner for a finger, a face or a code.</summary>
    internal static async Task<IResult> PasskeyAsync(
        HttpContext http, Realm<TUser> realm, IAntiforgery antiforgery, SignInRate rate, UserManager<TUser> people,
            IPasskeyHandler<TUser> handler)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entry = new SignInEntry { Back = form["retour"].ToString(), Kept = KeptForm.In(form) };
        if (await RefuseAsync(http, realm, antiforgery, rate, entry) is { } refused)
        {
            return refused;
        }

        if (await PasskeyPages<TUser>.AssertAsync(http, realm, people, handler, form["credential"].ToString()) is not { } account)
        {
            var error = T["Cette clé d’accès n’ouvre rien ici. Entrez votre adresse et votre mot de passe."];
            return Show(http, realm, entry with { Error = error }, StatusCodes.Status422UnprocessableEntity);
        }

        return await LetInAsync(http, realm, account, entry);
    }

    internal static async Task<IResult> LeaveAsync(HttpContext http, Realm<TUser> realm)
    {
        if (SignedIn.In(http) is { } signedIn)
        {
            realm.Note(signedIn.Account.Id, AccountActions.SignedOut, "", http.Now());
            await realm.Db.SaveChangesAsync(http.RequestAborted);
            await realm.EndAsync(signedIn.Session.Id, http.RequestAborted);
        }

        await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignOutAsync(http, realm.Scheme);
        return Results.LocalRedirect(Language.To(realm.Outside));
    }

    private static async Task<IResult?> RefuseAsync(HttpContext http, Realm<TUser> realm, IAntiforgery antiforgery, SignInRate rate,
        SignInEntry entry)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Show(
                http, realm,
                entry with { Notice = T["Cette page était ouverte depuis trop longtemps. Entrez à nouveau votre mot de passe."] },
                StatusCodes.Status400BadRequest);
        }

        return rate.Allows(http) ? null
            : Show(http, realm, entry with { Error = T["Trop d’essais depuis ici : attendez quelques minutes."] },
                StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> LetInAsync(HttpContext http, Realm<TUser> realm, TUser account, SignInEntry entry)
    {
        await realm.StartAsync(http, account);
        // 307 sends the kept form on to its own page, which shows it again: the token in it belongs to no session.
        return Results.LocalRedirect(Language.To(realm.SafeReturn(entry.Back)), permanent: false, preserveMethod: entry.Kept is not null);
    }

    private static async Task<IResult> AskForCodeAsync(
        HttpContext http, Realm<TUser> realm, TUser account, SignInEntry entry, string ticket, int status = StatusCodes.Status200OK) =>
        realm.Show<TUser, SecondStepPage>(http, T["Deuxième étape"], new()
        {
            [nameof(SecondStepPage.Entry)] = entry,
            [nameof(SecondStepPage.Ticket)] = ticket,
            [nameof(SecondStepPage.HasApp)] = account.TotpSecret is not null,
            [nameof(SecondStepPage.HasPasskey)] = await SecondFactors.HasPasskeyAsync(realm.Db, account, http.RequestAborted),
        }, status);

    private static string Refused(Realm<TUser> realm) => T[
        "Adresse ou mot de passe inconnu ici, ou trop d’essais : après {0} mots de passe faux, un compte est bloqué {1} minutes. {2}",
        SignInLocks.MostFailures, SignInLocks.LockoutMinutes, realm.RefusalHint];
}
