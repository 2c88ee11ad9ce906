using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>
/// How an event repeats, as people say it: « tous les premiers mardis jusqu’en juin ». <see cref="RepetitionReading"/> reads each of these
/// sentences again as the same rule.
/// </summary>
internal static class RepetitionWords
{
    /// <summary>What can be offered for a first day, in the reader's language.</summary>
    public static IReadOnlyList<string> OfferedFor(DateOnly first) => [.. RhythmsFor(first)
        .Select(rhythm => Of(rhythm, first) is { } said ? $"{said} {Until(first.AddMonths(6))}" : null).OfType<string>()];

    /// <summary>Two that are right for a first day: by the week and by the month.</summary>
    public static IReadOnlyList<string> ExamplesFor(DateOnly first) => OfferedFor(first) is var offered ? [offered[0], offered[2]] : [];

    /// <summary>The rule in words; null when it says more than these words can.</summary>
    /// <param name="rule">See <see cref="Recurrence.Rule"/>.</param>
    /// <param name="first">The day of the first session.</param>
    /// <param name="zone">IANA name of the zone of its times.</param>
    public static string? Of(string rule, DateOnly first, string zone)
    {
        try
        {
            var read = RepetitionRule.Read(rule);
            return Rhythm.Of(read, first) is { } rhythm && Of(rhythm, first) is { } said && EndOf(read, zone) is { } end
                ? $"{said} {end}" : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Without its end; null where words can't say it.</summary>
    public static string? Of(Rhythm rhythm, DateOnly first) => (rhythm.Frequency, rhythm.Interval, rhythm.Days) switch
    {
        (RepetitionFrequency.Daily, 1, _) => T["tous les jours"],

        // In French these are taken for one week and two.
        (RepetitionFrequency.Daily, 8 or 15, _) when !Language.IsEnglish => null,
        (RepetitionFrequency.Daily, var every, _) => T["tous les {0} jours", every],
        (RepetitionFrequency.Weekly, 1, { Weekdays: [0, 1, 2, 3, 4] }) => T["du lundi au vendredi"],
        (RepetitionFrequency.Weekly, 1, { Weekdays.Count: > 1 } days) =>
            T["tous les {0}", Joined(days.Weekdays.Select(day => Language.IsEnglish ? Weekday(day) : Weekday(day) + "s"))],
        (RepetitionFrequency.Weekly, 1, _) => T["tous les {0}s", DateWords.Weekday(first)],
        (RepetitionFrequency.Weekly, var every, var days) => T["toutes les {0} semaines, {1}", every,
            Joined((days.Weekdays.Count > 0 ? days.Weekdays : [Rhythm.WeekdayOf(first)]).Select(day => T["le {0}", Weekday(day)]))],
        (RepetitionFrequency.Monthly, 1, { Places: [var place] }) when OrdinalOf(place.Place) is { } which =>
            T["tous les {0}s {1}s", which, Weekday(place.Weekday)],
        (RepetitionFrequency.Monthly, 1, { Places: [], DaysOfMonth: [] }) when first.Day <= 28 => T["tous les mois"],
        (RepetitionFrequency.Monthly, var every, { Places: [], DaysOfMonth: [] }) when first.Day <= 28 => T["tous les {0} mois", every],
        (RepetitionFrequency.Monthly, 1, var days) => DaysOf(days, first) is { } which ? T["{0} de chaque mois", which] : null,
        (RepetitionFrequency.Monthly, var every, var days) => DaysOf(days, first) is { } which
            ? T["tous les {0} mois, {1}", every, which] : null,
        (_, var every, { Month: { } month } days) => DaysOf(days, first) is { } which ? $"{Years(every)}, {which} {OfMonth(month)}" : null,
        (_, var every, _) => Years(every),
    };

    /// <summary>« premier » for 1, « dernier » for -1, in the reader's language.</summary>
    public static string? OrdinalOf(int place) => place switch
    {
        1 => T["premier"],
        2 => T["deuxième"],
        3 => T["troisième"],
        4 => T["quatrième"],
        5 => T["cinquième"],
        -1 => T["dernier"],
        _ => null,
    };

    public static string Until(DateOnly last) => T["jusqu’au {0}",
        $"{(last.Day == 1 && !Language.IsEnglish ? "1er" : last.Day.ToString(CultureInfo.InvariantCulture))} "
            + $"{DateWords.MonthInText(last)}"];

    private static Rhythm[] RhythmsFor(DateOnly first)
    {
        var weekday = Rhythm.WeekdayOf(first);
        var place = Rhythm.PlaceOf(first) > 4 ? -1 : Rhythm.PlaceOf(first);
        return
        [
            new(RepetitionFrequency.Weekly, 1, new()), new(RepetitionFrequency.Weekly, 2, new()),
            new(RepetitionFrequency.Monthly, 1, new ChosenDays { Places = [new PlacedDay(place, weekday)] }),
            new(RepetitionFrequency.Monthly, 1, new()),
        ];
    }

    private static string? DaysOf(ChosenDays days, DateOnly first) =>
        days.Places.Count == 0 ? DaysOfMonth(days.DaysOfMonth.Count == 0 ? [first.Day] : days.DaysOfMonth)
        : days.Places.All(place => OrdinalOf(place.Place) is not null)
            ? Joined(days.Places.Select(place => T["le {0} {1}", OrdinalOf(place.Place), Weekday(place.Weekday)])) : null;

    private static string DaysOfMonth(IReadOnlyList<int> days) => days is [-1] ? T["le dernier jour"]
        : Joined(days.Select(day => Language.IsEnglish ? $"the {day}{EnglishEnding(day)}" : day == 1 ? "le 1er" : $"le {day}"));

    private static string EnglishEnding(int day) => day switch
    {
        1 or 21 or 31 => "st",
        2 or 22 => "nd",
        3 or 23 => "rd",
        _ => "th",
    };

    /// <summary>« de mars », « d’avril ».</summary>
    private static string OfMonth(int month)
    {
        var name = Language.Culture.DateTimeFormat.GetMonthName(month);
        return Language.IsEnglish ? $"of {name}" : name[0] is 'a' or 'o' ? $"d’{name}" : $"de {name}";
    }

    private static string Years(int every) => every == 1 ? T["tous les ans"] : T["tous les {0} ans", every];

    private static string Weekday(int day) => Language.Culture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7));

    private static string Joined(IEnumerable<string> items) => items.ToList() is [.. var most, var last] && most.Count > 0
        ? T["{0} et {1}", string.Join(", ", most), last] : string.Concat(items);

    /// <summary>The day on which UNTIL falls by the event's clock.</summary>
    private static string? EndOf(RepetitionRule rule, string zone) => rule switch
    {
        { Count: not null, Until: not null } => null,
        { Count: { } count } => T["{0} fois", count],
        { Until: { } until } => Until(DateOnly.FromDateTime(until.IsUtc
            ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(until.At, DateTimeKind.Utc), TimeZones.Find(zone)) : until.At)),
        _ => null,
    };
}
