namespace Interclustering.Dates;

/// <summary>
/// The eleven public holidays of mainland France (Code du travail, art. L3133-1). Alsace, Moselle and overseas have more.
/// </summary>
public static class PublicHolidays
{
    /// <summary>Its French name; null for a working day.</summary>
    public static string? NameOf(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) => "Jour de l’an",
        (5, 1) => "Fête du travail",
        (5, 8) => "Victoire de 1945",
        (7, 14) => "Fête nationale",
        (8, 15) => "Assomption",
        (11, 1) => "Toussaint",
        (11, 11) => "Armistice de 1918",
        (12, 25) => "Noël",
        _ => (day.DayNumber - Easter(day.Year).DayNumber) switch
        {
            1 => "Lundi de Pâques",
            39 => "Ascension",
            50 => "Lundi de Pentecôte",
            _ => null
        },
    };

    /// <summary>Easter Sunday in the Gregorian calendar, as J. Meeus gives it (Astronomical Algorithms, chapter 8).</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, yearOfCentury) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}
