using System.Globalization;
using Interclustering.Ui.Calendar;

namespace Interclustering.Hub.Agenda;

/// <summary>Weeks of ISO 8601, in addresses <c>2026-W49</c>.</summary>
public static class AgendaWeek
{
    public static DateOnly MondayOf(DateOnly day) => GridWeek.MondayOf(day);

    public static string Of(DateOnly day)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time):0000}-W{ISOWeek.GetWeekOfYear(time):00}");
    }

    /// <summary>The Monday of a week; null when the year has no such week.</summary>
    public static DateOnly? Monday(string week)
    {
        ArgumentNullException.ThrowIfNull(week);
        return week.Split("-W") is [var y, var w] && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is > 1 and < 9999
            && int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
                && number <= ISOWeek.GetWeeksInYear(year)
            ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)) : null;
    }
}
