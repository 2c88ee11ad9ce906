using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node;
using Interclustering.Node.Files;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Workspace;
using Interclustering.Server.Commands;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Server.Hosting;

/// <summary>The workspaces of the clusters that this process hosts.</summary>
internal static class NodeHosting
{
    public static void AddHostedNodes(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(new NationalSite(settings.HostsHub ? "" : settings.Directory.Hub.Address ?? ""));
        services.AddSingleton(settings.SchoolHolidays);
        services.AddSingleton(settings.Fetch);
        services.AddSingleton(new PictureProcess(PictureCommand.Start, TimeSpan.FromSeconds(30)));
        services.AddSingleton<ReencodePicture>(provider => provider.GetRequiredService<PictureProcess>().ReencodeAsync);
        services.AddSingleton(new SourceProcess(SourceTextCommand.Start, TimeSpan.FromSeconds(20)));
        services.AddSingleton<ReadSource>(provider => provider.GetRequiredService<SourceProcess>().ReadAsync);
        services.AddWorkspaces(settings);
        services.AddHubClient(settings);
        services.AddPeriodicJobs();
    }

    private static void AddWorkspaces(this IServiceCollection services, ServerSettings settings) => services.AddNodes(
        [.. settings.HostedClusters.Select(cluster => cluster.Code)],
        provider =>
        {
            var databases = provider.GetRequiredService<DatabaseFactories>();
            var participants = provider.GetRequiredService<IReadOnlyList<Participant>>();
            return [.. settings.HostedClusters.Select(cluster => new NodeInstance(
                cluster, () => databases.Node(cluster.Code), participants.Single(participant => participant.Code == cluster.Code).Journal,
                new ContentStore(settings.FilesOf(cluster.Code))))];
        });

    /// <summary>
    /// Nodes push files to the hub over the same way wherever it is: also to this very process, at the address that it listens on.
    /// </summary>
    private static void AddHubClient(this IServiceCollection services, ServerSettings settings) =>
        services.AddHubClient(provider => new HubClient(
        () => settings.HostsHub ? OwnAddress(provider)
            : settings.Addresses.TryGetValue(FederationDirectory.HubCode, out var address) ? new Uri(address) : null,
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }))
        {
            LeadsNowhere = !settings.HostsHub && !settings.Addresses.ContainsKey(FederationDirectory.HubCode),
        });

    /// <summary>Null before it listens. An address that stands for all of this machine's is reached at localhost.</summary>
    private static Uri? OwnAddress(IServiceProvider provider)
    {
        if (!provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
        {
            return null;
        }

        var addresses = provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            ?? addresses.FirstOrDefault();
        var binding = address is null ? null : BindingAddress.Parse(address);
        return binding is null || binding.Port == 0 || binding.IsUnixPipe ? null
            : new UriBuilder(binding.Scheme, binding.Host is "*" or "+" or "0.0.0.0" or "[::]"
                ? "localhost" : binding.Host, binding.Port).Uri;
    }
}
