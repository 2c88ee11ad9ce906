using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Ui.Shell;

/// <summary>What every page shares: components, and the clusters' colours.</summary>
public static class UiFeature
{
    /// <summary>Components, whose text keeps its letters: « é » instead of a number of five characters.</summary>
    public static void AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<ClusterColours>();
        services.TryAddSingleton(Workspaces.None);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }

    public static void MapUi(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/clusters.css", (string? v, HttpResponse response, ClusterColours colours) =>
    {
        response.Headers.CacheControl = v == colours.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Text(colours.StyleSheet, "text/css; charset=utf-8");
    }).ShareAnswer().DisableRateLimiting().ExcludeFromDescription();
}
