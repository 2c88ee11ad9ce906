using Interclustering.Federation.Liveness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Interclustering.Federation.Hosting;

/// <summary>Background services that fail and begin again, each with what it failed with last.</summary>
/// <param name="services">Asked when it is needed: one of the services asks for the problems itself.</param>
internal sealed class FailingServices(IServiceProvider services) : IFindProblems
{
    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Problem>>(
    [
        .. services.GetServices<IHostedService>().OfType<SteadyService>()
            .Where(service => service is { Failure: not null } and not FederationHost).Select(service => new Problem(
            "", "service", $"{service.GetType().Name} fails, and begins again.", Severity.Notice, service.Failure)
            {
                About = service.GetType().Name,
            }),
    ]);
}
