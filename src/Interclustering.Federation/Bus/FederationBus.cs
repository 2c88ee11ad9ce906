using Interclustering.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Bus;

/// <summary>
/// The bus of this process. A bus of MassTransit that was refused does not work again, so each start makes a new one.
/// Sends to a participant: to the exchange, with routing key <c>&lt;from&gt;.&lt;to&gt;</c>, persistent, mandatory, confirmed.
/// </summary>
/// <param name="readers">Asked at the start: they ask for the bus themselves.</param>
/// <param name="settings">Where the broker is.</param>
/// <param name="logging">What MassTransit logs to.</param>
public sealed class FederationBus(Func<IReadOnlyList<BusReader>> readers, BusSettings settings, ILoggerFactory logging)
{
    /// <summary>Name of the one exchange.</summary>
    public const string Exchange = "ic.journal";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ConnectionLog log = new(logging, settings);
    private IBusControl? current;

    /// <summary>
    /// Why it is not connected, or no longer reads (a refused login ends a receive endpoint for good); null while it works.
    /// </summary>
    public string? Failure
    {
        get
        {
            if (current?.CheckHealth() is not { } health)
            {
                return "The bus is not started.";
            }

            if (health.Status == BusHealthStatus.Healthy)
            {
                log.Works();
                return null;
            }

            return string.Join("; ", health.Endpoints.Where(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy)
                    .Select(endpoint => $"{endpoint.Key}: {endpoint.Value.Description}").DefaultIfEmpty(health.Description));
        }
    }

    /// <summary>Starts it, after stopping what ran before. A broker that is away is waited for.</summary>
    /// <exception cref="MassTransitException">The broker refuses: <see cref="Failure"/> keeps saying why.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await StopAsync(cancellation);
        LogContext.ConfigureCurrentLogContext(log.Loggers());
        current = BusSetup.Create(settings, readers());
        using var giveUp = new CancellationTokenSource();
        var starting = current.StartAsync(giveUp.Token);
        try
        {
            await starting.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A start cancelled on its way tidies up for half a minute and more, and may leave a reader of the queue behind: with a broker
            // that answers it is quicker to let it end, and stop what has started.
            await Task.WhenAny(starting, Task.Delay(Grace, CancellationToken.None));
            await giveUp.CancelAsync();
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellation) => Interlocked.Exchange(ref current, null)?.StopAsync(cancellation)
        ?? Task.CompletedTask;

    /// <summary>Returns once the broker has confirmed. A cancelled send may have arrived: unknown means send again.</summary>
    /// <exception cref="InvalidOperationException">The bus is not started.</exception>
    public Task SendAsync(string from, string to, FederationMessage message, CancellationToken cancellation) =>
        (current ?? throw new InvalidOperationException("The bus is not started.")).Publish(
            message,
            context =>
            {
                context.Serializer = ContractSerializer.Instance;
                context.SetRoutingKey($"{from}.{to}");
                context.Durable = true;
                context.Mandatory = true;
                if (settings.Host is not null && context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                {
                    rabbit.BasicProperties.UserId = settings.Username;
                }
            },
            cancellation);
}
