using System.Buffers;
using System.Globalization;
using System.Text;

namespace Interclustering.Dates;

/// <summary>Writes content lines of iCalendar (RFC 5545 §3.1) as UTF-8: lines of at most 75 octets that end in CRLF.</summary>
public sealed class CalendarWriter
{
    private const int LongestLine = 75;
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\;,\r\n");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(";:,");
    private readonly ArrayBufferWriter<byte> written = new(2048);

    /// <summary>One content line as it is, before it is folded.</summary>
    private readonly ArrayBufferWriter<byte> line = new(512);

    public byte[] ToArray() => written.WrittenSpan.ToArray();

    public void Begin(string component) => Line("BEGIN", component);

    public void End(string component) => Line("END", component);

    /// <summary>A property whose value is written as it stands: an address, a number, a keyword.</summary>
    public void Line(string name, string value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        Start(name, parameters);
        Add(value);
        EndLine();
    }

    /// <summary>A property of TEXT (§3.3.11), or a list of several.</summary>
    public void Text(string name, IEnumerable<string> values, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        Start(name, parameters);
        var first = true;
        foreach (var value in values)
        {
            Add(first ? "" : ",");
            AddEscaped(value);
            first = false;
        }

        EndLine();
    }

    /// <inheritdoc cref="Text(string, IEnumerable{string}, ReadOnlySpan{ValueTuple{string, string}})"/>
    public void Text(string name, string value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        Start(name, parameters);
        AddEscaped(value);
        EndLine();
    }

    /// <summary>Times of one zone (§3.3.5), or dates (§3.3.4).</summary>
    /// <param name="name">Of the property.</param>
    /// <param name="times">Local times as contracts have them, each a date where it has ten characters; all of one kind.</param>
    /// <param name="zone">IANA name of their zone.</param>
    public void Times(string name, IReadOnlyList<string> times, string zone)
    {
        var allDay = times[0].Length == 10;
        Start(name, allDay ? [("VALUE", "DATE")] : zone == TimeZones.Utc ? [] : [("TZID", zone)]);
        var format = allDay ? "yyyyMMdd" : zone == TimeZones.Utc ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmss";
        Add(string.Join(',', times.Select(time => EventTimes.Local(time).ToString(format, CultureInfo.InvariantCulture))));
        EndLine();
    }

    /// <summary>A time of UTC.</summary>
    public void Instant(string name, DateTime utc) => Line(name, InUtc(utc));

    public static string InUtc(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> parameters)
    {
        Add(name);
        foreach (var (parameter, value) in parameters)
        {
            // §3.2: a parameter has no way to hold a quotation mark.
            var text = value.Replace("\"", "", StringComparison.Ordinal);
            var quote = text.AsSpan().ContainsAny(Quoted) ? "\"" : "";
            Add($";{parameter}={quote}{text}{quote}");
        }

        Add(":");
    }

    private void Add(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, line);

    private void AddEscaped(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            Add(text[..at]);
            var isBreak = text[at] is '\r' or '\n';
            Add(isBreak ? "\\n" : ['\\', text[at]]);
            text = text[(text[at..].StartsWith("\r\n", StringComparison.Ordinal) ? at + 2 : at + 1)..];
        }

        Add(text);
    }

    /// <summary>Folds the line, and cuts no letter apart: a reader may look at one line before it has the next.</summary>
    private void EndLine()
    {
        var rest = line.WrittenSpan;
        for (var room = LongestLine; rest.Length > room; room = LongestLine - 1)
        {
            var cut = room;
            while ((rest[cut] & 0xC0) == 0x80)
            {
                cut--;
            }

            written.Write(rest[..cut]);
            written.Write("\r\n "u8);
            rest = rest[cut..];
        }

        written.Write(rest);
        written.Write("\r\n"u8);
        line.ResetWrittenCount();
    }
}
