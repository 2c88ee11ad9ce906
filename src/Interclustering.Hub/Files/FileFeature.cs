using Interclustering.Federation.Liveness;
using Interclustering.Files;
using Interclustering.Hub.ReadModel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Files;

/// <summary>The files of publications: taken from clusters, kept, served.</summary>
public static class FileFeature
{
    /// <param name="services">Have what <see cref="HubFeature.AddHub"/> needs.</param>
    /// <param name="folder">Where they are kept.</param>
    /// <param name="limits">How large they may be.</param>
    public static IServiceCollection AddHubFiles(this IServiceCollection services, string folder, FileLimits limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton(provider => new HubFiles(
            new ContentStore(folder), provider.GetRequiredService<Catalogue>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReceiveFiles>();
        return services.AddHostedService<SweepFiles>();
    }

    public static void MapFiles(this IEndpointRouteBuilder endpoints)
    {
        ServeFiles.Map(endpoints);
        ReceiveFiles.Map(endpoints);
    }
}

/// <summary>Deletes what is named no more, soon after the catalogue has moved.</summary>
internal sealed partial class SweepFiles(HubFiles files, Catalogue catalogue, TimeProvider clock, ILogger<SweepFiles> logger)
    : SteadyService(clock, logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtLeast = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken stop)
    {
        Snapshot? swept = null;
        var sweptAt = Clock.GetUtcNow();
        using var timer = new PeriodicTimer(Look, Clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (ReferenceEquals(swept, catalogue.Current) && Clock.GetUtcNow() - sweptAt < AtLeast)
            {
                continue;
            }

            try
            {
                (swept, sweptAt) = (catalogue.Current, Clock.GetUtcNow());
                files.Sweep();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                swept = null;
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is named no more could not be deleted; it is tried again")]
    private partial void LogFailed(Exception exception);
}
