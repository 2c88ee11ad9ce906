using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Workspace;

/// <summary>After a form, what waits is counted anew.</summary>
internal sealed class ForgetCounts(WaitingCounts counts) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var metadata = context.HttpContext.GetEndpoint()?.Metadata;
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && metadata?.GetMetadata<KeepsCounts>() is null
            && metadata?.GetMetadata<NodeRoute>() is { } route)
        {
            counts.Forget(route.Code);
        }

        return result;
    }
}
