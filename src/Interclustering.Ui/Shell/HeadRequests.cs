using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Ui.Shell;

/// <summary>
/// HEAD is GET without the content (RFC 9110 §9.3.2): link checkers and calendars look whether something is there before they read it.
/// </summary>
public static class HeadRequests
{
    /// <summary>Routes; where nothing takes HEAD itself, as a GET. The server leaves the content out.</summary>
    public static IApplicationBuilder UseRoutingWithHead(this IApplicationBuilder app) => app.UseRouting().Use((http, next) =>
    {
        // What routing itself puts there to refuse a method is no route.
        if (HttpMethods.IsHead(http.Request.Method) && http.GetEndpoint() is not RouteEndpoint)
        {
            http.Request.Method = HttpMethods.Get;
            http.SetEndpoint(null);
        }

        return next(http);
    }).UseRouting();
}
