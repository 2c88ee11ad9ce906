using System.Globalization;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Caching;

/// <summary>
/// A page is what its epoch, position, month of its series, files that have arrived, day in Paris, federation directory, language, and
/// build make it. A reader
/// that has it already gets 304. For all others its bytes are made once and kept until one of the eight changes.
/// </summary>
internal static class Freshness
{
    private static readonly string Build = typeof(Freshness).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>Endpoints that are asked again each time, unless <paramref name="cacheControl"/> says otherwise.</summary>
    public static RouteGroupBuilder MapFresh(this IEndpointRouteBuilder endpoints, string prefix, string cacheControl = "no-cache") =>
        endpoints.MapGroup(prefix).AddEndpointFilter((context, next) => AnswerAsync(context, next, cacheControl))
            .WithMetadata(IsKept.Instance).ShareAnswer();

    private static string TagOf(HttpContext http)
    {
        var version = http.RequestServices.GetRequiredService<AnswerVersions>().Of(http.GetEndpoint());
        var found = version.Found is { } number ? $"-{number}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"W/\"{version.Epoch}-{version.Position}.{version.Month:yyyyMM}.{version.Files}{found}-{version.Today:yyyyMMdd}-")
            + $"{version.Directory}-{Language.Tag}-{Build}\"";
    }

    private static ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string cacheControl)
    {
        var response = context.HttpContext.Response;
        var tag = TagOf(context.HttpContext);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = cacheControl;
        response.OnStarting(() =>
        {
            // What was not found may be found elsewhere tomorrow: only what is there carries a tag.
            if (response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified))
            {
                response.Headers.ETag = default;
                response.Headers.CacheControl = "no-cache";
            }

            return Task.CompletedTask;
        });
        return context.HttpContext.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag)
            ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status304NotModified))
            : next(context);
    }
}

/// <summary>Marks an answer that also changes with something else than the read model.</summary>
/// <param name="Version">Another text after each change.</param>
internal sealed record AlsoVariesBy(Func<IServiceProvider, string> Version);
