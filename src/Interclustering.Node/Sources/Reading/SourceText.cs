using System.Text;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// The letters of what a source sent. The charset is that of the byte order mark, then what the page or the XML says of itself, then UTF-8
/// where every byte is valid, then windows-1252, which is what the rest of France's web is in. A charset of the HTTP header is applied
/// before, see <see cref="AsUtf8"/>.
/// </summary>
internal static partial class SourceText
{
    /// <summary>Bytes in which a page names its charset (WHATWG HTML looks at 1,024; headers of plug-ins are longer).</summary>
    private const int Head = 4_096;

    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    public static string Decode(ReadOnlySpan<byte> content) =>
        (MarkedAs(content) ?? Utf16Of(content)) is { } wide ? wide.GetString(content)
        : Declared(content) is { } declared && declared is not UTF8Encoding ? declared.GetString(content)
        : Utf8OrWindows(content);

    /// <summary>
    /// Decodes iCalendar: lines are folded by bytes (RFC 5545 §3.1), so that a letter may stand on two of them, and are joined before.
    /// </summary>
    public static string DecodeFolded(ReadOnlySpan<byte> content)
    {
        if (content.IndexOf("BEGIN:"u8) < 0)
        {
            return Decode(content);
        }

        var (joined, length) = (new byte[content.Length], 0);
        for (var index = 0; index < content.Length; index++)
        {
            var rest = content[index..];
            if (rest is [(byte)'\r', (byte)'\n', (byte)' ' or (byte)'\t', ..])
            {
                index += 2;
            }
            else if (rest is [(byte)'\n' or (byte)'\r', (byte)' ' or (byte)'\t', ..])
            {
                index++;
            }
            else
            {
                joined[length++] = content[index];
            }
        }

        return Decode(joined.AsSpan(0, length));
    }

    /// <summary>The same letters in UTF-8 with its mark, where a header names another charset; else the content itself.</summary>
    public static ReadOnlyMemory<byte> AsUtf8(ReadOnlyMemory<byte> content, string? charset) =>
        MarkedAs(content.Span) is null && Named(charset) is { } named and not UTF8Encoding
            ? (byte[])[.. Utf8Mark, .. Encoding.UTF8.GetBytes(named.GetString(content.Span))] : content;

    private static Encoding? MarkedAs(ReadOnlySpan<byte> content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>UTF-16 without a mark: what we read begins with an ASCII letter, brace or bracket.</summary>
    private static Encoding? Utf16Of(ReadOnlySpan<byte> content) => content switch
    {
        [> 0x20 and < 0x7F, 0, > 0x08 and < 0x7F, 0, ..] => Encoding.Unicode,
        [0, > 0x20 and < 0x7F, 0, > 0x08 and < 0x7F, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static Encoding? Declared(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, Head)]);
        return head.TrimStart().StartsWith('<') && Charset().Match(head) is { Success: true } named ? Named(named.Groups["name"].Value)
            : null;
    }

    /// <summary>Latin-1 and ASCII are read as windows-1252, as browsers do (WHATWG Encoding); null for what is unknown.</summary>
    private static Encoding? Named(string? charset)
    {
        var name = charset?.Trim(' ', '"', '\'').ToLowerInvariant() ?? "";
        try
        {
            return name switch
            {
                "" => null,
                "utf-8" or "utf8" => Encoding.UTF8,
                // What names itself in ASCII is not in one of these, whatever it says.
                "utf-7" => null,
                _ when name.StartsWith("utf-16", StringComparison.Ordinal) || name.StartsWith("utf-32", StringComparison.Ordinal) => null,
                "iso-8859-1" or "latin1" or "latin-1" or "iso8859-1" or "us-ascii" or "ascii" or "windows-1252" or "cp1252" => Windows1252,
                _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
            };
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            // An unknown charset says nothing.
            return null;
        }
    }

    private static string Utf8OrWindows(ReadOnlySpan<byte> content)
    {
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(content);
        }
    }

    [GeneratedRegex("""(?:<meta[^>]{0,200}?charset\s*=\s*|<\?xml[^>]{0,100}?encoding\s*=\s*)["']?(?<name>[A-Za-z0-9_.:-]{1,40})""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
