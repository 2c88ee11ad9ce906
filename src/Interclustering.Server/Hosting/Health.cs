using Interclustering.Federation;
using Interclustering.Server.Databases;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Interclustering.Server.Hosting;

/// <summary>Alive: the process answers. Ready: its databases answer and MassTransit is connected.</summary>
public static class Health
{
    private const string Live = "live";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabasesAnswer>("databases").AddCheck("process", () => HealthCheckResult.Healthy(), [Live]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        endpoints.MapHealthChecks("/healthz/ready", new HealthCheckOptions { Predicate = check => !check.Tags.Contains(Live) });
    }

    private sealed class DatabasesAnswer(DatabaseFactories databases, IReadOnlyList<Participant> participants) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            foreach (var participant in participants)
            {
                await using var db = databases.Open(participant.Code);
                if (!await db.Database.CanConnectAsync(cancellationToken))
                {
                    return HealthCheckResult.Unhealthy($"The database of {participant.Code} does not answer.");
                }
            }

            return HealthCheckResult.Healthy();
        }
    }
}
