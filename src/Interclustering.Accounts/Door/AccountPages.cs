using Interclustering.Accounts.Passwords;
using Interclustering.Accounts.SecondFactor;
using Interclustering.Accounts.Sessions;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.Door;

/// <summary>« Mon compte »: one's own name, password, second factor, passkeys, and sessions.</summary>
internal static class AccountPages<TUser>
    where TUser : Account, new()
{
    private const int LongestName = 100;

    public static Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, UserManager<TUser> people) => ShowAsync(http, door, people, []);

    public static async Task<IResult> ShowAsync(HttpContext http, Door<TUser> door, UserManager<TUser> people, IReadOnlyList<FieldWrong> errors, string? notice = null)
    {
        var signedIn = SignedIn.In(http)!;
        var me = (TUser)signedIn.Account;
        var passkeys = await people.GetPasskeysAsync(me);
        return door.Show<TUser, AccountPage>(http, T["Mon compte"], new()
        {
            [nameof(AccountPage.Me)] = me,
            [nameof(AccountPage.Line)] = door.AccountLine(me),
            [nameof(AccountPage.Passkeys)] = passkeys,
            [nameof(AccountPage.Hint)] = door.Administers(me) && !door.NeedsSecondFactor(me) && me.TotpSecret is null && passkeys.Count == 0,
            [nameof(AccountPage.Sessions)] = await door.Db.Set<SessionRow>().AsNoTracking().Where(row => row.Account == me.Id)
                .OrderByDescending(row => row.SeenAt).ToListAsync(http.RequestAborted),
            [nameof(AccountPage.Current)] = signedIn.Session.Id,
            [nameof(AccountPage.Errors)] = errors,
            [nameof(AccountPage.Notice)] = notice ?? (me.PrintedUntil() is null ? null
                : T["Ce mot de passe vous a été donné pour une première connexion. Choisissez maintenant le vôtre : le reste s’ouvre ensuite."]),
            [nameof(AccountPage.Now)] = http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public static async Task<IResult> RenameAsync(HttpContext http, Door<TUser> door, UserManager<TUser> people)
    {
        var me = (TUser)SignedIn.In(http)!.Account;
        var name = new string([.. (await http.Request.ReadFormAsync(http.RequestAborted))["name"].ToString().Where(letter => !char.IsControl(letter))]).Trim();
        if (name.Length is 0 or > LongestName)
        {
            return await ShowAsync(http, door, people, [new("name", T["Donnez votre nom, de 100 caractères au plus."])]);
        }

        me.Name = name;
        door.Note(me.Id, AccountActions.NameChanged, "", http.Now());
        await door.Db.SaveChangesAsync(http.RequestAborted);
        http.User = door.PrincipalOf(me, SignedIn.In(http)!.Session.Id);
        return await ShowAsync(http, door, people, [], T["Votre nom est changé. Ce que vous aviez publié garde l’ancien."]);
    }

    public static async Task<IResult> ChangePasswordAsync(HttpContext http, Door<TUser> door, UserManager<TUser> people, SignInRate rate)
    {
        var signedIn = SignedIn.In(http)!;
        var me = (TUser)signedIn.Account;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (current, chosen, now) = (form["current"].ToString(), form["password"].ToString(), http.Now());
        var key = SignInLocks.KeyOf("confirmation", me.Id);
        var allowed = rate.Allows(http) && (await SignInLocks.CountAsync(door.Db, key, Network.Of(http), now, http.RequestAborted)).Allowed;
        FieldWrong? wrong = !allowed ? new("current", T["Trop d’essais depuis ici : attendez quelques minutes."])
            : PasswordHashes.Verify(me, current) == PasswordVerificationResult.Failed ? new("current", T["Ce n’est pas votre mot de passe actuel."])
            : PasswordRules.Refuse(chosen, [me.Name, me.Email ?? "", .. door.Guessable]) is { } refusal ? new("password", refusal)
            : null;
        if (wrong is null || wrong.Field == "password")
        {
            await SignInLocks.SucceedAsync(door.Db, key, Network.Of(http), now, http.RequestAborted);
        }

        if (wrong is not null)
        {
            return await ShowAsync(http, door, people, [wrong]);
        }

        me.SetPassword(chosen);
        door.Note(me.Id, AccountActions.PasswordChanged, "", now);
        door.Tell(me, AccountNews.PasswordChanged, now);
        await door.Db.SaveChangesAsync(http.RequestAborted);
        await OpenSessions.EndAllAsync(door.Db, me.Id, except: null, http.RequestAborted);
        await door.StartAsync(http, me);
        return Results.LocalRedirect(Language.To($"{door.Base}{AccountPaths.Account}?fait=mot-de-passe"));
    }

    public static async Task<IResult> EndSessionAsync(HttpContext http, Door<TUser> door, Guid id)
    {
        var me = SignedIn.In(http)!.Account;
        if (await door.Db.Set<SessionRow>().Where(row => row.Id == id && row.Account == me.Id).ExecuteDeleteAsync(http.RequestAborted) == 1)
        {
            door.Note(me.Id, AccountActions.SessionEnded, "", http.Now());
            await door.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(door.Base + AccountPaths.Account));
    }

    public static async Task<IResult> EndOtherSessionsAsync(HttpContext http, Door<TUser> door)
    {
        var (me, session, _) = SignedIn.In(http)!;
        if (await OpenSessions.EndAllAsync(door.Db, me.Id, session.Id, http.RequestAborted) > 0)
        {
            door.Note(me.Id, AccountActions.SessionEnded, "", http.Now());
            await door.Db.SaveChangesAsync(http.RequestAborted);
        }

        return Results.LocalRedirect(Language.To(door.Base + AccountPaths.Account));
    }
}
