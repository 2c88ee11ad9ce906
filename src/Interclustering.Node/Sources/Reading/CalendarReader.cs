using System.Runtime.Serialization;
using System.Text;
using System.Text.RegularExpressions;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reads iCalendar (RFC 5545). Each event is parsed by itself, so that a broken one leaves the others whole.</summary>
internal static partial class CalendarReader
{
    /// <summary>Of an event: longer ones are no announcement.</summary>
    private const int MostLines = 2_000, MostLetters = 400_000;

    public static ImportDocument Read(string text)
    {
        var lines = Unfolded(text);
        var reading = new ImportDocumentBuilder(ImportDocument.Calendar);
        var zone = WallClock.Zone(lines.Select(line => CalendarZone().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value)
            ?? WallClock.Paris;
        var blocks = Blocks(lines).ToList();
        var parsed = reading.First(blocks).Select(block => Parse(block, reading)).OfType<Parsed>().ToList();
        var moved = parsed.Where(one => one.Instead is not null).ToLookup(one => one.Component.Uid, one => one.Instead!);
        foreach (var (component, instead) in parsed)
        {
            try
            {
                CalendarEventReader.Read(component, zone, instead is null ? [.. moved[component.Uid]] : [], reading);
            }
            catch (Exception failure) when (IsParseFailure(failure))
            {
                reading.Reject(null, CleanText.Title(component.Summary), "Une propriété de cet événement n’est pas lisible.");
            }
        }

        return reading.Finish();
    }

    private static Parsed? Parse(IReadOnlyList<string> block, ImportDocumentBuilder reading)
    {
        if (block.Count > MostLines || block.Sum(line => line.Length) > MostLetters)
        {
            reading.Reject(null, TitleOf(block), "Cet événement est trop long pour être lu.");
            return null;
        }

        try
        {
            // A generated UID would differ on every reading: its absence must stay visible.
            var hasKey = block.Any(line => line.StartsWith("UID", StringComparison.OrdinalIgnoreCase));
            var component = Ical.Net.Calendar.Load(
                $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Join("\r\n", block)}\r\nEND:VCALENDAR\r\n")?.Events.FirstOrDefault();
            if (component is not null && hasKey)
            {
                return new Parsed(component, component.RecurrenceIdentifier?.StartTime);
            }

            reading.Reject(null, CleanText.Title(component?.Summary),
                "L’identifiant (UID) manque\u00A0: l’événement ne pourrait pas être mis à jour.");
        }
        catch (Exception failure) when (IsParseFailure(failure))
        {
            reading.Reject(null, TitleOf(block), "Cet événement n’est pas de l’iCalendar valable\u00A0: une ligne ne peut pas être lue.");
        }

        return null;
    }

    private static string? TitleOf(IReadOnlyList<string> block) =>
        CleanText.Title(block.FirstOrDefault(line =>
            line.StartsWith("SUMMARY", StringComparison.OrdinalIgnoreCase))?.Split(':', 2) is [_, var title] ? title : null);

    /// <summary>What Ical.Net throws on text that it can't read, eagerly or when a property is first asked for.</summary>
    private static bool IsParseFailure(Exception failure) => failure is SerializationException or FormatException or ArgumentException
        or InvalidOperationException or OverflowException or NotSupportedException or IndexOutOfRangeException or KeyNotFoundException
        or InvalidCastException or NullReferenceException;

    // RFC 5545 §3.1: a line that starts with white space continues the line before.
    private static List<string> Unfolded(string text)
    {
        var lines = new List<StringBuilder>();
        foreach (var line in text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Split('\n'))
        {
            if (lines.Count > 0 && line.Length > 0 && line[0] is ' ' or '\t')
            {
                lines[^1].Append(line.AsSpan(1));
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(new StringBuilder(line));
            }
        }

        return lines.ConvertAll(line => line.ToString());
    }

    /// <summary>The lines of each VEVENT, without the components in it: alarms are their owner's alone.</summary>
    private static IEnumerable<IReadOnlyList<string>> Blocks(IEnumerable<string> lines)
    {
        List<string>? block = null;
        var inner = 0;
        foreach (var line in lines)
        {
            var trimmed = line.Trim();
            if (trimmed.Equals("BEGIN:VEVENT", StringComparison.OrdinalIgnoreCase))
            {
                (block, inner) = ([trimmed], 0);
            }
            else if (block is not null && trimmed.Equals("END:VEVENT", StringComparison.OrdinalIgnoreCase))
            {
                block.Add(trimmed);
                yield return block;
                block = null;
            }
            else if (trimmed.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
            {
                inner++;
            }
            else if (trimmed.StartsWith("END:", StringComparison.OrdinalIgnoreCase))
            {
                inner--;
            }
            else if (inner == 0 && !Personal().IsMatch(trimmed))
            {
                block?.Add(line);
            }
        }
    }

    /// <summary>An event, and the occurrence of its series that it stands for.</summary>
    private sealed record Parsed(CalendarEvent Component, CalDateTime? Instead);

    [GeneratedRegex("^X-WR-TIMEZONE[^:]*:(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex CalendarZone();

    [GeneratedRegex("^(ORGANIZER|ATTENDEE|CONTACT)[;:]", RegexOptions.IgnoreCase)]
    private static partial Regex Personal();
}
