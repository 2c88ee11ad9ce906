using System.Net.Mime;
using System.Text.Json;
using Interclustering.Contracts;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>
/// Writes a message by the contract's own rules, as <see cref="ReceiveMessages"/> reads it: attributes of later versions included.
/// </summary>
internal sealed class ContractSerializer : IMessageSerializer
{
    public static readonly ContractSerializer Instance = new();

    public ContentType ContentType { get; } = new(MediaTypeNames.Application.Json);

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(JsonSerializer.SerializeToUtf8Bytes(context.Message, ContractJson.Options));
}
