using Interclustering.Accounts;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Hub.About;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.Api;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Clusters;
using Interclustering.Hub.Embeds;
using Interclustering.Hub.Events;
using Interclustering.Hub.FederationStatus;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Files;
using Interclustering.Hub.Knowledge;
using Interclustering.Hub.OEmbed;
using Interclustering.Hub.Operators;
using Interclustering.Hub.Previews;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Interclustering.Hub.Search.Attachments;
using Interclustering.Hub.Seo;
using Interclustering.Hub.SharePictures;
using Interclustering.Hub.Themes;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Hub;

/// <summary>The national site.</summary>
public static class HubFeature
{
    /// <summary>
    /// Needs an <c>IDbContextFactory&lt;HubContext&gt;</c>, the hosted participants, the federation directory, a <c>TimeProvider</c>, and
    /// <see cref="FileFeature.AddHubFiles"/>.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="cacheMebibytes">How much of what was made is kept for the next reader.</param>
    public static IServiceCollection AddHub(this IServiceCollection services, int cacheMebibytes = 64)
    {
        services.AddUi();
        services.AddKeptAnswers(cacheMebibytes);
        services.AddEverySite();
        services.TryAddSingleton(NationalSite.Here);
        services.TryAddSingleton(new FederationSettings());
        services.TryAddSingleton(new SitePublisher());
        services.AddSingleton(provider =>
        {
            var catalogue = ActivatorUtilities.CreateInstance<Catalogue>(provider);
            // The read model looks at once when the hub has committed.
            provider.GetRequiredService<IReadOnlyList<Participant>>().Single(participant => participant.Code == FederationDirectory.HubCode)
                .Journal.Appended += catalogue.Wake;
            return catalogue;
        });
        services.AddRenderProbes();
        services.AddHostedService(provider => provider.GetRequiredService<Catalogue>());
        services.AddSingleton<PreviewStore>();
        services.AddSearch();
        services.AddOperators();
        return services;
    }

    private static void AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<SearchProgress>();
        services.TryAddSingleton<ReadAttachment>((path, cancellation) => Task.Run(() => AttachmentText.Read(path), cancellation));
        services.AddSingleton<ISearchIndex>(provider =>
        {
            var databases = provider.GetRequiredService<IDbContextFactory<HubContext>>();
            using var db = databases.CreateDbContext();
            return db.Database.IsNpgsql() ? new PostgresIndex(databases) : new SqliteIndex(databases);
        });
        services.AddSingleton(provider => new SiteSearch(
            () => provider.GetRequiredService<Catalogue>().Current, provider.GetRequiredService<ISearchIndex>(),
                provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SearchIndexing>();
        services.AddSingleton<IFindProblems, ReadModelLag>();
    }

    private static void AddOperators(this IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContext());
        services.AddRealm<Operator, OperatorRealm>().AddEntityFrameworkStores<HubContext>();
        services.AddHostedService<PurgeEndedSessions>();
        services.AddAuthentication().AddCookie(OperatorRealm.OperatorScheme, OperatorRealm.Configure);
        services.AddAuthorization();
    }

    /// <summary>
    /// Maps the pages. Needs <c>UseCors</c>, <c>UseAuthentication</c> and <c>UseAuthorization</c>, and <c>UseKeptAnswers</c> to render
    /// a page once for all readers.
    /// </summary>
    public static void MapHub(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAgenda();
        endpoints.MapEvents();
        endpoints.MapFeeds();
        endpoints.MapEmbeds();
        endpoints.MapOEmbed();
        endpoints.MapKnowledge();
        endpoints.MapPreviews();
        endpoints.MapSearch();
        endpoints.MapFiles();
        endpoints.MapClusters();
        endpoints.MapThemes();
        endpoints.MapAbout();
        endpoints.MapStatus();
        endpoints.MapOperatorSignIn();
        endpoints.MapPublicationsApi();
        endpoints.MapVocabularyApi();
        endpoints.MapCrawlerFiles();
        endpoints.MapSharePictures();
    }
}
