using Interclustering.Contracts;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>Sends to a participant: to the exchange, with routing key <c>&lt;from&gt;.&lt;to&gt;</c>, persistent, mandatory, confirmed.</summary>
public sealed class FederationBus(Func<IBus> bus, BusSettings settings)
{
    /// <summary>Name of the one exchange.</summary>
    public const string Exchange = "ic.journal";

    /// <summary>Returns once the broker has confirmed. A cancelled send may have arrived: unknown means send again.</summary>
    public Task SendAsync(string from, string to, FederationMessage message, CancellationToken cancellation) =>
        bus().Publish(
            message,
            context =>
            {
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
