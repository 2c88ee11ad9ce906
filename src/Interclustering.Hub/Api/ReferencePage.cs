using Interclustering.Hub.Items;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Api;

/// <summary><c>/api</c>: the API explained, with Scalar's reference below.</summary>
public static class ReferencePage
{
    /// <param name="endpoints">Where it is mapped.</param>
    /// <param name="requestsPerMinute">See <see cref="RequestRates"/>.</param>
    public static void MapReference(this IEndpointRouteBuilder endpoints, int requestsPerMinute) =>
        endpoints.MapGet("/api", (HttpContext http) =>
    {
        // Scalar writes style elements while it runs. This page shows no foreign content, so it allows them.
        http.Response.Headers.ContentSecurityPolicy = http.Response.Headers.ContentSecurityPolicy.ToString()
            .Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);
        return Pages.Of<ApiPage>(T["API"], null, new() { [nameof(ApiPage.RequestsPerMinute)] = requestsPerMinute }, description: T[
            "Tout ce que le site montre, en JSON, sans clé et sans compte. Un outil ou un autre site peut s’en servir librement."]);
    }).ShareAnswer().ExcludeFromDescription();
}
