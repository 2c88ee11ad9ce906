using System.Globalization;
using Interclustering.Hub.Agenda;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub;

/// <summary>
/// A page is what its epoch, position, day in Paris, language, and build make it. Who has it already gets 304; for everybody else its bytes are
/// made once and kept until one of the five moves.
/// </summary>
internal static class Freshness
{
    private const string Policy = "by position";
    private static readonly string Build = typeof(Freshness).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public static void AddFreshness(this IServiceCollection services) => services.AddOutputCache(options => options.AddPolicy(
        Policy,
        policy => policy.Expire(TimeSpan.FromDays(1)).VaryByValue(http => KeyValuePair.Create("tag", TagOf(http)))));

    public static RouteGroupBuilder MapFresh(this IEndpointRouteBuilder endpoints, string prefix) =>
        endpoints.MapGroup(prefix).AddEndpointFilter(AnswerAsync).CacheOutput(Policy);

    private static string TagOf(HttpContext http)
    {
        var snapshot = http.RequestServices.GetRequiredService<Catalogue>().Current;
        var today = ParisDay.Today(http.RequestServices.GetRequiredService<TimeProvider>());
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{snapshot.Epoch}-{snapshot.Position}-{today:yyyyMMdd}-{Language.Tag}-{Build}\"");
    }

    private static ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        var tag = TagOf(context.HttpContext);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        response.OnStarting(() =>
        {
            // What was not found may be found elsewhere tomorrow: only what is there carries a tag.
            if (response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified))
            {
                response.Headers.ETag = default;
            }

            return Task.CompletedTask;
        });
        return context.HttpContext.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag)
            ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status304NotModified))
            : next(context);
    }
}
