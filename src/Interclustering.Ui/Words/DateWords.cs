using System.Globalization;

namespace Interclustering.Ui.Words;

/// <summary>Dates and times in French words and typography.</summary>
public static class DateWords
{
    private const char NoBreak = '\u00a0';
    private const int CountedDays = 14;

    public static CultureInfo French { get; } = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary><c>lundi 23 novembre 2026</c>; the first of a month is « 1er ».</summary>
    public static string InFull(DateOnly day) =>
        $"{day.ToString("dddd", French)} {Number(day)}{NoBreak}{day.ToString("MMMM", French)} {day.ToString("yyyy", French)}";

    /// <summary><c>jeu. 26 nov.</c></summary>
    public static string Abbreviated(DateOnly day) => $"{day.ToString("ddd", French)} {Number(day)}{NoBreak}{day.ToString("MMM", French)}";

    /// <summary><c>Novembre 2026</c></summary>
    public static string Month(DateOnly day) => Capital(day.ToString("MMMM yyyy", French));

    /// <summary>« Aujourd’hui », « Demain », « Dans 4 jours »; null further away.</summary>
    public static string? Relative(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "Aujourd’hui",
        1 => "Demain",
        -1 => "Hier",
        > 1 and <= CountedDays and var days => $"Dans {days}{NoBreak}jours",
        _ => null,
    };

    /// <summary><c>9 h 30</c>, <c>11 h</c></summary>
    public static string Hour(TimeOnly time) =>
        time.Minute == 0 ? $"{time.Hour}{NoBreak}h" : $"{time.Hour}{NoBreak}h{NoBreak}{time.Minute:00}";

    /// <summary><c>9 h – 17 h</c></summary>
    public static string Hours(TimeOnly start, TimeOnly? end) => end is { } until && until != start ? $"{Hour(start)} – {Hour(until)}" : Hour(start);

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], French) + text[1..];

    private static string Number(DateOnly day) => day.Day == 1 ? "1er" : day.Day.ToString(French);
}
