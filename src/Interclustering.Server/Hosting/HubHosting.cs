using Interclustering.Contracts;
using Interclustering.Hub;
using Interclustering.Hub.Files;
using Interclustering.Hub.Search.Attachments;
using Interclustering.Server.Commands;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>The national site, where this process hosts the hub.</summary>
internal static class HubHosting
{
    public static void AddHostedHub(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings.Site);
        services.AddSingleton<ReadAttachment>(new AttachmentProcess(AttachmentTextCommand.Start, TimeSpan.FromSeconds(30)).ReadAsync);
        services.AddHub(settings.CacheMebibytes);
        services.AddHubFiles(settings.FilesOf(FederationDirectory.HubCode), settings.Files);
    }
}
