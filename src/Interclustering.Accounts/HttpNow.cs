using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Accounts;

internal static class HttpNow
{
    /// <summary>The time of the server's clock, UTC.</summary>
    public static DateTime Now(this HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
