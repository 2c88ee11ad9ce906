using Interclustering.Federation.Hosting;
using Interclustering.Federation.Liveness;
using Interclustering.Federation.Receiving;
using Interclustering.Server.Backups;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Interclustering.Server.Hosting;

/// <summary>
/// <c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can send and read; 503 when it can't, and the reasons as JSON,
/// those included that are only to be known. What a failing part says of itself stays in the log and on the operators' page: it may name
/// hosts and users.
/// </summary>
public static class Health
{
    private const string Live = "live";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<CanSendAndRead>("federation").AddCheck("process", () => HealthCheckResult.Healthy(), [Live]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
            .DisableRateLimiting();
        endpoints.MapHealthChecks("/healthz/ready", new HealthCheckOptions
        {
            // MassTransit's own check says healthy while an alarm blocks every publish.
            Predicate = check => check.Name == "federation",
            ResponseWriter = WriteAsync,
        }).DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        var problems = report.Entries.Values.SelectMany(entry => entry.Data.Values).OfType<Problem>()
            .Select(problem =>
                new { problem.Participant, problem.Kind, problem.Detail, Severity = problem.Severity.ToString().ToLowerInvariant() });
        var status = report.Status.ToString().ToLowerInvariant();
        var backupAt = http.RequestServices.GetService<ScheduledBackups>()?.LastAt;
        // Which version runs helps those who look for its holes, too: this machine alone is told.
        return OwnMachine.Asks(http)
            ? http.Response.WriteAsJsonAsync(new
            {
                Status = status,
                Version = ProgramVersion.Text,
                Peers = PeersOf(http.RequestServices),
                Problems = problems,
                BackupAt = backupAt,
            }, http.RequestAborted)
            : http.Response.WriteAsJsonAsync(new { Status = status, Problems = problems, BackupAt = backupAt }, http.RequestAborted);
    }

    private static IEnumerable<object> PeersOf(IServiceProvider services) => services.GetServices<Inbox>()
        .SelectMany(inbox => inbox.Software.OrderBy(peer => peer.Key, StringComparer.Ordinal)
            .Select(peer => new { Participant = inbox.Code, Peer = peer.Key, Software = peer.Value }));

    private sealed class CanSendAndRead(Problems problems) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var found = await problems.FindAsync(cancellationToken);
            var data = found.Index().ToDictionary(each => $"{each.Index}", each => (object)each.Item);
            var status = found.Any(problem => problem.Severity == Severity.Blocked) ? HealthStatus.Unhealthy
                : found.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
            return new HealthCheckResult(status, found.Count == 0 ? null : found[0].Detail, data: data);
        }
    }
}
