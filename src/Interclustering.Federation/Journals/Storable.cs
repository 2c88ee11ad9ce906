using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation.Journals;

/// <summary>
/// What a database can keep of an authentic entry, whatever its owner wrote: PostgreSQL refuses U+0000 and keys that are long, and readers
/// of the kept text refuse what nests too deep. What an honest participant sends is kept as it came.
/// </summary>
public static class Storable
{
    private const int LongestKey = 200, Shown = 60, LongestDetail = 1000;

    /// <summary>
    /// A subject or an epoch as a column holds it: itself, or, where that can't stand, what is left of it with a digest that tells it from
    /// others.
    /// </summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestKey && !text.Any(char.IsControl) ? text
            : $"{Plain(text, Shown)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)))[..16]}";
    }

    /// <summary>A reason for operators: one line, not too long.</summary>
    public static string Detail(string text) => Plain(text, LongestDetail) is { Length: > 0 } plain ? plain : "No reason is known.";

    /// <summary>
    /// The entry as replicas keep it: without its data where that is larger than an entry may be, or nests too deep to be read again.
    /// </summary>
    public static JournalEntry Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Data is { } data && JsonMarshal.GetRawUtf8Value(data) is var text
            && (text.Length > EntryChain.MaxEntryBytes || IsDeep(text))
            ? entry with { Data = null }
            : entry;
    }

    /// <summary>
    /// The entry as the hub wraps it in a notice that it was set aside: small enough for a segment in any case. Without its data, and in
    /// the last resort without all but its place in the chain.
    /// </summary>
    public static JournalEntry Wrapped(JournalEntry entry, bool withData)
    {
        var kept = withData ? Of(entry) : entry with { Data = null };
        return Encoding.UTF8.GetByteCount(EntryChain.TextOf(kept)) <= EntryChain.MaxEntryBytes ? kept : entry with
        {
            Data = null,
            Extensions = null,
            Traceparent = null,
            Id = Key(entry.Id),
            Type = Key(entry.Type),
            Subject = Key(entry.Subject),
            Time = Key(entry.Time),
            Epoch = Key(entry.Epoch),
            Specversion = Key(entry.Specversion),
            Datacontenttype = Key(entry.Datacontenttype),
            Previous = Key(entry.Previous),
            Digest = Key(entry.Digest),
        };
    }

    /// <summary>A text says how deep it nests before anything recurses into it.</summary>
    private static bool IsDeep(ReadOnlySpan<byte> json)
    {
        var (depth, inText) = (0, false);
        for (var index = 0; index < json.Length; index++)
        {
            switch (json[index])
            {
                case (byte)'\\' when inText:
                    index++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'{' or (byte)'[' when !inText && ++depth > FederationLimits.KeptDepth:
                    return true;
                case (byte)'}' or (byte)']' when !inText:
                    depth--;
                    break;
            }
        }

        return false;
    }

    private static string Plain(string text, int most)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            plain.Append(Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}") : rune.ToString());
        }

        return plain.ToString();
    }
}
