using Interclustering.Federation.Replicas;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>
/// What the transport tells about a message, before anything of it is read: who sends it, under which key, how large it is. What does not pass, and
/// what turns out to be unreadable, is counted and acknowledged. Nothing is thrown: that would bring it back, or report to wherever its sender says.
/// </summary>
internal sealed class CheckDeliveries(Inbox inbox, bool brokerValidatesSender) : IFilter<ReceiveContext>
{
    /// <summary>A segment of 256 KiB in canonical form takes three times that where every letter is escaped. The broker's own limit is above.</summary>
    public const int MaxBodyBytes = 896 * 1024;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var sender = SenderOf(context, brokerValidatesSender);
        if (Refuse(context, sender) is { } reason)
        {
            await inbox.RefuseDeliveryAsync(sender, reason, context.CancellationToken);
            return;
        }

        await next.Send(context);
        // What was cancelled comes again.
        if (!context.IsDelivered && !context.CancellationToken.IsCancellationRequested)
        {
            await inbox.RefuseDeliveryAsync(sender, "it can't be read", context.CancellationToken);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("checkDeliveries");

    /// <summary>Whom the broker knows as the sender: empty where it was not asked to check, null in memory, where nobody can.</summary>
    public static string? SenderOf(ReceiveContext context, bool brokerValidatesSender) =>
        !brokerValidatesSender ? null
        : context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties.UserId ?? ""
        : "";

    private string? Refuse(ReceiveContext context, string? sender)
    {
        if (context.Body.Length > MaxBodyBytes)
        {
            return $"it is larger than {MaxBodyBytes} bytes";
        }

        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery))
        {
            return null;
        }

        // Before RabbitMQ 4.0.3 these lead past topic permissions to whatever queue they name.
        if (delivery.Properties.Headers is { } headers && (headers.ContainsKey("CC") || headers.ContainsKey("BCC")))
        {
            return "it was sent with CC or BCC";
        }

        // A sender that the broker does not know is left to the inbox: it names whom the message claims to be from.
        return sender is { Length: > 0 } && delivery.RoutingKey != $"{sender}.{inbox.Code}" ? "it was sent under another's routing key" : null;
    }
}
