using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.Door;

/// <summary>Signing in, for pages of a door's own.</summary>
public static class DoorSignIn
{
    /// <summary>The sign-in page.</summary>
    public static IResult ShowSignIn<TUser>(this Door<TUser> door, HttpContext http, SignInEntry entry, int status = StatusCodes.Status200OK)
        where TUser : Account, new() => SignInPages<TUser>.Show(http, door, entry, status);

    /// <summary>After a password was chosen by a link: the second step where the account has one, else in.</summary>
    public static Task<IResult> GoOnAsync<TUser>(this Door<TUser> door, HttpContext http, TUser account)
        where TUser : Account, new() => SignInPages<TUser>.GoOnAsync(http, door, account, new());
}
