using System.Globalization;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>A rule without its end, as far as words can say it: between words and RFC 5545, in both directions.</summary>
internal sealed record Rhythm(RepetitionFrequency Frequency, int Interval, ChosenDays Days)
{
    /// <summary>The days of RFC 5545 §3.3.10, Monday first.</summary>
    private static readonly string[] Codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Monday is 0.</summary>
    public static int WeekdayOf(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    /// <summary>1 for the first such weekday of its month.</summary>
    public static int PlaceOf(DateOnly day) => ((day.Day - 1) / 7) + 1;

    public static bool IsLastOfMonth(DateOnly day) => day.AddDays(1).Month != day.Month;

    /// <summary>Null where words can't say it, or where the first date is not one of its own.</summary>
    public static Rhythm? Of(RepetitionRule rule, DateOnly first)
    {
        var days = new ChosenDays
        {
            Weekdays = [.. rule.ByDay.Where(day => day.Place == 0).Select(day => ((int)day.Day + 6) % 7).Distinct().Order()],
            Places = [.. rule.ByDay.Where(day => day.Place != 0).Select(day => new PlacedDay(day.Place, ((int)day.Day + 6) % 7))],
            DaysOfMonth = [.. rule.ByMonthDay.Order()],
            Month = rule.ByMonth is [var month] ? month : null,
        };
        var isSaid = (rule.Frequency, days) switch
        {
            (RepetitionFrequency.Daily, { Weekdays: [], Places: [], DaysOfMonth: [], Month: null }) => true,
            (RepetitionFrequency.Weekly, { Places: [], DaysOfMonth: [], Month: null }) =>
                days.Weekdays.Count < 2 || rule.Interval == 1 || rule.WeekStart == DayOfWeek.Monday,
            (RepetitionFrequency.Monthly, { Weekdays: [], Month: null }) => days.Places.Count == 0 || days.DaysOfMonth.Count == 0,
            (RepetitionFrequency.Yearly, { Weekdays: [], DaysOfMonth: [] }) => (days.Places.Count == 0) == days.Month is null,
            _ => false,
        };
        var rhythm = new Rhythm(rule.Frequency, rule.Interval, days);
        return isSaid && rule.BySetPosition.Count == 0 && rule.ByMonth.Count < 2 && days.Places.All(place => place.Place is >= -1 and <= 5)
            && days.DaysOfMonth.All(day => day > 0 || days.DaysOfMonth is [-1]) && rhythm.Includes(first) ? rhythm : null;
    }

    public bool Includes(DateOnly day) => Days switch
    {
        { Weekdays.Count: > 0 } => Days.Weekdays.Contains(WeekdayOf(day)),
        { Places.Count: > 0 } => (Days.Month is null || Days.Month == day.Month) && Days.Places.Any(place => IsAt(day, place)),
        { DaysOfMonth.Count: > 0 } => Days.DaysOfMonth.Contains(day.Day) || (Days.DaysOfMonth is [-1] && IsLastOfMonth(day)),
        _ => true,
    };

    /// <summary>What the first date says is left to it, as RFC 5545 does.</summary>
    /// <param name="first">The first date.</param>
    public string RuleFrom(DateOnly first)
    {
        var frequency = Frequency.ToString().ToUpperInvariant();
        var interval = Interval == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        var days = Days switch
        {
            { Weekdays: [var only] } when only == WeekdayOf(first) => "",
            { Weekdays.Count: > 0 } => ";BYDAY=" + string.Join(',', Days.Weekdays.Select(day => Codes[day])),
            { Places.Count: > 0 } => (Days.Month is { } month ? Text($";BYMONTH={month}") : "")
                + ";BYDAY=" + string.Join(',', Days.Places.Select(place => Text($"{place.Place}{Codes[place.Weekday]}"))),
            { DaysOfMonth: [var only] } when only == first.Day => "",
            { DaysOfMonth.Count: > 0 } => ";BYMONTHDAY=" + string.Join(',', Days.DaysOfMonth.Select(day => Text($"{day}"))),
            _ => "",
        };
        return $"FREQ={frequency}{interval}{days}";
    }

    private static bool IsAt(DateOnly day, PlacedDay place) => WeekdayOf(day) == place.Weekday
        && (place.Place == PlaceOf(day) || (place.Place == -1 && day.AddDays(7).Month != day.Month));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
