using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Interclustering.Contracts;

namespace Interclustering.Dates;

/// <summary>The repeats of a session by an RFC 5545 rule.</summary>
public static class Repetition
{
    private const int MaxRepeats = 400;
    private const int MaxYears = 3;
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>Why a rule can't be followed; null when it can.</summary>
    public static string? Judge(Session first, Recurrence recurrence, string zone)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        try
        {
            var rule = new RecurrenceRule(recurrence.Rule);
            if (rule.Count is null && rule.Until is null)
            {
                return "A recurrence ends: COUNT or UNTIL is missing.";
            }

            if (rule.Frequency is not (Ical.Net.FrequencyType.Daily or Ical.Net.FrequencyType.Weekly or Ical.Net.FrequencyType.Monthly or Ical.Net.FrequencyType.Yearly))
            {
                return "An event repeats by days, weeks, months or years.";
            }

            _ = Shifts(first, recurrence, zone).Count;
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library has no one exception for what it can't read.
            return $"The recurrence {recurrence.Rule} can't be read: {exception.Message}";
        }
    }

    /// <summary>Wall-clock distances of the repeats from the first session, at most three years and 400 of them: 11 h stays 11 h across a change of clocks.</summary>
    public static IReadOnlyList<TimeSpan> Shifts(Session first, Recurrence recurrence, string zone)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(recurrence);
        var start = EventTimes.Local(first.Start);
        var series = new CalendarEvent
        {
            // In its own zone, so that an UNTIL in UTC means the right day.
            Start = first.Start.Length == 10 ? new CalDateTime(DateOnly.FromDateTime(start)) : new CalDateTime(start, zone),
            RecurrenceRule = new RecurrenceRule(recurrence.Rule),
        };
        var except = recurrence.Except.Select(EventTimes.Local).ToHashSet();
        return
        [
            .. series.GetOccurrences(options: Patience).Select(occurrence => occurrence.Period.StartTime.Value)
                .TakeWhile(at => at < start.AddYears(MaxYears)).Take(MaxRepeats)
                .Where(at => at != start && !except.Contains(at)).Select(at => at - start),
        ];
    }
}
