using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Accounts.Sessions;

/// <summary>
/// Behind https every cookie of ours is called <c>__Host-ic-…</c> on the way to the browser and <c>ic-…</c> inside (RFC 6265bis §4.1.3.2):
/// no other host of the domain can set it. Plain http, which only a machine of one's own should speak, can't have that prefix, and keeps
/// the plain name.
/// </summary>
public static class HostCookies
{
    private const string Prefix = "__Host-", Ours = "ic-";

    /// <summary>Belongs before authentication, and behind whatever learns the scheme from a TLS proxy.</summary>
    public static IApplicationBuilder UseHostCookies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.IsHttps)
        {
            http.Request.Headers.Cookie = Inside(http.Request.Headers.Cookie);
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.SetCookie = Outside(http.Response.Headers.SetCookie);
                return Task.CompletedTask;
            });
        }

        return next(http);
    });

    /// <summary>A plain name behind https was set by another host, or over plain http: it is left out.</summary>
    private static StringValues Inside(StringValues cookies) => string.Join("; ", cookies
        .SelectMany(line => (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(cookie => !cookie.StartsWith(Ours, StringComparison.Ordinal))
        .Select(cookie => cookie.StartsWith(Prefix + Ours, StringComparison.Ordinal) ? cookie[Prefix.Length..] : cookie));

    private static StringValues Outside(StringValues cookies) => new([.. cookies.Select(cookie =>
        cookie is null || !cookie.StartsWith(Ours, StringComparison.Ordinal) ? cookie
        : cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) ? Prefix + cookie
        : $"{Prefix}{cookie}; secure")]);
}
