using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Ui.Shell;

/// <summary>What every answer says to browsers about itself. A page that needs one more thing sets its own policy from these.</summary>
public static class SecurityHeaders
{
    private const string Sources =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; ";

    /// <summary>Everything from here, nothing inline, in no frame.</summary>
    public const string Policy = Sources + "frame-ancestors 'none'";

    /// <summary>The same, for a page that frames a page of this site.</summary>
    public const string FramingPolicy = Sources + "frame-src 'self'; frame-ancestors 'none'";

    /// <summary>The same, for a page that stands in other sites' frames.</summary>
    public const string FramedPolicy = Sources + "frame-ancestors *";

    public static IServiceCollection AddSecurityHeaders(this IServiceCollection services, bool subdomains = false) =>
        services.AddHsts(options =>
    {
        options.MaxAge = TimeSpan.FromDays(365);
        options.IncludeSubDomains = subdomains;
    });

    /// <summary>HSTS where the request came by https; ASP.NET leaves localhost out.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.UseHsts().Use((context, next) =>
    {
        Set(context.Response.Headers);
        if (SecretAddresses.Holds(context.Request.Path))
        {
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers.CacheControl = "no-store";
        }

        context.Response.OnStarting(() =>
        {
            // Scripts and style sheets of the build come without it.
            if (context.Response.ContentType is { } type && type.StartsWith("text/", StringComparison.Ordinal)
                && !type.Contains("charset", StringComparison.Ordinal))
            {
                context.Response.ContentType = type + "; charset=utf-8";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    internal static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
