using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// The zones of a calendar: those that it names in a way that is known, and those that it describes itself (VTIMEZONE, RFC 5545 §3.6.5),
/// each as the zone of the tz database whose clocks show the same.
/// </summary>
internal sealed class CalendarZones
{
    /// <summary>The years in which a described zone is compared: what it was long ago does not matter.</summary>
    private const int FirstYear = 2025, LastYear = 2030, MostChanges = 40;

    /// <summary>Where several zones have the same clocks, the likeliest.</summary>
    private static readonly string[] Likely = [WallClock.Paris, "Europe/London", "Europe/Athens", "America/New_York", "Indian/Reunion"];

    private readonly Dictionary<string, string?> described = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="zones">The lines of each VTIMEZONE, the components in it included.</param>
    public CalendarZones(IEnumerable<IReadOnlyList<string>> zones)
    {
        foreach (var lines in zones)
        {
            if (CalendarLine.Parse(lines).Find(line => line.Name == "TZID") is { } name)
            {
                described.TryAdd(name.Value.Trim(), WallClock.Zone(name.Value) ?? Match(lines));
            }
        }
    }

    /// <summary>The IANA name; null for an unknown zone.</summary>
    public string? Of(string? name) => name is null ? null
        : WallClock.Zone(name) ?? described.GetValueOrDefault(name.Trim(' ', '"'));

    private static string? Match(IReadOnlyList<string> lines)
    {
        var changes = ChangesOf(lines);
        if (changes.Count == 0)
        {
            return null;
        }

        if (changes.Select(change => change.Offset).Distinct().Count() == 1)
        {
            return WallClock.Fixed(changes[0].Offset);
        }

        var samples = Enumerable.Range(FirstYear + 1, LastYear - FirstYear - 1)
            .SelectMany(year => Enumerable.Range(1, 12).Select(month => Instant.FromUtc(year, month, 15, 12, 0))).ToList();
        var wanted = samples.ConvertAll(sample => changes.LastOrDefault(change => change.At <= sample, changes[0]).Offset);
        return Likely.Concat(DateTimeZoneProviders.Tzdb.Ids).FirstOrDefault(id => TimeZones.IsKnown(id)
            && samples.Zip(wanted).All(pair => DateTimeZoneProviders.Tzdb[id].GetUtcOffset(pair.First) == pair.Second));
    }

    /// <summary>When the clocks change to which distance from UTC, in order.</summary>
    private static List<(Instant At, Offset Offset)> ChangesOf(IReadOnlyList<string> lines)
    {
        var changes = new List<(Instant At, Offset Offset)>();
        foreach (var part in Parts(lines))
        {
            var parsed = CalendarLine.Parse(part);
            if (parsed.Find(line => line.Name == "DTSTART")?.Times().FirstOrDefault() is { } start
                && OffsetIn(parsed, "TZOFFSETTO") is { } to)
            {
                var from = OffsetIn(parsed, "TZOFFSETFROM") ?? to;
                var rule = parsed.Find(line => line.Name == "RRULE")?.Value;
                changes.AddRange(Onsets(start.Value, rule)
                    .Select(onset => (LocalDateTime.FromDateTime(onset).WithOffset(from).ToInstant(), to)));
            }
        }

        changes.Sort((one, other) => one.Item1.CompareTo(other.Item1));
        return changes;
    }

    private static IEnumerable<DateTime> Onsets(DateTime start, string? rule)
    {
        if (rule is null)
        {
            return [start];
        }

        try
        {
            // Rules of zones repeat by the year from 1601 on: those of the years that count are the same.
            var first = start.Year < FirstYear ? start.AddYears(FirstYear - start.Year) : start;
            var component = new CalendarEvent
            {
                DtStart = new CalDateTime(first, hasTime: true),
                RecurrenceRule = new RecurrenceRule(rule)
            };
            return [.. CalendarDates.Occurrences(component, first).TakeWhile(onset => onset.Year <= LastYear).Take(MostChanges)];
        }
        catch (Exception failure) when (CalendarDates.IsRuleFailure(failure))
        {
            return [start];
        }
    }

    private static Offset? OffsetIn(List<CalendarLine> lines, string name) =>
        WallClock.OffsetOf(lines.Find(line => line.Name == name)?.Value.Trim() is { Length: >= 5 } written ? written[..5] : null);

    /// <summary>STANDARD and DAYLIGHT.</summary>
    private static IEnumerable<List<string>> Parts(IReadOnlyList<string> lines)
    {
        List<string>? part = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
            {
                part = [];
            }
            else if (part is not null && line.StartsWith("END:", StringComparison.OrdinalIgnoreCase))
            {
                yield return part;
                part = null;
            }
            else
            {
                part?.Add(line);
            }
        }
    }
}
