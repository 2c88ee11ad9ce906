using System.Globalization;

namespace Interclustering.Ui.Words;

/// <summary>Dates and times in words, in the reader's language and typography.</summary>
public static class DateWords
{
    private const char NoBreak = '\u00a0';
    private const int CountedDays = 14;
    private static Wording T => Texts.T;

    /// <summary><c>lundi 23 novembre 2026</c>; the first of a month is « 1er ».</summary>
    public static string InFull(DateOnly day) => $"{Weekday(day)} {Number(day)}{NoBreak}{day.ToString("MMMM yyyy", Language.Culture)}";

    /// <summary><c>1er décembre 2026</c></summary>
    public static string WithoutWeekday(DateOnly day) => $"{Number(day)}{NoBreak}{day.ToString("MMMM yyyy", Language.Culture)}";

    /// <summary><c>du lundi 23 au mardi 24 novembre 2026</c>; one day alone is <c>lundi 23 novembre 2026</c>.</summary>
    public static string InFull(DateOnly first, DateOnly last) => first == last ? InFull(first) : T["du {0} au {1}",
        first.Year != last.Year ? InFull(first)
        : first.Month != last.Month ? $"{Weekday(first)} {Number(first)}{NoBreak}{first.ToString("MMMM", Language.Culture)}"
        : $"{Weekday(first)} {Number(first)}",
        InFull(last)];

    /// <summary><c>octobre 2026</c>, inside a sentence.</summary>
    public static string MonthInText(DateOnly day) => day.ToString("MMMM yyyy", Language.Culture);

    /// <summary><c>jeu. 26 nov.</c></summary>
    public static string Abbreviated(DateOnly day) =>
        $"{day.ToString("ddd", Language.Culture)} {Number(day)}{NoBreak}{day.ToString("MMM", Language.Culture)}";

    public static string Weekday(DateOnly day) => day.ToString("dddd", Language.Culture);

    /// <summary><c>Novembre 2026</c></summary>
    public static string Month(DateOnly day) => Capital(day.ToString("MMMM yyyy", Language.Culture));

    /// <summary>« Aujourd’hui », « Demain », « Dans 4 jours »; null further away.</summary>
    public static string? Relative(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => T["Aujourd’hui"],
        1 => T["Demain"],
        -1 => T["Hier"],
        > 1 and <= CountedDays and var days => T["Dans {0} jours", days],
        _ => null,
    };

    /// <summary><c>9 h 30</c>, <c>11 h</c>; in English <c>9:30</c>, <c>11:00</c>.</summary>
    public static string Hour(TimeOnly time) =>
        Language.IsEnglish ? time.ToString("H:mm", CultureInfo.InvariantCulture)
        : time.Minute == 0 ? $"{time.Hour}{NoBreak}h" : $"{time.Hour}{NoBreak}h{NoBreak}{time.Minute:00}";

    /// <summary><c>9 h – 17 h</c></summary>
    public static string Hours(TimeOnly start, TimeOnly? end) => end is { } until && until != start
        ? $"{Hour(start)} – {Hour(until)}" : Hour(start);

    /// <summary>For <c>datetime</c> attributes and addresses: <c>2026-11-23</c>.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Capital(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? text : char.ToUpper(text[0], Language.Culture) + text[1..];
    }

    private static string Number(DateOnly day) => day.Day == 1 && !Language.IsEnglish
        ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture);
}
