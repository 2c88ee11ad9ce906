using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>
/// How an event repeats, as people say it: « tous les premiers mardis jusqu’en juin ». Read and written in both languages.
/// </summary>
public static class RepetitionWords
{
    /// <summary>The days of RFC 5545 §3.3.10, Monday first.</summary>
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>What can be offered for a first day, in the reader's language.</summary>
    public static IReadOnlyList<string> OfferedFor(DateOnly first)
    {
        var until = first.AddMonths(6);
        var end = $"UNTIL={until.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        var week = Days[WeekdayOf(first)];
        var place = PlaceOf(first) > 4 ? -1 : PlaceOf(first);
        string[] rules =
        [
            $"FREQ=WEEKLY;{end}", $"FREQ=WEEKLY;INTERVAL=2;{end}",
                string.Create(CultureInfo.InvariantCulture, $"FREQ=MONTHLY;BYDAY={place}{week};{end}"), $"FREQ=MONTHLY;{end}",
        ];
        return [.. rules.Select(rule => Of(rule, first)).OfType<string>()];
    }

    /// <summary>The rule in words; null when it says more than these words can.</summary>
    /// <param name="rule">See <see cref="Recurrence.Rule"/>.</param>
    /// <param name="first">The day of the first session.</param>
    public static string? Of(string rule, DateOnly first)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var said = rule.ToUpperInvariant().Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToList();
        var parts = said.DistinctBy(part => part[0]).ToDictionary(part => part[0], part => part[1]);
        var every = int.TryParse(parts.GetValueOrDefault("INTERVAL", "1"), CultureInfo.InvariantCulture, out var interval) ? interval : 0;
        var day = parts.GetValueOrDefault("BYDAY");
        if (every < 1 || parts.Count < said.Count || parts.Keys.Except(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"]).Any())
        {
            return null;
        }

        var rhythm = (parts.GetValueOrDefault("FREQ"), every, day) switch
        {
            ("DAILY", 1, null) => T["tous les jours"],
            ("DAILY", _, null) => T["tous les {0} jours", every],
            ("WEEKLY", 1, null) => T["tous les {0}s", DateWords.Weekday(first)],
            ("WEEKLY", 1, _) when day == Days[WeekdayOf(first)] => T["tous les {0}s", DateWords.Weekday(first)],
            ("WEEKLY", _, null) => T["toutes les {0} semaines", every],
            ("MONTHLY", 1, null) => T["tous les mois"],
            ("MONTHLY", _, null) => T["tous les {0} mois", every],
            ("MONTHLY", 1, { Length: > 2 }) when day[^2..] == Days[WeekdayOf(first)]
                && RepetitionReading.OrdinalOf(day[..^2]) is { } which => T["tous les {0}s {1}s", which, DateWords.Weekday(first)],
            ("YEARLY", 1, null) => T["tous les ans"],
            _ => null,
        };
        return rhythm is not null && EndOf(parts) is { } end ? $"{rhythm} {end}" : null;
    }

    /// <summary>Monday is 0.</summary>
    internal static int WeekdayOf(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    /// <summary>1 for the first such weekday of its month.</summary>
    internal static int PlaceOf(DateOnly day) => ((day.Day - 1) / 7) + 1;

    internal static string CodeOf(int weekday) => Days[weekday];

    private static string? EndOf(Dictionary<string, string> parts) =>
        parts.GetValueOrDefault("COUNT") is { } count ? int.TryParse(count, CultureInfo.InvariantCulture, out var times)
            ? T["{0} fois", times] : null
        : parts.GetValueOrDefault("UNTIL") is { Length: >= 8 } until
            && DateOnly.TryParseExact(until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            ? T["jusqu’au {0}", $"{(last.Day == 1 && !Language.IsEnglish ? "1er" : last.Day.ToString(CultureInfo.InvariantCulture))} "
                + $"{DateWords.MonthInText(last)}"]
        : null;
}
