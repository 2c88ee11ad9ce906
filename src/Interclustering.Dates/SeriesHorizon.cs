namespace Interclustering.Dates;

/// <summary>
/// The time over which readers follow a series. It moves with today, by whole months: who keeps dates works them out anew when
/// <see cref="MonthOf"/> changes, and not before.
/// </summary>
public static class SeriesHorizon
{
    /// <summary>One more than a year and two years: a month may have just begun, and a day begins earlier elsewhere.</summary>
    private const int MonthsBack = 13, MonthsAhead = 25;

    private const int YearsOfAnySeries = 3;

    /// <summary>The first day of the month.</summary>
    public static DateOnly MonthOf(DateOnly today) => new(today.Year, today.Month, 1);

    /// <summary>From when on the dates of a long series are kept.</summary>
    internal static DateTime From(DateOnly today) => Month(today, -MonthsBack);

    /// <summary>Exclusive: the end of the month 25 months ahead, or three years after the first session where that is later.</summary>
    internal static DateTime Until(DateTime first, DateOnly today)
    {
        var (ahead, usual) = (Month(today, MonthsAhead + 1),
            first.Year > DateTime.MaxValue.Year - YearsOfAnySeries - 1 ? first : first.AddYears(YearsOfAnySeries));
        return ahead > usual ? ahead : usual;
    }

    private static DateTime Month(DateOnly today, int distance)
    {
        var month = Math.Clamp((today.Year * 12) + today.Month - 1 + distance, 12, (DateTime.MaxValue.Year * 12) - 1);
        return new DateTime(month / 12, (month % 12) + 1, 1);
    }
}
