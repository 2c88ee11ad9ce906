using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Federation.Chain;

/// <summary>
/// The canonical form of JSON, RFC 8785, for documents whose numbers are integers within ±(2^53-1): decimals are strings in our contracts,
/// which makes the form easy in every language.
/// </summary>
public static class CanonicalJson
{
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = ContractJson.MostDeep };

    /// <summary>The canonical form of a JSON text.</summary>
    /// <exception cref="JsonException">Not JSON, or a duplicate name, a fraction, an exponent, or a lone surrogate in it.</exception>
    public static string Of(string json)
    {
        return Encoding.UTF8.GetString(Write(Parse(json)));
    }

    /// <summary>Parses with duplicate names refused.</summary>
    /// <exception cref="JsonException">Not JSON, or a duplicate name or a name with a lone surrogate in it.</exception>
    public static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json, Strict);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A name holds a lone surrogate.", exception);
        }
    }

    /// <summary>The canonical form of a value in UTF-8.</summary>
    /// <exception cref="JsonException">A fraction, an exponent, an integer beyond ±(2^53-1), or a lone surrogate in it.</exception>
    public static byte[] Write(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (CanonicalText.Is(raw))
        {
            return raw.ToArray();
        }

        var output = new ArrayBufferWriter<byte>(raw.Length);
        Write(value, output, except: default);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Write(JsonElement)"/>
    internal static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        output.Write(CanonicalText.Is(raw) ? raw : Write(value));
    }

    /// <summary>SHA-256 of the canonical form of a value, in lower-case hexadecimal.</summary>
    /// <exception cref="JsonException">See <see cref="Write(JsonElement)"/>.</exception>
    internal static string HashOf(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return Convert.ToHexStringLower(SHA256.HashData(CanonicalText.Is(raw) ? raw : Write(value)));
    }

    /// <summary>The canonical form of an object without some of its members.</summary>
    internal static byte[] WriteWithout(JsonElement value, params ReadOnlySpan<string> except)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        Write(value, output, except);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement value, IBufferWriter<byte> output, ReadOnlySpan<string> except)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, except);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    Separate(output, ref first);
                    Write(item, output, except: default);
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(Text(value), output);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(Integer(value).ToString(CultureInfo.InvariantCulture)));
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            default:
                throw new JsonException("There is no value to write.");
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output, ReadOnlySpan<string> except)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
        {
            if (!except.Contains(member.Name))
            {
                members.Add((Name(member), member.Value));
            }
        }

        // RFC 8785 §3.2.3 sorts by UTF-16 code units, which is what ordinal comparison of .NET strings does.
        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        output.Write("{"u8);
        var first = true;
        foreach (var (name, member) in members)
        {
            Separate(output, ref first);
            WriteString(name, output);
            output.Write(":"u8);
            Write(member, output, except: default);
        }

        output.Write("}"u8);
    }

    private static void Separate(IBufferWriter<byte> output, ref bool first)
    {
        if (!first)
        {
            output.Write(","u8);
        }

        first = false;
    }

    /// <summary>RFC 8785 §3.2.2.2: only what must be escaped is, with the short forms where there are any.</summary>
    internal static void WriteString(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(MustEscape);
            var run = plain < 0 ? rest : rest[..plain];
            Encoding.UTF8.GetBytes(run, output);
            if (plain < 0)
            {
                break;
            }

            output.Write(Escape(rest[plain]));
            rest = rest[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)));

    private static ReadOnlySpan<byte> Escape(char escaped) => escaped switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)escaped:x4}"),
    };

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A string holds a lone surrogate.", exception);
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A name holds a lone surrogate.", exception);
        }
    }

    private static long Integer(JsonElement value)
    {
        var isPlain = value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        return isPlain && value.TryGetInt64(out var integer) && integer is >= -MaxSafeInteger and <= MaxSafeInteger
            ? integer
            : throw new JsonException($"Numbers are integers within ±{MaxSafeInteger}; a decimal is written as text.");
    }
}
