using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Caching;

/// <summary>How much is kept.</summary>
internal sealed record KeptAnswersSize(int Mebibytes);

/// <summary>Marks endpoints whose answer is kept.</summary>
internal sealed class IsKept
{
    public static IsKept Instance { get; } = new();
}

/// <summary>Keeps answers, and sends them.</summary>
public static class KeptAnswersPipeline
{
    internal static void AddKeptAnswers(this IServiceCollection services, int mostMebibytes)
    {
        services.AddSingleton<AnswerVersions>();
        services.AddSingleton(new KeptAnswersSize(mostMebibytes));
        services.AddSingleton<KeptAnswers>();
    }

    /// <summary>Stands before everything else.</summary>
    public static IApplicationBuilder UseKeptAnswersFirst(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(app.ApplicationServices.GetRequiredService<KeptAnswers>().AnswerFirstAsync);
    }

    /// <summary>Stands behind routing, authentication, CORS and the limiter.</summary>
    public static IApplicationBuilder UseKeptAnswers(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(app.ApplicationServices.GetRequiredService<KeptAnswers>().AnswerAsync);
    }
}
