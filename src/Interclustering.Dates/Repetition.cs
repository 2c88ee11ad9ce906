using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Dates;

/// <summary>The repeats of a session.</summary>
/// <param name="Shifts">Wall-clock distances from the first session: 11 h stays 11 h across a change of clocks.</param>
/// <param name="FirstTakesPlace">Whether the first session itself is no exception.</param>
/// <param name="Steps">Days that were looked at: the whole work, see <see cref="Repetition.MostSteps"/>.</param>
public sealed record Repeats(IReadOnlyList<TimeSpan> Shifts, bool FirstTakesPlace, int Steps);

/// <summary>
/// The repeats of a session by an RFC 5545 rule: a walk over the days of <see cref="SeriesHorizon"/>, and over those before it where they
/// are few, or where COUNT counts them.
/// </summary>
public static class Repetition
{
    /// <summary>
    /// The days that a rule without COUNT takes at most, to the end of a year each: ten years from the first session on, then those from
    /// <see cref="SeriesHorizon.From"/> on. A rule with COUNT takes those from the first session on.
    /// </summary>
    public const int MostSteps = 16 * 366;

    /// <summary>After so many days, a walk without COUNT goes on where the dates of a long series are kept.</summary>
    private const int Patience = 10 * 366;

    /// <summary>A series with more dates than these is long: of its past only what is not far away is kept.</summary>
    private const int MostPast = 400;

    /// <summary>Of a contract's dates.</summary>
    private const int LastYear = PublishedYears.Last;

    /// <summary>Why a rule can't be followed; null when it can. The answer is the same on every day.</summary>
    public static string? Judge(Session first, Recurrence recurrence, string zone)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(recurrence);
        try
        {
            _ = Follow(first, recurrence, zone, DateOnly.FromDateTime(EventTimes.Local(first.Start)));
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return $"The recurrence can't be followed: {exception.Message}";
        }
    }

    /// <summary>
    /// Distances of the repeats from the first session. A rule that can't be followed repeats nothing: what was published before the rule
    /// was refused is still shown with its first date.
    /// </summary>
    /// <inheritdoc cref="Follow"/>
    public static IReadOnlyList<TimeSpan> Shifts(Session first, Recurrence recurrence, string zone, DateOnly today) =>
        Find(first, recurrence, zone, today)?.Shifts ?? [];

    /// <summary>
    /// The repeats within <see cref="SeriesHorizon"/>, and those before it; of more than 400 dates, or where ten years of days come before
    /// it, not those before it.
    /// </summary>
    /// <param name="first">The session that is repeated.</param>
    /// <param name="recurrence">Its rule and exceptions.</param>
    /// <param name="zone">IANA name of the zone of their times.</param>
    /// <param name="today">In Paris.</param>
    /// <exception cref="FormatException">The rule, the start or an exception can't be read.</exception>
    public static Repeats Follow(Session first, Recurrence recurrence, string zone, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(recurrence);
        var rule = RepetitionRule.Read(recurrence.Rule);
        var start = EventTimes.Local(first.Start);
        var except = (recurrence.Except ?? []).Select(EventTimes.Local).ToHashSet();
        var from = SeriesHorizon.From(today);
        var (starts, isWhole, steps) = Walk(rule, first, zone, _ => from, SeriesHorizon.Until(start, today));
        if (!isWhole || starts.Count > MostPast)
        {
            starts.RemoveAll(at => at < from);
        }

        return new Repeats(
            [.. starts.Where(at => at != start && !except.Contains(at)).Select(at => at - start)], !except.Contains(start), steps);
    }

    /// <summary>Those of some starts that belong to the series, whatever its exceptions; on every day the same.</summary>
    /// <param name="first">The session that is repeated: its own start belongs to the series.</param>
    /// <param name="recurrence">Whose exceptions don't count.</param>
    /// <param name="zone">IANA name of the zone of all these times.</param>
    /// <param name="starts">What can't be read is none of them.</param>
    /// <returns>In order, in the form of the first session's start.</returns>
    public static IReadOnlyList<string> Reached(Session first, Recurrence recurrence, string zone, IEnumerable<string> starts)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(recurrence);
        ArgumentNullException.ThrowIfNull(starts);
        var wanted = starts.Select(text => DateTime.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : DateTime.MaxValue)
            .Where(at => at.Year <= LastYear).Order().Distinct().ToList();
        if (wanted.Count == 0 || Judge(first, recurrence with { Except = [] }, zone) is not null)
        {
            return [];
        }

        var until = wanted[^1].AddTicks(1);
        var (reached, _, _) = Walk(
            RepetitionRule.Read(recurrence.Rule), first, zone, period => wanted.FirstOrDefault(at => at >= period, until), until);
        var all = reached.Append(EventTimes.Local(first.Start)).ToHashSet();
        return [.. wanted.Where(all.Contains).Select(at => EventTimes.Text(at, first))];
    }

    /// <summary>Null where the rule can't be followed.</summary>
    internal static Repeats? Find(Session first, Recurrence recurrence, string zone, DateOnly today)
    {
        try
        {
            return Follow(first, recurrence, zone, today);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The starts that the rule reaches, in order, before the exclusive end; all of them, or those of the first years and those that
    /// <paramref name="goOn"/> asks for.
    /// </summary>
    /// <param name="rule">Followed from the first session on.</param>
    /// <param name="session">The first one.</param>
    /// <param name="zone">Of its times.</param>
    /// <param name="goOn">Of a period: the next time that matters, once <see cref="Patience"/> has ended.</param>
    /// <param name="until">Exclusive.</param>
    private static (List<DateTime> Starts, bool IsWhole, int Steps) Walk(
        RepetitionRule rule, Session session, string zone, Func<DateTime, DateTime> goOn, DateTime until)
    {
        var (start, allDay) = (EventTimes.Local(session.Start), session.Start.Length == 10);
        var (starts, counted, steps, isWhole) = (new List<DateTime>(), 0, 0, true);
        var first = FirstPeriod(rule, start);
        for (var number = 0; ; number++)
        {
            var period = Later(rule, first, number * rule.Interval);
            if (steps > Patience && rule.Count is null && PeriodsUntil(rule, first, goOn(period)) is var near && near > number)
            {
                (number, isWhole) = (near, false);
                period = Later(rule, first, number * rule.Interval);
            }

            if (period >= until)
            {
                return (starts, isWhole, steps);
            }

            var chosen = new List<DateTime>();
            var end = Later(rule, period, 1);
            for (var day = period; day < end; day = day.AddDays(1))
            {
                steps++;
                if (Fits(rule, day, start))
                {
                    chosen.Add(day + start.TimeOfDay);
                }
            }

            foreach (var at in AtPositions(chosen, rule.BySetPosition).Where(at => at >= start))
            {
                if (at >= until || counted == rule.Count || IsPast(rule.Until, at, allDay, zone))
                {
                    return (starts, isWhole, steps);
                }

                counted++;
                starts.Add(at);
            }
        }
    }

    /// <summary>The beginning of the day, week, month or year in which the first session starts.</summary>
    private static DateTime FirstPeriod(RepetitionRule rule, DateTime start) => rule.Frequency switch
    {
        RepetitionFrequency.Daily => start.Date,
        RepetitionFrequency.Weekly => start.Date.AddDays(-((start.DayOfWeek - rule.WeekStart + 7) % 7)),
        RepetitionFrequency.Monthly => new DateTime(start.Year, start.Month, 1),
        _ => new DateTime(start.Year, 1, 1),
    };

    private static DateTime Later(RepetitionRule rule, DateTime period, int count) => rule.Frequency switch
    {
        RepetitionFrequency.Daily => period.AddDays(count),
        RepetitionFrequency.Weekly => period.AddDays(7 * count),
        RepetitionFrequency.Monthly => period.AddMonths(count),
        _ => period.AddYears(count),
    };

    /// <summary>How many of the periods that the rule's interval reaches end before a time, or have just not ended.</summary>
    private static int PeriodsUntil(RepetitionRule rule, DateTime first, DateTime time) => (rule.Frequency switch
    {
        RepetitionFrequency.Daily => (time - first).Days,
        RepetitionFrequency.Weekly => (time - first).Days / 7,
        RepetitionFrequency.Monthly => ((time.Year - first.Year) * 12) + time.Month - first.Month,
        _ => time.Year - first.Year,
    }) / rule.Interval;

    private static bool Fits(RepetitionRule rule, DateTime day, DateTime start)
    {
        var daysOfMonth = DateTime.DaysInMonth(day.Year, day.Month);
        if ((rule.ByMonth.Count > 0 && !rule.ByMonth.Contains(day.Month))
            || (rule.ByMonthDay.Count > 0 && !rule.ByMonthDay.Contains(day.Day) && !rule.ByMonthDay.Contains(day.Day - daysOfMonth - 1)))
        {
            return false;
        }

        if (rule.ByDay.Count > 0)
        {
            return rule.ByDay.Any(named =>
                named.Day == day.DayOfWeek && (named.Place == 0 || IsAtPlace(rule, day, daysOfMonth, named.Place)));
        }

        // RFC 5545 §3.3.10: what the rule does not say is said by the start.
        return rule.ByMonthDay.Count > 0 || rule.Frequency switch
        {
            RepetitionFrequency.Daily => true,
            RepetitionFrequency.Weekly => day.DayOfWeek == start.DayOfWeek,
            RepetitionFrequency.Monthly => day.Day == start.Day,
            _ => day.Day == start.Day && (rule.ByMonth.Count > 0 || day.Month == start.Month),
        };
    }

    /// <summary>Within the month, or within the year where the rule names no month.</summary>
    private static bool IsAtPlace(RepetitionRule rule, DateTime day, int daysOfMonth, int place)
    {
        var (number, all) = rule.Frequency == RepetitionFrequency.Yearly && rule.ByMonth.Count == 0
            ? (day.DayOfYear, DateTime.IsLeapYear(day.Year) ? 366 : 365)
            : (day.Day, daysOfMonth);
        return place > 0 ? ((number - 1) / 7) + 1 == place : -((all - number) / 7) - 1 == place;
    }

    private static IEnumerable<DateTime> AtPositions(List<DateTime> days, IReadOnlyList<int> positions) => positions.Count == 0 ? days
        : positions.Select(position => position > 0 ? position - 1 : days.Count + position).Where(index => index >= 0 && index < days.Count)
            .Distinct().Order().Select(index => days[index]);

    private static bool IsPast(RepetitionEnd? until, DateTime at, bool allDay, string zone)
    {
        // No zone is more than a day away from UTC: far from the end there is nothing to convert.
        if (until is null || until.At - at > TimeSpan.FromDays(2))
        {
            return false;
        }

        if (!until.HasTime)
        {
            return at.Date > until.At;
        }

        return allDay ? at.Date > (until.IsUtc ? EventTimes.FromUtc(until.At, zone) : until.At).Date
            : (until.IsUtc ? EventTimes.ToUtc(at, zone) : at) > until.At;
    }
}
