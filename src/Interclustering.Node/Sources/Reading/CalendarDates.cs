using System.Globalization;
using System.Runtime.Serialization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>When an event of a calendar takes place, in the form of the contracts.</summary>
/// <param name="Sessions">In order; at least one.</param>
/// <param name="Recurrence">Repeats the first one.</param>
/// <param name="Remark">What could not be followed; null when everything could.</param>
internal sealed record CalendarSeries(IReadOnlyList<Session> Sessions, Recurrence? Recurrence, string? Remark);

/// <summary>One time at which a repeat takes place instead of the one that the rule gives.</summary>
/// <param name="Instead">Of the repeat, on the event's clock.</param>
/// <param name="Start">On the event's clock.</param>
/// <param name="End">Null when unknown.</param>
/// <param name="IsListed">It is another date of the same event; otherwise it is an event of its own, or cancelled.</param>
/// <param name="AndFuture">So are all the later ones (RFC 5545 §3.2.13).</param>
internal sealed record CalendarOverride(DateTime Instead, DateTime Start, DateTime? End, bool IsListed, bool AndFuture);

/// <summary>
/// Follows what iCalendar says of a series (RFC 5545 §3.8.5). A single rule that our contract knows stays a rule. Everything else, dates
/// added, two rules, hours, later dates moved, becomes the dates themselves, for the years that lie ahead.
/// </summary>
/// <param name="start">On the event's clock.</param>
/// <param name="length">Of one date; null when unknown.</param>
/// <param name="allDay">Without hours.</param>
/// <param name="zone">Of the event's clock.</param>
/// <param name="today">In Paris.</param>
internal sealed class CalendarDates(DateTime start, TimeSpan? length, bool allDay, string zone, DateOnly today)
{
    /// <summary>Of an event, as in its schema.</summary>
    private const int MostSessions = 400;

    /// <summary>What has no end is followed to the end of this year and of so many more.</summary>
    private const int YearsAhead = 3;

    /// <summary>Steps of a rule that meet no date: then it meets none.</summary>
    private const int MostUnmatched = 2_000;

    public IReadOnlyList<string> Rules { get; init; } = [];

    public IReadOnlyList<string> ExcludedByRule { get; init; } = [];

    public IReadOnlyList<DateTime> Added { get; init; } = [];

    public IReadOnlySet<DateTime> Excluded { get; init; } = new HashSet<DateTime>();

    public IReadOnlyList<CalendarOverride> Overrides { get; init; } = [];

    /// <summary>Null where no date is left, or the first one ends before it starts.</summary>
    public CalendarSeries? Read()
    {
        if (Rules.Count == 0 && Added.Count == 0)
        {
            return SessionAt("1", start) is { } single ? new CalendarSeries([single], null, null) : null;
        }

        var rules = Rules.Select(Tidied).OfType<string>().ToList();
        var lost = rules.Count < Rules.Count ? T["Une règle de répétition n’est pas lisible : vérifiez les dates."] : null;
        if (rules.Count == 1 && Added.Count == 0 && ExcludedByRule.Count == 0 && !Overrides.Any(moved => moved.AndFuture)
            && AsRule(rules[0]) is { } followed)
        {
            return followed with { Remark = lost ?? followed.Remark };
        }

        try
        {
            return AsDates(rules) is { } dates ? dates with { Remark = lost ?? dates.Remark } : null;
        }
        catch (Exception failure) when (IsRuleFailure(failure))
        {
            var notFollowed = T["La répétition ne peut pas être suivie : seule la première date est reprise."];
            return SessionAt("1", start) is { } first ? new CalendarSeries([first], null, notFollowed) : null;
        }
    }

    /// <summary>What Ical.Net throws on rules that it can't read or follow.</summary>
    public static bool IsRuleFailure(Exception failure) => failure is SerializationException or FormatException or ArgumentException
        or InvalidOperationException or OverflowException or NotSupportedException or IndexOutOfRangeException or KeyNotFoundException
        or InvalidCastException or NullReferenceException or EvaluationException;

    /// <summary>The starts that a component's rule gives, in order, on its own clock; without an end where the rule has none.</summary>
    public static IEnumerable<DateTime> Occurrences(CalendarEvent component, DateTime from) =>
        component.GetOccurrences(new CalDateTime(from, hasTime: true), new EvaluationOptions
        {
            MaxUnmatchedIncrementsLimit = MostUnmatched
        }).Select(one => one.Period.StartTime.Value);

    private DateTime Horizon => new(today.Year + YearsAhead, 12, 31, 23, 59, 59);

    /// <summary>Without the parts and spaces that some programs leave behind; null where nothing of a rule is left.</summary>
    private static string? Tidied(string rule)
    {
        var parts = rule.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Split('=') is [_, { Length: > 0 }]).DistinctBy(part => part.Split('=')[0].ToUpperInvariant()).ToList();
        return parts.Exists(part => part.StartsWith("FREQ=", StringComparison.OrdinalIgnoreCase)) ? string.Join(';', parts) : null;
    }

    private CalendarSeries? AsRule(string rule)
    {
        var (ended, from) = (WithEnd(rule), start);
        if (!WallClock.IsSensible(start) && ended.Contains("COUNT=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!WallClock.IsSensible(start))
        {
            // The contract knows no such years: the series begins with the first date of the year before this one.
            from = Starts(rule, new DateTime(today.Year - 1, 1, 1)).FirstOrDefault();
        }

        if (!WallClock.IsSensible(from) || SessionAt("1", from) is not { } first)
        {
            return null;
        }

        var except = Excluded.Concat(Overrides.Select(moved => moved.Instead)).Where(at => at >= from).Distinct().Order()
            .Take(MostSessions).Select(Write).ToList();
        var recurrence = new Recurrence(ended, except);
        return Repetition.Judge(first, recurrence, zone) is not null ? null
            : new CalendarSeries([first, .. Moved()], recurrence, HasEnd(rule) ? null
                : T["La répétition n’a pas de fin : elle est reprise jusqu’à fin {0}, et prolongée ensuite.", today.Year + YearsAhead]);
    }

    /// <summary>Repeats that take place at another time, as sessions of their own.</summary>
    private IEnumerable<Session> Moved() => Overrides.Where(moved => moved.IsListed)
        .Select(moved => WallClock.Session(IdOf(moved.Instead), moved.Start, moved.End, allDay)).OfType<Session>();

    private CalendarSeries? AsDates(List<string> rules)
    {
        var from = new DateTime(today.Year, today.Month, 1).AddMonths(-1);
        var excluded = ExcludedByRule.Select(Tidied).OfType<string>().SelectMany(rule => Starts(rule, from)).Concat(Excluded).ToHashSet();
        var every = rules.SelectMany(rule => Starts(rule, from)).Concat(Added).Append(start).Distinct().Where(at => !excluded.Contains(at))
            .Order().ToList();
        // The past of a long series is not news; one that is over is kept whole.
        var shown = every.Exists(at => at >= from) ? every.Where(at => at >= from).ToList() : every;
        var later = Overrides.Where(moved => moved.AndFuture).OrderBy(moved => moved.Instead).ToList();
        var single = Overrides.Where(moved => !moved.AndFuture).ToDictionary(moved => moved.Instead);
        var sessions = new List<Session>();
        foreach (var at in shown)
        {
            if (single.TryGetValue(at, out var moved))
            {
                sessions.AddRange(moved.IsListed && WallClock.Session(IdOf(at), moved.Start, moved.End, allDay) is { } other
                    ? [other] : []);
                continue;
            }

            var shift = later.LastOrDefault(change => change.Instead <= at);
            var begins = shift is null ? at : at + (shift.Start - shift.Instead);
            var lasts = shift is null ? length : shift.End - shift.Start;
            sessions.AddRange(WallClock.Session(IdOf(at), begins, begins + lasts, allDay) is { } one ? [one] : []);
        }

        var kept = sessions.Where(session => WallClock.IsSensible(EventTimes.Local(session.Start)))
            .OrderBy(session => session.Start, StringComparer.Ordinal).Take(MostSessions).ToList();
        return kept.Count == 0 ? null : new CalendarSeries(kept, null, sessions.Count > kept.Count
            ? T["La répétition a trop de dates : les {0} premières sont reprises.", MostSessions] : null);
    }

    /// <summary>The dates of a rule up to the horizon; of one that began long ago, those from <paramref name="from"/> on.</summary>
    private IEnumerable<DateTime> Starts(string rule, DateTime from)
    {
        if (rule.Contains("SECONDLY", StringComparison.OrdinalIgnoreCase) || rule.Contains("MINUTELY", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException("Events don't repeat by the minute.");
        }

        var component = new CalendarEvent
        {
            DtStart = new CalDateTime(start, hasTime: true),
            RecurrenceRule = new RecurrenceRule(InLocalTime(rule))
        };
        return Occurrences(component, from < start ? start : from).TakeWhile(at => at <= Horizon).Take(MostSessions * 4);
    }

    /// <summary>UNTIL on the event's clock: the dates are followed on it.</summary>
    private string InLocalTime(string rule) => string.Join(';', rule.Split(';').Select(part => EndOf(part) is { } end
        ? $"UNTIL={end.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}" : part));

    private DateTime? EndOf(string part)
    {
        if (!part.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new CalendarLine("UNTIL", new Dictionary<string, string>(), part[6..]).Times().FirstOrDefault() switch
        {
            null => throw new FormatException("UNTIL is no date."),
            { HasTime: false } day => day.Value.AddDays(1).AddSeconds(-1),
            { IsUtc: true } utc => WallClock.Move(utc.Value, "UTC", zone),
            var local => local.Value,
        };
    }

    private static bool HasEnd(string rule) => rule.Contains("COUNT=", StringComparison.OrdinalIgnoreCase)
        || (rule.Contains("UNTIL=", StringComparison.OrdinalIgnoreCase) && !IsForEver(rule));

    /// <summary>Some programs write the last day of all time.</summary>
    private static bool IsForEver(string rule) => rule.Split(';').Any(part => part.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase)
        && string.CompareOrdinal(part, "UNTIL=2200") > 0);

    private string WithEnd(string rule)
    {
        if (HasEnd(rule))
        {
            return rule;
        }

        var until = Horizon.ToString(allDay ? "yyyyMMdd" : "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return string.Join(';', rule.Split(';').Where(part => !part.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase))
            .Append($"UNTIL={until}"));
    }

    private Session? SessionAt(string id, DateTime at) => WallClock.Session(id, at, at + length, allDay);

    /// <summary>Kept while the date exists, whatever stands before it.</summary>
    private string IdOf(DateTime at) => at.ToString(allDay ? "yyyyMMdd" : "yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture);

    private string Write(DateTime at) => allDay ? WallClock.Day(at) : WallClock.Timed(at);
}
