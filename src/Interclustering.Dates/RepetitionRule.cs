using System.Globalization;

namespace Interclustering.Dates;

/// <summary>How often a rule comes round.</summary>
public enum RepetitionFrequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday of BYDAY.</summary>
/// <param name="Place">1 for the first one of its month, -1 for the last one; 0 for each.</param>
/// <param name="Day">Which.</param>
public sealed record RepeatedDay(int Place, DayOfWeek Day);

/// <summary>The end of UNTIL.</summary>
/// <param name="At">Inclusive.</param>
/// <param name="IsUtc">Otherwise it is a time on the event's own clock.</param>
/// <param name="HasTime">Otherwise it is the whole day.</param>
public sealed record RepetitionEnd(DateTime At, bool IsUtc, bool HasTime);

/// <summary>
/// A rule of RFC 5545 §3.3.10, with the parts that people say: every so many days, weeks, months or years, on these weekdays, days of the
/// month or months, the first or last of them. Hours, minutes, seconds, week numbers and days of the year are refused: events are not
/// announced so, and their lists multiply.
/// </summary>
public sealed record RepetitionRule
{
    /// <summary>Characters of a rule, as in the schema of events.</summary>
    public const int Longest = 500;

    private const int MostInterval = 366, MostCount = 10_000;

    /// <summary>The days of RFC 5545 §3.3.10 in the order of <see cref="DayOfWeek"/>.</summary>
    private static readonly string[] Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public required RepetitionFrequency Frequency { get; init; }

    public int Interval { get; init; } = 1;

    public int? Count { get; init; }

    public RepetitionEnd? Until { get; init; }

    public IReadOnlyList<RepeatedDay> ByDay { get; init; } = [];

    public IReadOnlyList<int> ByMonthDay { get; init; } = [];

    public IReadOnlyList<int> ByMonth { get; init; } = [];

    public IReadOnlyList<int> BySetPosition { get; init; } = [];

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <exception cref="FormatException">It can't be followed; the message says why, in English.</exception>
    public static RepetitionRule Read(string? text)
    {
        if (text is not { Length: > 0 and <= Longest })
        {
            throw new FormatException($"A rule has 1 to {Longest} characters.");
        }

        var parts = PartsOf(text);
        var rule = new RepetitionRule
        {
            Frequency = parts.GetValueOrDefault("FREQ") switch
            {
                "DAILY" => RepetitionFrequency.Daily,
                "WEEKLY" => RepetitionFrequency.Weekly,
                "MONTHLY" => RepetitionFrequency.Monthly,
                "YEARLY" => RepetitionFrequency.Yearly,
                _ => throw new FormatException("An event repeats by days, weeks, months or years."),
            },
        };
        foreach (var (name, value) in parts)
        {
            rule = name switch
            {
                "FREQ" => rule,
                "INTERVAL" => rule with { Interval = Number(name, value, 1, MostInterval) },
                "COUNT" => rule with { Count = Number(name, value, 1, MostCount) },
                "UNTIL" => rule with { Until = EndOf(value) },
                "BYDAY" => rule with { ByDay = [.. Items(name, value, 14).Select(DayOf)] },
                "BYMONTHDAY" => rule with { ByMonthDay = Places(name, value, 31) },
                "BYMONTH" => rule with { ByMonth = [.. Items(name, value, 12).Select(item => Number(name, item, 1, 12))] },
                "BYSETPOS" => rule with { BySetPosition = Places(name, value, 31) },
                "WKST" => rule with
                {
                    WeekStart = DayOf(value) is { Place: 0, Day: var day } ? day : throw new FormatException("WKST is a weekday.")
                },
                _ => throw new FormatException($"{(name.Length > 20 ? name[..20] : name)} is no part of a rule that can be followed."),
            };
        }

        return rule.Count is null && rule.Until is null ? throw new FormatException("A recurrence ends: COUNT or UNTIL is missing.")
            : rule.Frequency is RepetitionFrequency.Daily or RepetitionFrequency.Weekly && rule.ByDay.Any(day => day.Place != 0)
                ? throw new FormatException("Only months and years have a first or last weekday.")
            : rule.Frequency is RepetitionFrequency.Weekly && rule.ByMonthDay.Count > 0
                ? throw new FormatException("Weeks have no days of the month.")
            : rule.BySetPosition.Count > 0 && rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByMonth.Count == 0
                ? throw new FormatException("BYSETPOS chooses among days that the rule names.")
            : rule;
    }

    private static Dictionary<string, string> PartsOf(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.TrimEnd(';').Split(';').Select(part => part.Split('=')))
        {
            if (part is not [{ Length: > 0 } name, { Length: > 0 } value]
                || !parts.TryAdd(name.ToUpperInvariant(), value.ToUpperInvariant()))
            {
                throw new FormatException("A rule is made of parts NAME=VALUE, each once.");
            }
        }

        return parts;
    }

    private static string[] Items(string name, string value, int most) =>
        value.Split(',') is var items && items.Length <= most ? items : throw new FormatException($"{name} has at most {most} values.");

    private static int[] Places(string name, string value, int most) =>
        [.. Items(name, value, most).Select(item => Number(name, item, -most, most))
        .Select(place => place != 0 ? place : throw new FormatException($"{name} does not know 0."))];

    private static int Number(string name, string value, int least, int most) =>
        value.Length <= 6 && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} is a number from {least} to {most}.");

    private static RepeatedDay DayOf(string value)
    {
        var index = value.Length is >= 2 and <= 4 ? Array.IndexOf(Days, value[^2..]) : -1;
        return index >= 0 ? new RepeatedDay(value.Length == 2 ? 0 : Places("BYDAY", value[..^2], 5)[0],
            (DayOfWeek)index) : throw new FormatException("BYDAY and WKST name weekdays: MO, 1TU, -1FR.");
    }

    private static RepetitionEnd EndOf(string value) =>
        DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new RepetitionEnd(day, IsUtc: false, HasTime: false)
        : DateTime.TryParseExact(value.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new RepetitionEnd(time, IsUtc: value.EndsWith('Z'), HasTime: true)
        : throw new FormatException("UNTIL is a date or a time: 20270630, 20270630T215959Z.");
}
