using System.Globalization;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub;

/// <summary>A page is what its position, its day in Paris and its build make it: who has it already gets 304 without anything being read or rendered.</summary>
internal sealed class NotModifiedFilter(Catalogue catalogue, TimeProvider clock) : IEndpointFilter
{
    private static readonly string Build = typeof(NotModifiedFilter).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var tag = string.Create(
            CultureInfo.InvariantCulture, $"W/\"{catalogue.Current.Position}-{ParisDay.Today(clock):yyyyMMdd}-{Build}\"");
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch == tag
            ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status304NotModified))
            : next(context);
    }
}
