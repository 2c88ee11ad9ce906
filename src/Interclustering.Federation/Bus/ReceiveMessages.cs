using System.Text.Json;
using Interclustering.Contracts;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>
/// Hands each message to the participant's inbox: read by the contract's own rules from the bytes that came, whatever content type its
/// sender gave. What the transport tells is checked before: who sends it, under which key, how large it is. What does not pass, and what
/// can't be read, is counted and acknowledged. Nothing is thrown: that would bring it back, or report to wherever its sender says.
/// </summary>
internal sealed class ReceiveMessages(BusReader reader, bool brokerValidatesSender) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var sender = SenderOf(context);
        var (message, refusal) = Refuse(context, sender) is { } refused ? (null, refused) : Read(context.Body.GetBytes());
        await (message is null
            ? reader.RefuseAsync(sender, refusal!, context.CancellationToken)
            : reader.ReceiveAsync(message, sender, context.CancellationToken));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("receiveMessages");

    /// <summary>The message, or why it is none.</summary>
    internal static (FederationMessage? Message, string? Refusal) Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<FederationMessage>(body, ContractJson.Options) is { } message
                ? (message, null) : (null, "it is null");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return (null, "it can't be read");
        }
    }

    /// <summary>
    /// Whom the broker knows as the sender: empty where it was not asked to check, null in memory, which has no accounts.
    /// </summary>
    private string? SenderOf(ReceiveContext context) =>
        !brokerValidatesSender ? null
        : context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties.UserId ?? ""
        : "";

    private string? Refuse(ReceiveContext context, string? sender)
    {
        if (context.Body.Length > FederationLimits.BodyBytes)
        {
            return $"it is larger than {FederationLimits.BodyBytes} bytes";
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
        return sender is { Length: > 0 } && delivery.RoutingKey != $"{sender}.{reader.Code}"
            ? "it was sent under another's routing key" : null;
    }
}
