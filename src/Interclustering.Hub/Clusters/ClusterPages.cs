using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Clusters;

/// <summary>Who the clusters are, and what each one brings.</summary>
public static class ClusterPages
{
    private const int Shown = 30;

    public static void MapClusters(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("/clusters").ExcludeFromDescription();
        pages.MapGet("", ShowClusters);
        pages.MapGet("/{code}", ShowCluster);
    }

    private static IResult ShowClusters(FederationDirectory directory, Catalogue catalogue) => Pages.Of<ClustersPage>(
        T["Clusters"], "/clusters", new() { [nameof(ClustersPage.Directory)] = directory, [nameof(ClustersPage.Snapshot)] = catalogue.Current });

    private static IResult ShowCluster(string code, FederationDirectory directory, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        var today = ParisDay.Today(clock);
        return directory.Find(code) is not { } cluster
            ? Pages.NotFound(T["Aucun cluster n’a cette adresse."])
            : Pages.Of<ClusterPage>(
                cluster.Name, "/clusters",
                new()
                {
                    [nameof(ClusterPage.Cluster)] = cluster,
                    [nameof(ClusterPage.Today)] = today,
                    [nameof(ClusterPage.Upcoming)] = snapshot.Agenda.Where(time => time.Event.Owner == cluster && time.LastDay >= today).Take(Shown).ToList(),
                    [nameof(ClusterPage.Sheets)] = snapshot.Items.Values.Where(item => item.Owner == cluster && item.Kind == Kinds.BestPractice)
                        .OrderByDescending(item => item.RevisedAt).ToList(),
                },
                calendar: $"/agenda.ics?cluster={code}");
    }
}
