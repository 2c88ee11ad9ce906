using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Interclustering.Node;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.AspNetCore.DataProtection;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Server.Hosting;

/// <summary>The parts that join the hosted participants to their pages.</summary>
internal static class Workspaces
{
    public static void AddWorkspaces(this IServiceCollection services, ServerSettings settings) => services.AddNodes(
        [.. settings.HostedClusters.Select(cluster => cluster.Code)],
        provider =>
        {
            var databases = provider.GetRequiredService<DatabaseFactories>();
            var participants = provider.GetRequiredService<IReadOnlyList<Participant>>();
            return [.. settings.HostedClusters.Select(cluster => new NodeInstance(
                cluster, () => databases.Node(cluster.Code), participants.Single(participant => participant.Code == cluster.Code).Journal))];
        });

    /// <summary>Cookies survive a restart: their keys are kept with the data.</summary>
    public static void AddPersistentKeys(this IServiceCollection services, ServerSettings settings) =>
        services.AddDataProtection().SetApplicationName("interclustering")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Data, "keys", "cookies")));

    /// <summary>The national site looks at once when the hub has committed.</summary>
    public static void FollowHub(this WebApplication app)
    {
        var catalogue = app.Services.GetRequiredService<Catalogue>();
        app.Services.GetRequiredService<IReadOnlyList<Participant>>()
            .Single(participant => participant.Code == FederationDirectory.HubCode).Journal.Appended += catalogue.Wake;
    }
}
