using Interclustering.Contracts;
using Interclustering.Federation.Files;
using Interclustering.Hub.Agenda;
using Interclustering.Node;
using Interclustering.Node.Files;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
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
                cluster, () => databases.Node(cluster.Code), participants.Single(participant => participant.Code == cluster.Code).Journal,
                new ContentStore(settings.FilesOf(cluster.Code))))];
        });

    /// <summary>Nodes push files to the hub over the same way wherever it is: also to this very process, at the address that it listens on.</summary>
    public static void AddHubDoor(this IServiceCollection services, ServerSettings settings) => services.AddHubDoor(provider => new HubDoor(
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
        var address = addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses.FirstOrDefault();
        var binding = address is null ? null : BindingAddress.Parse(address);
        return binding is null || binding.Port == 0 || binding.IsUnixPipe ? null
            : new UriBuilder(binding.Scheme, binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host, binding.Port).Uri;
    }

    /// <summary>Cookies survive a restart: their keys are kept with the data.</summary>
    public static void AddPersistentKeys(this IServiceCollection services, ServerSettings settings) =>
        services.AddDataProtection().SetApplicationName("interclustering")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM })
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Data, "keys", "cookies")));

    /// <summary>The national site looks at once when the hub has committed.</summary>
    public static void FollowHub(this WebApplication app)
    {
        var catalogue = app.Services.GetRequiredService<Catalogue>();
        app.Services.GetRequiredService<IReadOnlyList<Participant>>()
            .Single(participant => participant.Code == FederationDirectory.HubCode).Journal.Appended += catalogue.Wake;
    }
}
