namespace Interclustering.Dates;

/// <summary>Monday to Friday, without the public holidays of mainland France.</summary>
public static class WorkingDays
{
    public static bool Contains(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && PublicHolidays.NameOf(day) is null;

    /// <summary>The first one of its week: Monday, or the day after a Monday off.</summary>
    public static bool BeginsWeek(DateOnly day) => Contains(day)
        && !Enumerable.Range(1, ((int)day.DayOfWeek + 6) % 7).Any(back => Contains(day.AddDays(-back)));

    /// <summary>That day, or the working day before it.</summary>
    public static DateOnly LastUntil(DateOnly day) => Contains(day) ? day : LastUntil(day.AddDays(-1));
}
