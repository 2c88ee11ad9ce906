using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Operators;

/// <summary>Marks a form that checks its token by itself, to show its page again.</summary>
internal sealed record ChecksItsToken;

/// <summary>Refuses forms that did not come from our own page, on pages that are public.</summary>
internal sealed class OperatorTokenGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return !HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ChecksItsToken>() is not null
            || await antiforgery.IsRequestValidAsync(http)
            ? await next(context)
            : Results.StatusCode(StatusCodes.Status400BadRequest);
    }
}
