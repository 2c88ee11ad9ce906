using System.Text.Unicode;

namespace Interclustering.Federation.Chain;

/// <summary>
/// Recognises in one pass a JSON text that is in canonical form already. Participants send what they keep, so nearly all is: it is hashed
/// and kept as the bytes that came. A no costs only time, since the text is then written anew: so what is rare (a name beyond ASCII, a
/// number of 16 digits) is left to that.
/// </summary>
internal static class CanonicalText
{
    private const int MostDigits = 15;

    /// <param name="json">A text that parses as JSON.</param>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        var at = 0;
        return Utf8.IsValid(json) && TakeValue(json, ref at) && at == json.Length;
    }

    private static bool TakeValue(ReadOnlySpan<byte> json, ref int at)
    {
        switch (json[at])
        {
            case (byte)'{':
                return TakeObject(json, ref at);
            case (byte)'[':
                return TakeArray(json, ref at);
            case (byte)'"':
                return TakeString(json, ref at);
            case (byte)'t' or (byte)'n':
                at += 4;
                return true;
            case (byte)'f':
                at += 5;
                return true;
            default:
                return TakeInteger(json, ref at);
        }
    }

    private static bool TakeObject(ReadOnlySpan<byte> json, ref int at)
    {
        if (json[++at] == '}')
        {
            at++;
            return true;
        }

        var before = ReadOnlySpan<byte>.Empty;
        for (var isFirst = true; ; isFirst = false, at++)
        {
            var start = at;
            if (json[at] != '"' || !TakeString(json, ref at))
            {
                return false;
            }

            // Of ASCII without escapes, the order of bytes is that of UTF-16 code units.
            var name = json[(start + 1)..(at - 1)];
            if (name.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e) || name.Contains((byte)'\\')
                || (!isFirst && before.SequenceCompareTo(name) >= 0) || json[at++] != ':' || !TakeValue(json, ref at))
            {
                return false;
            }

            before = name;
            if (json[at] != ',')
            {
                return json[at++] == '}';
            }
        }
    }

    private static bool TakeArray(ReadOnlySpan<byte> json, ref int at)
    {
        if (json[++at] == ']')
        {
            at++;
            return true;
        }

        for (; ; at++)
        {
            if (!TakeValue(json, ref at))
            {
                return false;
            }

            if (json[at] != ',')
            {
                return json[at++] == ']';
            }
        }
    }

    private static bool TakeString(ReadOnlySpan<byte> json, ref int at)
    {
        at++;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at++] == '"')
            {
                return true;
            }

            if (json[at++] is var escaped && escaped == 'u')
            {
                if (!IsControl(json.Slice(at, 4)))
                {
                    return false;
                }

                at += 4;
            }
            else if (escaped == '/')
            {
                return false;
            }
        }
    }

    /// <summary>Whether four hexadecimal digits name, in lower case, a character that must be escaped and has no short form.</summary>
    private static bool IsControl(ReadOnlySpan<byte> digits) => digits[0] == '0' && digits[1] == '0' && digits[2] switch
    {
        (byte)'0' => digits[3] is >= (byte)'0' and <= (byte)'7' or (byte)'b' or (byte)'e' or (byte)'f',
        (byte)'1' => digits[3] is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f',
        _ => false,
    };

    private static bool TakeInteger(ReadOnlySpan<byte> json, ref int at)
    {
        var start = json[at] == '-' ? at + 1 : at;
        var digits = json[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? json.Length - start : digits;
        var isNegativeZero = start > at && digits == 1 && json[start] == '0';
        at = start + digits;
        // A fraction or an exponent leaves a letter that ends nothing.
        return digits is > 0 and <= MostDigits && !isNegativeZero && (at == json.Length || json[at] is (byte)',' or (byte)'}' or (byte)']');
    }
}
