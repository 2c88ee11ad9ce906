using Interclustering.Accounts.SignIn;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.Sessions;

/// <summary>Starts and ends sessions.</summary>
public static class OpenSessions
{
    /// <summary>
    /// Signs in: a new row, a new cookie. The session that the browser had at this realm ends. Saves what waits in the context.
    /// </summary>
    public static async Task StartAsync<TUser>(this Realm<TUser> realm, HttpContext http, TUser account)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(account);
        var now = http.Now();
        if ((await http.AuthenticateAsync(realm.Scheme)).Succeeded && SignedIn.In(http) is { } before)
        {
            await realm.EndAsync(before.Session.Id, http.RequestAborted);
        }

        var session = new SessionRow
        {
            Account = account.Id,
            Device = Device.Of(http.Request.Headers.UserAgent.ToString()),
            StartedAt = now,
            SeenAt = now,
            ConfirmedAt = now,
        };
        realm.Db.Add(session);
        account.LastSignInAt = now;
        realm.Note(account.Id, AccountActions.SignedIn, "", now);
        await realm.Db.SaveChangesAsync(http.RequestAborted);
        await http.SignInAsync(realm.Scheme, realm.PrincipalOf(account, session.Id));
    }

    public static Task<int> EndAsync<TUser>(this Realm<TUser> realm, Guid session, CancellationToken cancellation)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(realm);
        return realm.Db.Set<SessionRow>().Where(row => row.Id == session).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Ends an account's sessions, but for one.</summary>
    /// <param name="db">The account's own database.</param>
    /// <param name="account">Its id.</param>
    /// <param name="except">The session that goes on; null for none.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>How many ended.</returns>
    public static Task<int> EndAllAsync(DbContext db, string account, Guid? except, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<SessionRow>().Where(row => row.Account == account && row.Id != except).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Remembers that a password or a passkey was given just now.</summary>
    internal static Task<int> ConfirmAsync(DbContext db, Guid session, DateTime now, CancellationToken cancellation) =>
        db.Set<SessionRow>().Where(row => row.Id == session)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.ConfirmedAt, now), cancellation);
}
