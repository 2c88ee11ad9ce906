using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Ui.Shell;

/// <summary>HEAD is GET without the content (RFC 9110 §9.3.2): link checkers and calendars look whether something is there before they read it.</summary>
public static class HeadRequests
{
    /// <summary>Stands before routing. The server leaves the content out by itself.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });
}
