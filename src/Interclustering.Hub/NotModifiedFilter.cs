using System.Globalization;
using Interclustering.Hub.Agenda;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub;

/// <summary>
/// A page is what its epoch, position, day in Paris, language, and build make it: who has it already gets 304 without anything being read
/// or rendered. Only what was found carries the tag.
/// </summary>
internal sealed class NotModifiedFilter(Catalogue catalogue, TimeProvider clock) : IEndpointFilter
{
    private static readonly string Build = typeof(NotModifiedFilter).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public static string TagOf(Snapshot snapshot, TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"W/\"{(snapshot.Epoch.Length > 8 ? snapshot.Epoch[..8] : snapshot.Epoch)}-{snapshot.Position}-{ParisDay.Today(clock):yyyyMMdd}-{Language.Tag}-{Build}\"");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        var tag = TagOf(catalogue.Current, clock);
        response.Headers.CacheControl = "no-cache";
        response.OnStarting(() =>
        {
            if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            {
                response.Headers.ETag = tag;
            }

            return Task.CompletedTask;
        });
        return context.HttpContext.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag)
            ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status304NotModified))
            : next(context);
    }
}
