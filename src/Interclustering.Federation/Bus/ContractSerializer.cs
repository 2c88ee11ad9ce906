using System.Net.Mime;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>
/// Writes a message by the contract's own rules, as <see cref="ReceiveMessages"/> reads it: attributes of later versions included. Entries
/// go in canonical form, so that their readers can hash the bytes that come.
/// </summary>
internal sealed class ContractSerializer : IMessageSerializer
{
    public static readonly ContractSerializer Instance = new();

    private static readonly JsonSerializerOptions WithCanonicalEntries =
        new(ContractJson.Options) { Converters = { new CanonicalEntry() } };

    /// <summary>A segment goes to several readers as the same bytes.</summary>
    private static readonly ConditionalWeakTable<FederationMessage, byte[]> Bodies = [];

    public ContentType ContentType { get; } = new(MediaTypeNames.Application.Json);

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(
            context.Message is FederationMessage { Segment: not null } segment ? Bodies.GetValue(segment, Serialize)
            : Serialize(context.Message));

    private static byte[] Serialize<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, WithCanonicalEntries);

    private sealed class CanonicalEntry : JsonConverter<JournalEntry>
    {
        public override JournalEntry? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<JournalEntry>(ref reader, ContractJson.Options);

        public override void Write(Utf8JsonWriter writer, JournalEntry value, JsonSerializerOptions options) =>
            writer.WriteRawValue(EntryText.Write(value, isWhole: true), skipInputValidation: true);
    }
}
