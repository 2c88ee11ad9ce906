using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.People;

/// <summary>Keeps what a challenge was made of until its answer comes, protected, in a cookie of a few minutes that is used once.</summary>
internal sealed class PasskeyCeremony(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public void Begin(HttpContext http, NodeInstance node, string? state) => http.Response.Cookies.Append(
        NameOf(node), ProtectorOf(node).Protect(state ?? "", Life),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = Life, Path = "/" });

    /// <returns>Null when there is none, or it is too old.</returns>
    public string? End(HttpContext http, NodeInstance node)
    {
        var kept = http.Request.Cookies[NameOf(node)];
        http.Response.Cookies.Delete(NameOf(node), new CookieOptions { Path = "/" });
        try
        {
            return kept is null ? null : ProtectorOf(node).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string NameOf(NodeInstance node) => $"ic-{node.Code}-passkey";

    private ITimeLimitedDataProtector ProtectorOf(NodeInstance node) => protection.CreateProtector("passkey", node.Code).ToTimeLimitedDataProtector();
}
