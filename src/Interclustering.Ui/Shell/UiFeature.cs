using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Ui.Shell;

/// <summary>What every page shares: the clusters' colours.</summary>
public static class UiFeature
{
    public static void MapUi(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/clusters.css", (FederationDirectory directory) =>
        Results.Text(ClusterColours.StyleSheet(directory), "text/css; charset=utf-8")).ShareAnswer().DisableRateLimiting()
            .ExcludeFromDescription();
}
