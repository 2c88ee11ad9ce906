using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node;

/// <summary>Refuses a form that did not come from our own page, and says so kindly.</summary>
public sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http)
            ? Results.Text(
                "Ce formulaire n’est plus valable (session expirée ou changée). Revenez en arrière : votre saisie y est encore ; "
                + "copiez-la, rechargez la page et envoyez à nouveau.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest)
            : await next(context);
    }
}
