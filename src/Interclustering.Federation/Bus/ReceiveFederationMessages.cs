using Interclustering.Contracts;
using Interclustering.Federation.Replicas;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>Hands a message to the participant's inbox, and acknowledges it once the inbox has committed or dropped it.</summary>
public sealed class ReceiveFederationMessages(Inbox inbox, bool brokerValidatesSender) : IConsumer<FederationMessage>
{
    public Task Consume(ConsumeContext<FederationMessage> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var sender = brokerValidatesSender
            ? context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var rabbit) ? rabbit.Properties.UserId ?? "" : ""
            : null;
        return inbox.ReceiveAsync(context.Message, sender, context.CancellationToken);
    }
}
