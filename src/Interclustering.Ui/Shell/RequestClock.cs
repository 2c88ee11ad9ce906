using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Ui.Shell;

/// <summary>The clock of a request.</summary>
public static class RequestClock
{
    /// <summary>The time of the server's clock, UTC.</summary>
    public static DateTime Now(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
    }
}
