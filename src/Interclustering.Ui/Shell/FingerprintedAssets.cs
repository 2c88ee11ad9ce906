using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Interclustering.Ui.Shell;

/// <summary>
/// Lets the components of minimal endpoints name scripts and style sheets by <c>@Assets["…"]</c>: by the address that has the hash of
/// their content, which browsers keep for a year without asking again.
/// </summary>
public static class FingerprintedAssets
{
    /// <summary>Endpoints that are mapped in this group know the assets that <c>MapStaticAssets</c> has mapped before.</summary>
    public static RouteGroupBuilder MapWithAssets(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var assets = endpoints.DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>()).OfType<StaticAssetDescriptor>()
            .Where(asset => asset.Properties.Any(property => property.Name == "label"))
            .DistinctBy(asset => asset.Route)
            .Select(asset => new ResourceAsset("/" + asset.Route, [.. asset.Properties.Select(property =>
                new ResourceAssetProperty(property.Name, property.Name == "label" ? "/" + property.Value : property.Value))]));
        return endpoints.MapGroup("").WithMetadata(new ResourceAssetCollection([.. assets]));
    }
}
