using Interclustering.Server.Configuration;
using Interclustering.Ui.Shell;

namespace Interclustering.Server.Hosting;

/// <summary>Where the clusters' workspaces are: here, or where the directory or <c>Addresses:CODE</c> says.</summary>
internal static class WorkspaceAddresses
{
    public static Workspaces Of(ServerSettings settings) => new(settings.Directory.Clusters
        .Select(cluster => (cluster.Code, Origin: settings.HostedClusters.Any(hosted => hosted.Code == cluster.Code) ? ""
            : settings.Addresses.GetValueOrDefault(cluster.Code)?.TrimEnd('/')))
        .Where(known => known.Origin is not null).ToDictionary(known => known.Code, known => known.Origin!));
}
