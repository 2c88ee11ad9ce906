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
        var sender = CheckDeliveries.SenderOf(context.ReceiveContext, brokerValidatesSender);
        return inbox.ReceiveAsync(context.Message, sender, context.CancellationToken);
    }
}
