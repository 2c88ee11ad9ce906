using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>A sequence as a text of 16 digits, so that the order of texts is that of numbers.</summary>
internal sealed class SequenceText : JsonConverter<long>
{
    private const int Digits = 16;
    private const long Largest = (1L << 53) - 1;

    /// <exception cref="JsonException">It has another form, or is beyond 2^53-1.</exception>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped
            || reader.ValueSpan.Length != Digits
            || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !Utf8Parser.TryParse(reader.ValueSpan, out long sequence, out _) || sequence > Largest)
        {
            throw new JsonException("A sequence is a text of 16 digits, at most 2^53-1.");
        }

        return sequence;
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("D16", CultureInfo.InvariantCulture));
}
