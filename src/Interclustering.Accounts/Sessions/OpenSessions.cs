using Interclustering.Accounts.Door;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.Sessions;

/// <summary>Starts and ends sessions.</summary>
public static class OpenSessions
{
    /// <summary>Signs in: a new row, a new cookie. The session that the browser had at this door ends. Saves what waits in the context.</summary>
    public static async Task StartAsync<TUser>(this Door<TUser> door, HttpContext http, TUser account)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(door);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(account);
        var now = http.Now();
        if ((await http.AuthenticateAsync(door.Scheme)).Succeeded && SignedIn.In(http) is { } before)
        {
            await door.EndAsync(before.Session.Id, http.RequestAborted);
        }

        var session = new SessionRow
        {
            Account = account.Id, Device = Device.Of(http.Request.Headers.UserAgent.ToString()), StartedAt = now, SeenAt = now, ConfirmedAt = now,
        };
        door.Db.Add(session);
        account.LastSignInAt = now;
        door.Note(account.Id, AccountActions.SignedIn, "", now);
        await door.Db.SaveChangesAsync(http.RequestAborted);
        await http.SignInAsync(door.Scheme, door.PrincipalOf(account, session.Id));
    }

    public static Task<int> EndAsync<TUser>(this Door<TUser> door, Guid session, CancellationToken cancellation)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(door);
        return door.Db.Set<SessionRow>().Where(row => row.Id == session).ExecuteDeleteAsync(cancellation);
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
        db.Set<SessionRow>().Where(row => row.Id == session).ExecuteUpdateAsync(row => row.SetProperty(each => each.ConfirmedAt, now), cancellation);
}
