using Interclustering.Accounts.Door;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SecondFactor;

/// <summary>« Second facteur »: an authenticator app is added or removed, and recovery codes are made. Works without script.</summary>
internal static class SecondFactorPages<TUser>
    where TUser : Account, new()
{
    public static async Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, AuthenticatorApp app) => await ShowAsync(http, door, app, ticket: null, []);

    public static async Task<IResult> AddAsync(HttpContext http, Door<TUser> door, AuthenticatorApp app)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (ticket, now) = (form["ticket"].ToString(), http.Now());
        if (await Challenges.SeeAsync(door.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted) is not { } begun || begun.Account != me.Id)
        {
            return await ShowAsync(http, door, app, ticket: null, [new("code", T["Cette page était ouverte depuis trop longtemps : recommencez avec le secret qui est montré maintenant."])]);
        }

        if (app.StepOf(begun.State, form["code"].ToString(), now) is not { } step)
        {
            return await ShowAsync(http, door, app, ticket, [new("code", T["Ce code ne va pas avec ce secret. Vérifiez l’heure de votre appareil, et prenez le code suivant."])]);
        }

        if (await Challenges.TakeAsync(door.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted) is null)
        {
            return await ShowAsync(http, door, app, ticket: null, []);
        }

        (me.TotpSecret, me.TotpStep) = (begun.State, step);
        var codes = AuthenticatorApp.RenewRecoveryCodes(me);
        door.Note(me.Id, AccountActions.TotpAdded, "", now);
        door.Tell(me, AccountNews.TotpAdded, now);
        await door.Db.SaveChangesAsync(http.RequestAborted);
        return Codes(http, door, codes);
    }

    public static async Task<IResult> RemoveAsync(HttpContext http, Door<TUser> door)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        if (me.TotpSecret is not null)
        {
            (me.TotpSecret, me.RecoveryCodes) = (null, "");
            door.Note(me.Id, AccountActions.TotpRemoved, "", http.Now());
            await door.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(door.Base + AccountPaths.Account));
    }

    public static async Task<IResult> RenewCodesAsync(HttpContext http, Door<TUser> door)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        if (!await SecondFactors.AnyAsync(door.Db, me, http.RequestAborted))
        {
            return Results.LocalRedirect(Language.To(door.Base + AccountPaths.SecondFactor));
        }

        var codes = AuthenticatorApp.RenewRecoveryCodes(me);
        door.Note(me.Id, AccountActions.RecoveryCodesMade, "", http.Now());
        door.Tell(me, AccountNews.RecoveryCodesMade, http.Now());
        await door.Db.SaveChangesAsync(http.RequestAborted);
        return Codes(http, door, codes);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, AuthenticatorApp app, string? ticket, IReadOnlyList<FieldWrong> errors)
    {
        var (me, _, mustSetUp) = SignedIn.In(http)!;
        if (me.TotpSecret is not null)
        {
            return Results.LocalRedirect(Language.To(door.Base + AccountPaths.Account));
        }

        var now = http.Now();
        var secret = ticket is null ? null : (await Challenges.SeeAsync(door.Db, ChallengeRow.TotpSetUp, ticket, now, http.RequestAborted))?.State;
        if (secret is null)
        {
            secret = app.CreateSecret();
            await door.Db.Set<ChallengeRow>().Where(row => row.Purpose == ChallengeRow.TotpSetUp && row.Account == me.Id).ExecuteDeleteAsync(http.RequestAborted);
            ticket = await Challenges.BeginAsync(door.Db, ChallengeRow.TotpSetUp, me.Id, secret, now, http.RequestAborted);
        }

        var uri = app.UriOf(secret, me.Email ?? "", door.Name);
        return door.Show<TUser, SecondFactorPage>(http, T["Second facteur"], new()
        {
            [nameof(SecondFactorPage.Ticket)] = ticket,
            [nameof(SecondFactorPage.Secret)] = app.Readable(secret),
            [nameof(SecondFactorPage.Uri)] = uri,
            [nameof(SecondFactorPage.Picture)] = AuthenticatorApp.Picture(uri),
            [nameof(SecondFactorPage.MustSetUp)] = mustSetUp,
            [nameof(SecondFactorPage.Errors)] = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Codes(HttpContext http, Door<TUser> door, IReadOnlyList<string> codes) =>
        door.Show<TUser, RecoveryCodesPage>(http, T["Codes de secours"], new() { [nameof(RecoveryCodesPage.Codes)] = codes, [nameof(RecoveryCodesPage.Home)] = door.Home });
}
