using Microsoft.AspNetCore.Http;

namespace Interclustering.Accounts.SignIn;

/// <summary>Signing in, for pages of a realm's own.</summary>
public static class RealmSignIn
{
    /// <summary>The sign-in page.</summary>
    public static IResult ShowSignIn<TUser>(
        this Realm<TUser> realm, HttpContext http, SignInEntry entry, int status = StatusCodes.Status200OK)
        where TUser : Account, new() => SignInPages<TUser>.Show(http, realm, entry, status);

    /// <summary>After a password was chosen by a link: the second step where the account has one, else in.</summary>
    public static Task<IResult> GoOnAsync<TUser>(this Realm<TUser> realm, HttpContext http, TUser account)
        where TUser : Account, new() => SignInPages<TUser>.GoOnAsync(http, realm, account, new());
}
