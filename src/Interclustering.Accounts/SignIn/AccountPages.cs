using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SignIn;

/// <summary>« Mon compte »: one's own name, password, second factor, passkeys, and sessions.</summary>
internal static class AccountPages<TUser>
    where TUser : Account, new()
{
    private const int LongestName = 100;

    public static Task<IResult> ShowAsync(HttpContext http, Realm<TUser> realm, UserManager<TUser> people) =>
        ShowAsync(http, realm, people, []);

    public static async Task<IResult> ShowAsync(
        HttpContext http, Realm<TUser> realm, UserManager<TUser> people, IReadOnlyList<FieldWrong> errors, string? notice = null)
    {
        var signedIn = SignedIn.In(http)!;
        var me = (TUser)signedIn.Account;
        var passkeys = await people.GetPasskeysAsync(me);
        return realm.Show<TUser, AccountPage>(http, T["Mon compte"], new()
        {
            [nameof(AccountPage.Me)] = me,
            [nameof(AccountPage.Line)] = realm.AccountLine(me),
            [nameof(AccountPage.OwnPages)] = realm.OwnPages,
            [nameof(AccountPage.Passkeys)] = passkeys,
            [nameof(AccountPage.Hint)] = realm.Administers(me) && !realm.NeedsSecondFactor(me) && me.TotpSecret is null
                && passkeys.Count == 0,
            [nameof(AccountPage.Sessions)] = await realm.Db.Set<SessionRow>().AsNoTracking().Where(row => row.Account == me.Id)
                .OrderByDescending(row => row.SeenAt).ToListAsync(http.RequestAborted),
            [nameof(AccountPage.Current)] = signedIn.Session.Id,
            [nameof(AccountPage.Errors)] = errors,
            [nameof(AccountPage.Notice)] = notice ?? (me.PrintedUntil() is null ? null
                : T["Ce mot de passe vous a été donné pour une première connexion. Choisissez maintenant le vôtre : le reste s’ouvre "
                    + "ensuite."]),
            [nameof(AccountPage.Now)] = http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public static async Task<IResult> RenameAsync(HttpContext http, Realm<TUser> realm, UserManager<TUser> people)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        var name = new string([.. (await http.Request.ReadFormAsync(http.RequestAborted))["name"].ToString()
            .Where(letter => !char.IsControl(letter))]).Trim();
        if (name.Length is 0 or > LongestName)
        {
            return await ShowAsync(http, realm, people, [new("name", T["Donnez votre nom, de 100 caractères au plus."])]);
        }

        me.Name = name;
        realm.Note(me.Id, AccountActions.NameChanged, "", http.Now());
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        http.User = realm.PrincipalOf(me, SignedIn.In(http)!.Session.Id);
        return await ShowAsync(http, realm, people, [], T["Votre nom est changé. Ce que vous aviez publié garde l’ancien."]);
    }

    public static async Task<IResult> ChangePasswordAsync(HttpContext http, Realm<TUser> realm, UserManager<TUser> people, SignInRate rate)
    {
        var signedIn = SignedIn.In(http)!;
        var me = (TUser)signedIn.Account;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (current, chosen, now) = (form["current"].ToString(), form["password"].ToString(), http.Now());
        var key = SignInLocks.KeyOf("confirmation", me.Id);
        var allowed = rate.Allows(http)
            && (await SignInLocks.CountAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted)).Allowed;
        FieldWrong? wrong = !allowed ? new("current", T["Trop d’essais depuis ici : attendez quelques minutes."])
            : PasswordHashes.Verify(me, current) == PasswordVerificationResult.Failed
                ? new("current", T["Ce n’est pas votre mot de passe actuel."])
            : PasswordRules.Refuse(chosen, [me.Name, me.Email ?? "", .. realm.Guessable]) is { } refusal ? new("password", refusal)
            : null;
        if (wrong is null || wrong.Field == "password")
        {
            await SignInLocks.SucceedAsync(realm.Db, key, Network.Of(http), now, http.RequestAborted);
        }

        if (wrong is not null)
        {
            return await ShowAsync(http, realm, people, [wrong]);
        }

        me.SetPassword(chosen);
        realm.Note(me.Id, AccountActions.PasswordChanged, "", now);
        realm.Tell(me, AccountNews.PasswordChanged, now);
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        await OpenSessions.EndAllAsync(realm.Db, me.Id, except: null, http.RequestAborted);
        await realm.StartAsync(http, me);
        return Results.LocalRedirect(Language.To($"{realm.Base}{AccountPaths.Account}?fait=mot-de-passe"));
    }

    public static async Task<IResult> EndSessionAsync(HttpContext http, Realm<TUser> realm, Guid id)
    {
        var me = SignedIn.In(http)!.Account;
        if (await realm.Db.Set<SessionRow>().Where(row => row.Id == id && row.Account == me.Id)
            .ExecuteDeleteAsync(http.RequestAborted) == 1)
        {
            realm.Note(me.Id, AccountActions.SessionEnded, "", http.Now());
            await realm.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
    }

    public static async Task<IResult> EndOtherSessionsAsync(HttpContext http, Realm<TUser> realm)
    {
        var (me, session, _) = SignedIn.In(http)!;
        if (await OpenSessions.EndAllAsync(realm.Db, me.Id, session.Id, http.RequestAborted) > 0)
        {
            realm.Note(me.Id, AccountActions.SessionEnded, "", http.Now());
            await realm.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(realm.Base + AccountPaths.Account));
    }
}
