using Interclustering.Hub.Agenda;
using Interclustering.Hub.Api;
using Interclustering.Hub.Clusters;
using Interclustering.Hub.FederationStatus;
using Interclustering.Hub.Knowledge;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Hub;

/// <summary>The national site.</summary>
public static class HubFeature
{
    /// <summary>Needs an <c>IDbContextFactory&lt;HubContext&gt;</c>, the federation directory, and a <c>TimeProvider</c>.</summary>
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddFreshness();
        services.TryAddSingleton(NationalSite.Here);
        services.AddSingleton<Catalogue>();
        services.AddHostedService(provider => provider.GetRequiredService<Catalogue>());
        return services;
    }

    /// <summary>Maps the pages; needs <c>UseOutputCache</c> where they shall not be made again for everybody.</summary>
    public static void MapHub(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAgenda();
        endpoints.MapKnowledge();
        endpoints.MapClusters();
        endpoints.MapStatus();
        endpoints.MapPublicationsApi();
    }
}
