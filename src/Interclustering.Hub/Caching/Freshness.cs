using System.Globalization;
using Interclustering.Hub.Files;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Caching;

/// <summary>
/// A page is what its epoch, position, month of its series, files that have arrived, day in Paris, language, and build make it. A reader
/// that has it already gets 304. For all others its bytes are made once and kept until one of the seven changes.
/// </summary>
internal static class Freshness
{
    private const string Policy = "by position";
    private static readonly string Build = typeof(Freshness).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    private const long Mebibyte = 1024 * 1024, LargestAnswer = 8 * Mebibyte;

    /// <summary>The parameters that pages, feeds, embeds and the API know. An address with another one is answered, and not kept: it
    /// would be one of any number.</summary>
    private static readonly HashSet<string> KnownParameters = new(
        [
            .. Criterion.All.Select(criterion => criterion.Name), "q", "from", "to", "around", "past", "page", "start",
            "fields", "updatedAfter", "changes", "cursor", "limit", "layout", "month",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static void AddFreshness(this IServiceCollection services, int mostMebibytes) => services.AddOutputCache(options =>
    {
        options.SizeLimit = mostMebibytes * Mebibyte;
        options.MaximumBodySize = LargestAnswer;
        options.AddPolicy(
            Policy,
            policy => policy.Expire(TimeSpan.FromDays(1)).With(context =>
                context.HttpContext.Request.Query.Keys.All(KnownParameters.Contains))
                .VaryByValue(http => KeyValuePair.Create("tag", TagOf(http)))
                .VaryByValue(http => KeyValuePair.Create("encoding", SharedAnswers.EncodingFor(http.Request))));
    });

    /// <summary>Endpoints that are asked again each time, unless <paramref name="cacheControl"/> says otherwise.</summary>
    public static RouteGroupBuilder MapFresh(this IEndpointRouteBuilder endpoints, string prefix, string cacheControl = "no-cache") =>
        endpoints.MapGroup(prefix).AddEndpointFilter((context, next) => AnswerAsync(context, next, cacheControl)).CacheOutput(Policy)
            .ShareAnswer();

    private static string TagOf(HttpContext http)
    {
        var snapshot = http.RequestServices.GetRequiredService<Catalogue>().Current;
        var files = http.RequestServices.GetRequiredService<HubFiles>().Arrived;
        var today = ParisDay.Today(http.RequestServices.GetRequiredService<TimeProvider>());
        var found = http.GetEndpoint()?.Metadata.GetMetadata<AlsoVariesBy>() is { } also ? $"-{also.Version(http.RequestServices)}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"W/\"{snapshot.Epoch}-{snapshot.Position}.{snapshot.Month:yyyyMM}.{files}{found}-{today:yyyyMMdd}-{Language.Tag}-{Build}\"");
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
