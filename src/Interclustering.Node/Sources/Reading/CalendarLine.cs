using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>A content line of iCalendar (RFC 5545 §3.1), read by itself: a broken one costs nothing but itself.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">By their names in capitals, without quotes.</param>
/// <param name="Value">As written.</param>
internal sealed partial record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>What an event is read from. Other lines are not parsed: whatever is wrong in them does not matter.</summary>
    private static readonly HashSet<string> Used = new(StringComparer.OrdinalIgnoreCase)
    {
        "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "CATEGORIES", "STATUS", "CLASS",
        "SEQUENCE", "LAST-MODIFIED", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE", "CONFERENCE", "ATTACH", "IMAGE", "X-ALT-DESC",
        "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-MICROSOFT-CDO-ALLDAYEVENT",
        "TZID", "TZOFFSETFROM", "TZOFFSETTO", "METHOD", "X-WR-TIMEZONE",
    };

    /// <summary>The other names of RFC 5545 and RFC 7986: with them a line begins, too.</summary>
    private static readonly HashSet<string> Unused = new(StringComparer.OrdinalIgnoreCase)
    {
        "BEGIN", "END", "DTSTAMP", "CREATED", "ORGANIZER", "ATTENDEE", "CONTACT", "COMMENT", "PRIORITY", "TRANSP", "RESOURCES",
        "RELATED-TO", "REQUEST-STATUS", "ACTION", "TRIGGER", "REPEAT", "COLOR", "NAME", "SOURCE", "REFRESH-INTERVAL", "PRODID", "VERSION",
        "CALSCALE",
        "TZNAME", "TZURL", "DUE", "COMPLETED", "PERCENT-COMPLETE", "FREEBUSY", "STRUCTURED-DATA", "STYLED-DESCRIPTION", "PARTICIPANT-TYPE",
        "CALENDAR-ADDRESS", "LOCATION-TYPE", "LINK", "CONCEPT", "REFID", "BUSYTYPE", "AVAILABILITY",
    };

    /// <summary>
    /// The lines of a component that an event is read from. Some programs break the lines of a text without folding them: what begins with
    /// no name goes on with the description before it.
    /// </summary>
    public static List<CalendarLine> Parse(IEnumerable<string> lines)
    {
        var parsed = new List<CalendarLine>();
        var goesOn = false;
        foreach (var line in lines)
        {
            var name = NameOf().Match(line).Value;
            if (Used.Contains(name))
            {
                if (Parse(line, name) is { } one)
                {
                    parsed.Add(one);
                }

                goesOn = name.Equals("DESCRIPTION", StringComparison.OrdinalIgnoreCase);
            }
            else if (Unused.Contains(name) || name.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
            {
                goesOn = false;
            }
            else if (goesOn && parsed.Count > 0)
            {
                parsed[^1] = parsed[^1] with { Value = parsed[^1].Value + @"\n" + line };
            }
        }

        return parsed;
    }

    /// <summary>The value as text (RFC 5545 §3.3.11).</summary>
    public string Text()
    {
        var text = new StringBuilder(Value.Length);
        for (var index = 0; index < Value.Length; index++)
        {
            if (Value[index] == '\\' && index + 1 < Value.Length && Value[index + 1] is 'n' or 'N' or ',' or ';' or '\\' or ':' or '"')
            {
                index++;
                text.Append(Value[index] is 'n' or 'N' ? '\n' : Value[index]);
            }
            else
            {
                text.Append(Value[index]);
            }
        }

        return text.ToString();
    }

    /// <summary>The values of a list of texts: commas that are not escaped part them.</summary>
    public IEnumerable<string> Texts() => Comma().Split(Value).Select(part => (this with { Value = part }).Text());

    /// <summary>Dates and times, one or several (RFC 5545 §3.3.4, §3.3.5); of a period its start. What is none is left out.</summary>
    public IEnumerable<CalendarTime> Times() => Value.Split(',').Select(One).OfType<CalendarTime>();

    private CalendarTime? One(string text)
    {
        var written = text.Split('/')[0].Trim();
        var isUtc = written.EndsWith('Z') || written.EndsWith('z');
        string[] forms = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm", "yyyy-MM-dd'T'HH:mm:ss"];
        var zone = isUtc ? null : Parameters.GetValueOrDefault("TZID");
        return DateTime.TryParseExact(written, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new CalendarTime(day, HasTime: false, IsUtc: false, null)
            : DateTime.TryParseExact(
                isUtc ? written[..^1] : written, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? new CalendarTime(time, HasTime: true, isUtc, zone)
            : null;
    }

    private static CalendarLine? Parse(string line, string name)
    {
        // A zone's name may hold an unquoted colon: the date is what stands at the end.
        var split = Dated().Match(line) is { Success: true } dated ? dated.Index : ColonOutsideQuotes(line);
        if (split < 0)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match parameter in Parameter().Matches(line[name.Length..split]))
        {
            parameters.TryAdd(parameter.Groups["name"].Value.ToUpperInvariant(), parameter.Groups["value"].Value.Trim('"'));
        }

        return new CalendarLine(name.ToUpperInvariant(), parameters, line[(split + 1)..].Trim('\r'));
    }

    private static int ColonOutsideQuotes(string line)
    {
        var isQuoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            isQuoted ^= line[index] == '"';
            if (line[index] == ':' && !isQuoted)
            {
                return index;
            }
        }

        // A quote that never ends is none.
        return line.IndexOf(':', StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*(?=[;:])")]
    private static partial Regex NameOf();

    [GeneratedRegex(";(?<name>[A-Za-z0-9-]+)=(?<value>\"[^\"]*\"|[^;]*)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<=^(?:DTSTART|DTEND|RECURRENCE-ID)\b.*):(?=\d{8}(?:T\d{4,6})?Z?\s*$)", RegexOptions.IgnoreCase)]
    private static partial Regex Dated();

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex Comma();
}

/// <summary>A date or a time of iCalendar.</summary>
/// <param name="Value">On the clock that it names.</param>
/// <param name="HasTime">Otherwise it is a whole day.</param>
/// <param name="IsUtc">It names UTC.</param>
/// <param name="ZoneName">TZID as written; null for UTC and for a time without a zone.</param>
internal sealed record CalendarTime(DateTime Value, bool HasTime, bool IsUtc, string? ZoneName);
