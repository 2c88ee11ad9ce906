using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation;

/// <summary>Runs the inboxes and relays of the participants that this process hosts.</summary>
public sealed class FederationHost(IEnumerable<Inbox> inboxes, IEnumerable<Relay> relays) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. inboxes.Select(inbox => UntilStopped(inbox.RunAsync, stoppingToken)),
            .. relays.Select(relay => UntilStopped(relay.RunAsync, stoppingToken))]);

    private static async Task UntilStopped(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await Task.Run(() => run(stop), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The orderly end.
        }
    }
}

/// <summary>Registers participants, their relays and inboxes, and the bus between them.</summary>
public static class FederationSetup
{
    public static IServiceCollection AddFederation(
        this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<Participant>> participants, IReadOnlyList<string> codes,
        FederationDirectory directory, BusSettings bus, FederationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(codes);
        services.AddSingleton(settings);
        services.AddSingleton(directory);
        services.AddSingleton(provider => participants(provider));
        foreach (var code in codes)
        {
            services.AddKeyedSingleton(code, (provider, _) => RelaysOf(provider, code));
            services.AddSingleton(provider => new Inbox(
                Find(provider, code), provider.GetRequiredKeyedService<IReadOnlyList<Relay>>(code),
                provider.GetRequiredService<FederationBus>(), settings, provider.GetRequiredService<ILogger<Inbox>>()));
        }

        services.AddSingleton<IEnumerable<Relay>>(provider =>
            [.. codes.SelectMany(code => provider.GetRequiredKeyedService<IReadOnlyList<Relay>>(code))]);
        services.AddFederationBus(bus);
        services.AddHostedService<FederationHost>();
        return services;
    }

    private static Participant Find(IServiceProvider provider, string code) =>
        provider.GetRequiredService<IReadOnlyList<Participant>>().Single(participant => participant.Code == code);

    private static IReadOnlyList<Relay> RelaysOf(IServiceProvider provider, string code)
    {
        var participant = Find(provider, code);
        return [.. participant.Peers.Select(peer => new Relay(
            participant, peer, provider.GetRequiredService<FederationBus>(), provider.GetRequiredService<FederationSettings>(),
            provider.GetRequiredService<ILogger<Relay>>()))];
    }
}
