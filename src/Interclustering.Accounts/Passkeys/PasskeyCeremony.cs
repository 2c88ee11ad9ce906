using Interclustering.Accounts.SignIn;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.Passkeys;

/// <summary>Keeps on the server what a passkey's challenge was made of, until its answer comes: once. A cookie names it.</summary>
internal static class PasskeyCeremony
{
    public static async Task BeginAsync(DbContext db, HttpContext http, string code, string? state)
    {
        var secret = await Challenges.BeginAsync(db, ChallengeRow.Passkey, code, state ?? "", http.Now(), http.RequestAborted);
        http.Response.Cookies.Append(NameOf(code), secret, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = ChallengeRow.Life,
            Path = "/",
        });
    }

    /// <returns>Null when there is none, it is too old, or it was answered before.</returns>
    public static async Task<string?> EndAsync(DbContext db, HttpContext http, string code)
    {
        if (http.Request.Cookies[NameOf(code)] is not { } secret)
        {
            return null;
        }

        http.Response.Cookies.Delete(NameOf(code), new CookieOptions { Secure = http.Request.IsHttps, Path = "/" });
        return (await Challenges.TakeAsync(db, ChallengeRow.Passkey, secret, http.Now(), http.RequestAborted))?.State;
    }

    private static string NameOf(string code) => $"ic-{code}-passkey";
}
