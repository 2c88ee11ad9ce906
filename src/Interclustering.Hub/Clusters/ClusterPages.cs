using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Seo;
using Interclustering.Ui.Shell;
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
        T["Clusters"], "/clusters",
            new() { [nameof(ClustersPage.Directory)] = directory, [nameof(ClustersPage.Snapshot)] = catalogue.Current });

    private static IResult ShowCluster(string code, HttpRequest request, FederationDirectory directory, Catalogue catalogue,
        TimeProvider clock)
    {
        if (directory.Find(code) is not { } cluster)
        {
            return Pages.NotFound(T["Aucun cluster n’a cette adresse."]);
        }

        var snapshot = catalogue.Current;
        var today = ParisDay.Today(clock);
        var upcoming = snapshot.Agenda.ToCome(today).Where(time => Organises(cluster, time.Event)).DatedFirst();
        return Pages.Of<ClusterPage>(
            cluster.Name, "/clusters",
            new()
            {
                [nameof(ClusterPage.Cluster)] = cluster,
                [nameof(ClusterPage.Today)] = today,
                [nameof(ClusterPage.Upcoming)] = upcoming.Take(Shown).ToList(),
                [nameof(ClusterPage.All)] = upcoming.Count,
                [nameof(ClusterPage.Replays)] = Replays.In(snapshot, today, item => Organises(cluster, item)).Take(Shown).ToList(),
                [nameof(ClusterPage.Sheets)] =
                    snapshot.Items.Sheets.Values.Where(item => Organises(cluster, item))
                    .OrderByDescending(item => item.RevisedAt).ToList(),
            },
            description: T["{0}, cluster logistique de la région {1} : ses événements, ses replays et ses fiches pratiques.", cluster.Name,
                cluster.Region],
            feeds: FeedLinks.OfAgenda($"?cluster={code}"),
            card: new PageCard
            {
                Drawn = $"/partage/clusters/{code}.png",
                Things = [
                    SchemaOrg.Organisation(cluster),
                    SchemaOrg.Breadcrumbs($"{request.Scheme}://{request.Host}", (T["Clusters"], "/clusters"),
                        (cluster.Name, $"/clusters/{code}")),
                ],
            });
    }

    /// <summary>Alone or with others, as the agenda's filter has it.</summary>
    private static bool Organises(Cluster cluster, Published item) =>
        item.Owner.Code == cluster.Code || item.Item.CoOrganisers.Contains(cluster.Code);
}
