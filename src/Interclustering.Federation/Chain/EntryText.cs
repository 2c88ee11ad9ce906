using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Federation.Chain;

/// <summary>Writes an entry in canonical form, member by member, without making a document of it first.</summary>
internal static class EntryText
{
    private const long MaxSafeInteger = (1L << 53) - 1;
    private const int Usual = 4 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>The canonical form in UTF-8, valid until the next call on this thread.</summary>
    /// <param name="entry">What is written.</param>
    /// <param name="isWhole">All of it; else what its hash is of: all but <c>data</c> and <c>hash</c>.</param>
    /// <exception cref="JsonException">See <see cref="CanonicalJson.Write(JsonElement)"/>.</exception>
    public static ReadOnlySpan<byte> Write(JournalEntry entry, bool isWhole)
    {
        if (entry.Extensions is { Count: > 0 } || entry.Revision is > MaxSafeInteger or < -MaxSafeInteger
            || entry.Sequence is > MaxSafeInteger or < 0)
        {
            return WriteAsDocument(entry, isWhole);
        }

        var output = scratch ??= new ArrayBufferWriter<byte>(Usual);
        output.ResetWrittenCount();
        output.Write("{"u8);
        if (isWhole && entry.Data is { } data)
        {
            output.Write("\"data\":"u8);
            CanonicalJson.Write(data, output);
            output.Write(","u8);
        }

        // In the order of RFC 8785.
        Member(output, "\"datacontenttype\":"u8, entry.Datacontenttype);
        Member(output, ",\"digest\":"u8, entry.Digest);
        Member(output, ",\"epoch\":"u8, entry.Epoch);
        if (isWhole)
        {
            Member(output, ",\"hash\":"u8, entry.Hash);
        }

        Member(output, ",\"id\":"u8, entry.Id);
        Member(output, ",\"previous\":"u8, entry.Previous);
        output.Write(",\"revision\":"u8);
        Number(output, entry.Revision, default);
        output.Write(",\"sequence\":\""u8);
        Number(output, entry.Sequence, "D16");
        output.Write("\""u8);
        Member(output, ",\"source\":"u8, entry.Source);
        Member(output, ",\"specversion\":"u8, entry.Specversion);
        Member(output, ",\"subject\":"u8, entry.Subject);
        Member(output, ",\"time\":"u8, entry.Time);
        if (entry.Traceparent is { } traceparent)
        {
            Member(output, ",\"traceparent\":"u8, traceparent);
        }

        Member(output, ",\"type\":"u8, entry.Type);
        output.Write("}"u8);
        return output.WrittenSpan;
    }

    /// <summary>Attributes of a later version stand among the others in their order.</summary>
    private static byte[] WriteAsDocument(JournalEntry entry, bool isWhole) => isWhole
        ? CanonicalJson.Write(JsonSerializer.SerializeToElement(entry, ContractJson.Options))
        : CanonicalJson.WriteWithout(
            JsonSerializer.SerializeToElement(entry with { Data = null }, ContractJson.Options), "data", "hash");

    private static void Member(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, string value)
    {
        output.Write(name);
        CanonicalJson.WriteString(value, output);
    }

    private static void Number(ArrayBufferWriter<byte> output, long number, ReadOnlySpan<char> format)
    {
        number.TryFormat(output.GetSpan(20), out var written, format, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
