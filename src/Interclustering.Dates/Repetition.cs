using Interclustering.Contracts;

namespace Interclustering.Dates;

/// <summary>The repeats of a session.</summary>
/// <param name="Shifts">Wall-clock distances from the first session: 11 h stays 11 h across a change of clocks.</param>
/// <param name="Steps">Days that were looked at: the whole work, see <see cref="Repetition.MostSteps"/>.</param>
public sealed record Repeats(IReadOnlyList<TimeSpan> Shifts, int Steps);

/// <summary>The repeats of a session by an RFC 5545 rule: a walk over the days of at most three years.</summary>
public static class Repetition
{
    /// <summary>The days of three years, from the beginning of the first one's year to the end of the last one's.</summary>
    public const int MostSteps = 4 * 366;

    private const int MaxRepeats = 400;
    private const int MaxYears = 3;

    /// <summary>Why a rule can't be followed; null when it can.</summary>
    public static string? Judge(Session first, Recurrence recurrence, string zone)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        try
        {
            _ = Follow(first, recurrence, zone);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return $"The recurrence can't be followed: {exception.Message}";
        }
    }

    /// <summary>
    /// Distances of the repeats from the first session, at most three years and 400 of them. A rule that can't be followed repeats nothing:
    /// what was published before the rule was refused is still shown with its first date.
    /// </summary>
    public static IReadOnlyList<TimeSpan> Shifts(Session first, Recurrence recurrence, string zone) =>
        Judge(first, recurrence, zone) is null ? Follow(first, recurrence, zone).Shifts : [];

    /// <inheritdoc cref="Shifts"/>
    /// <exception cref="FormatException">The rule, the start or an exception can't be read.</exception>
    public static Repeats Follow(Session first, Recurrence recurrence, string zone)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(recurrence);
        var rule = RepetitionRule.Read(recurrence.Rule);
        var start = EventTimes.Local(first.Start);
        var end = start.Year > DateTime.MaxValue.Year - MaxYears - 1 ? start : start.AddYears(MaxYears);
        var except = (recurrence.Except ?? []).Select(EventTimes.Local).ToHashSet();
        var (shifts, counted, steps) = (new List<TimeSpan>(), 0, 0);
        foreach (var period in Periods(rule, start, end))
        {
            var chosen = new List<DateTime>();
            for (var day = period.First; day <= period.Last; day = day.AddDays(1))
            {
                steps++;
                if (Fits(rule, day, start))
                {
                    chosen.Add(day + start.TimeOfDay);
                }
            }

            foreach (var at in AtPositions(chosen, rule.BySetPosition).Where(at => at >= start))
            {
                if (at >= end || counted == MaxRepeats || counted == rule.Count || IsPast(rule.Until, at, first.Start.Length == 10, zone))
                {
                    return new Repeats(shifts, steps);
                }

                counted++;
                if (at != start && !except.Contains(at))
                {
                    shifts.Add(at - start);
                }
            }
        }

        return new Repeats(shifts, steps);
    }

    /// <summary>The days, weeks, months or years that the rule's interval reaches.</summary>
    private static IEnumerable<(DateTime First, DateTime Last)> Periods(RepetitionRule rule, DateTime start, DateTime end)
    {
        var first = rule.Frequency switch
        {
            RepetitionFrequency.Daily => start.Date,
            RepetitionFrequency.Weekly => start.Date.AddDays(-((start.DayOfWeek - rule.WeekStart + 7) % 7)),
            RepetitionFrequency.Monthly => new DateTime(start.Year, start.Month, 1),
            _ => new DateTime(start.Year, 1, 1),
        };
        while (first <= end)
        {
            yield return (first, Next(first, 1).AddDays(-1));
            first = Next(first, rule.Interval);
        }

        DateTime Next(DateTime from, int count) => rule.Frequency switch
        {
            RepetitionFrequency.Daily => from.AddDays(count),
            RepetitionFrequency.Weekly => from.AddDays(7 * count),
            RepetitionFrequency.Monthly => from.AddMonths(count),
            _ => from.AddYears(count),
        };
    }

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
        if (until is null)
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
