using Interclustering.Accounts.Sessions;
using Interclustering.Federation;
using Interclustering.Hub.Caching;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;

namespace Interclustering.Server.Hosting;

/// <summary>What each request passes before its endpoint. The order matters, so it is written once, for the server and its tests.</summary>
internal static class RequestPipeline
{
    public static void AddRequestPipeline(this IServiceCollection services, RequestRates rates, bool httpsSubdomains = false)
    {
        services.AddSecurityHeaders(httpsSubdomains);
        services.AddSingleton(_ => new RateLimits(rates));
        services.AddSharedAnswers();
    }

    /// <param name="app">The server.</param>
    /// <param name="hostsHub">Whether it answers pages of the national site: they are cached, and other sites read them.</param>
    public static void UseRequestPipeline(this WebApplication app, bool hostsHub)
    {
        if (hostsHub)
        {
            app.UseKeptAnswersFirst();
        }

        app.UseSecurityHeaders();
        app.UseLanguageOfAddress();
        app.UseErrorAnswers(DatabaseFailure.IsAway);
        app.UseReadableRequests();
        app.UseRoutingWithHead();
        app.UseHostCookies();
        app.UseAuthentication();
        app.UseAuthorization();
        if (hostsHub)
        {
            app.UseCors();
        }

        app.Use(next => http => app.Services.GetRequiredService<RateLimits>().PassAsync(http, next));
        if (hostsHub)
        {
            app.UseKeptAnswers();
        }

        app.UseSharedAnswers();
    }
}
