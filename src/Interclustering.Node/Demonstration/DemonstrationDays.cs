using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Demonstration;

/// <summary>Dates around a day, on working days.</summary>
internal sealed class DemonstrationDays(DateOnly today)
{
    private static readonly (int Month, int Day)[] Holidays = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

    private readonly DateOnly monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));

    public DateOnly Day(int week, int day)
    {
        var date = monday.AddDays((7 * week) + day);
        return Holidays.Contains((date.Month, date.Day)) ? date.AddDays(day >= 3 ? -1 : 1) : date;
    }

    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static IReadOnlyList<Session> Sessions(string? special, DateOnly day, string start, string end)
    {
        Session Timed(string id, DateOnly date, string? label = null) =>
            new(id, $"{Write(date)}T{start}:00", $"{Write(date)}T{end}:00", label);
        var next = day.DayOfWeek is DayOfWeek.Friday ? day.AddDays(3) : day.AddDays(1);
        return special switch
        {
            "allday" => [new Session("1", Write(day), Write(day.AddDays(1)))],
            "days" => [Timed("1", day, "Premier jour"), Timed("2", next, "Second jour")],
            "multi" => [Timed("1", day, "Première séance"), Timed("2", day.AddDays(7), "Seconde séance")],
            _ => [Timed("1", day)],
        };
    }
}
