using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SecondFactor;

/// <summary>« Second facteur »: an authenticator app is added or removed, and recovery codes are made. Works without script.</summary>
internal static class SecondFactorPages<TUser>
    where TUser : Account, new()
{
    public static async Task<IResult> ShowAsync(HttpContext http, Realm<TUser> realm, AuthenticatorApp app) =>
        await ShowAsync(http, realm, app, ticket: null, []);

    public static async Task<IResult> AddAsync(HttpContext http, Realm<TUser> realm, AuthenticatorApp app)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (ticket, now) = (form["ticket"].ToString(), http.Now());
        if (await Challenges.SeeAsync(realm.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted) is not { } begun
            || begun.Account != me.Id)
        {
            return await ShowAsync(http, realm, app, ticket: null,
                [new("code", T["Cette page était ouverte depuis trop longtemps : recommencez avec le secret qui est montré maintenant."])]);
        }

        if (app.StepOf(begun.State, form["code"].ToString(), now) is not { } step)
        {
            return await ShowAsync(http, realm, app, ticket,
                [new("code", T["Ce code ne va pas avec ce secret. Vérifiez l’heure de votre appareil, et prenez le code suivant."])]);
        }

        if (await Challenges.TakeAsync(realm.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted) is null)
        {
            return await ShowAsync(http, realm, app, ticket: null, []);
        }

        (me.TotpSecret, me.TotpStep) = (begun.State, step);
        var codes = AuthenticatorApp.RenewRecoveryCodes(me);
        realm.Note(me.Id, AccountActions.TotpAdded, "", now);
        realm.Tell(me, AccountNews.TotpAdded, now);
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        return Codes(http, realm, codes);
    }

    public static async Task<IResult> RemoveAsync(HttpContext http, Realm<TUser> realm)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        if (me.TotpSecret is not null)
        {
            (me.TotpSecret, me.RecoveryCodes) = (null, "");
            realm.Note(me.Id, AccountActions.TotpRemoved, "", http.Now());
            await realm.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
    }

    public static async Task<IResult> RenewCodesAsync(HttpContext http, Realm<TUser> realm)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        if (!await SecondFactors.AnyAsync(realm.Db, me, http.RequestAborted))
        {
            return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.SecondFactor));
        }

        var codes = AuthenticatorApp.RenewRecoveryCodes(me);
        realm.Note(me.Id, AccountActions.RecoveryCodesMade, "", http.Now());
        realm.Tell(me, AccountNews.RecoveryCodesMade, http.Now());
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        return Codes(http, realm, codes);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Realm<TUser> realm, AuthenticatorApp app, string? ticket, IReadOnlyList<FieldWrong> errors)
    {
        var (me, _, mustSetUp) = SignedIn.In(http)!;
        if (me.TotpSecret is not null)
        {
            return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
        }

        var now = http.Now();
        var secret = ticket is null
            ? null : (await Challenges.SeeAsync(realm.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted))?.State;
        if (secret is null)
        {
            secret = app.CreateSecret();
            await realm.Db.Set<ChallengeRow>().Where(row => row.Purpose == ChallengeRow.TotpSetUp && row.Account == me.Id)
                .ExecuteDeleteAsync(http.RequestAborted);
            ticket = await Challenges.BeginAsync(realm.Db, ChallengeRow.TotpSetUp, me.Id, secret, now, http.RequestAborted);
        }

        var uri = app.UriOf(secret, me.Email ?? "", realm.Name);
        return realm.Show<TUser, SecondFactorPage>(http, T["Second facteur"], new()
        {
            [nameof(SecondFactorPage.Ticket)] = ticket,
            [nameof(SecondFactorPage.Secret)] = app.Readable(secret),
            [nameof(SecondFactorPage.Uri)] = uri,
            [nameof(SecondFactorPage.MustSetUp)] = mustSetUp,
            [nameof(SecondFactorPage.Errors)] = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Codes(HttpContext http, Realm<TUser> realm, IReadOnlyList<string> codes) =>
        realm.Show<TUser, RecoveryCodesPage>(http, T["Codes de secours"],
            new() { [nameof(RecoveryCodesPage.Codes)] = codes, [nameof(RecoveryCodesPage.Home)] = realm.Home });
}
