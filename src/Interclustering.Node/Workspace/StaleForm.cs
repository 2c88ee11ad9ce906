using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Workspace;

/// <summary>Marks a form that its own page shows again, filled, when it can't be accepted; others end on a page that says so.</summary>
public sealed record ShowsFormAgain;

/// <summary>A form that did not come from a page of this session: its endpoint shows it again and carries nothing out.</summary>
/// <param name="Notice">What to tell the sender.</param>
public sealed record StaleForm(string Notice)
{
    public static StaleForm? In(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<StaleForm>();
    }
}
