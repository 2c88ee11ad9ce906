using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>From what a sentence says to a rhythm that the first date belongs to, or why there is none.</summary>
internal static class RhythmReading
{
    /// <returns>Neither, where the sentence names no rhythm, or one that can be meant in two ways.</returns>
    public static (Rhythm? Rhythm, string? Error) Of(RepetitionSentence sentence, DateOnly first)
    {
        if (Meant(sentence, first) is not { } rhythm)
        {
            return (null, null);
        }

        if (rhythm is { Frequency: RepetitionFrequency.Monthly, Days: { Places: [], DaysOfMonth: [] } } && first.Day > 28)
        {
            return (null, T["« tous les mois » : tous n’ont pas de {0}. Écrivez « le {0} de chaque mois » ou « {1} ».", first.Day,
                Rhythm.IsLastOfMonth(first) ? T["le dernier jour du mois"] : T["le dernier {0} du mois", DateWords.Weekday(first)]]);
        }

        return rhythm.Includes(first) && IsReached(sentence, rhythm, first) ? (rhythm, null) : (null, WrongFirst(rhythm, first));
    }

    private static string WrongFirst(Rhythm rhythm, DateOnly first) => rhythm switch
    {
        { Days: { Places: [var place], Month: null } } when place.Weekday == Rhythm.WeekdayOf(first)
            && RepetitionWords.OrdinalOf(place.Place) is { } which =>
            T["La première date n’est pas le {0} {1} du mois : changez la date, ou les mots.", which, DateWords.Weekday(first)],
        { Days.Weekdays.Count: > 0 } when !rhythm.Includes(first) =>
            T["La première date est un {0} : changez la date, ou les mots.", DateWords.Weekday(first)],
        _ => T["La première date, {0}, n’est pas celle que disent les mots : changez la date, ou les mots.", DateWords.InFull(first)],
    };

    /// <summary>Null where pace and days don't go together.</summary>
    private static Rhythm? Meant(RepetitionSentence sentence, DateOnly first)
    {
        if (sentence.Dates is { } dates)
        {
            return sentence is { Pace: { Frequency: RepetitionFrequency.Yearly, Interval: var years }, Days: null }
                && dates is [{ Year: null } date] && date.From(first) == first
                    ? new Rhythm(RepetitionFrequency.Yearly, years, new()) : null;
        }

        var days = sentence.Days ?? new ChosenDays();
        var pace = sentence.Pace ?? (days is { Weekdays.Count: > 0 } ? new RepeatUnit(RepetitionFrequency.Weekly)
            : days is { Places.Count: > 0, Month: null } ? new RepeatUnit(RepetitionFrequency.Monthly)
            : sentence is { Days: null, Span: not null } ? new RepeatUnit(RepetitionFrequency.Daily) : null);
        if (pace is null)
        {
            return null;
        }

        var isDaily = pace is { Frequency: RepetitionFrequency.Daily, Interval: 1 };
        if (isDaily && days.Weekdays.Count > 0)
        {
            (pace, isDaily) = (new RepeatUnit(RepetitionFrequency.Weekly), false);
        }

        var goTogether = days switch
        {
            { Places.Count: > 0 } or { DaysOfMonth.Count: > 0 } when pace.IsQuarter => false,
            { Weekdays.Count: > 0 } => pace.Frequency == RepetitionFrequency.Weekly,
            { Places.Count: > 0 } => pace.Frequency == (days.Month is null ? RepetitionFrequency.Monthly : RepetitionFrequency.Yearly),
            { DaysOfMonth.Count: > 0 } => pace.Frequency == RepetitionFrequency.Monthly,
            _ => true,
        };
        return goTogether ? Without(LeftOutWeekdays(sentence), new Rhythm(pace.Frequency, pace.Interval, days), isDaily, first) : null;
    }

    private static List<int> LeftOutWeekdays(RepetitionSentence sentence) =>
        [.. (sentence.LeftOut ?? []).SelectMany(part => part.Weekdays).Distinct()];

    /// <summary>Weekdays that don't take place are no exceptions: the rule names the others.</summary>
    private static Rhythm? Without(List<int> leftOut, Rhythm rhythm, bool isDaily, DateOnly first)
    {
        if (leftOut.Count == 0)
        {
            return rhythm;
        }

        List<int> all = isDaily ? [0, 1, 2, 3, 4, 5, 6]
            : rhythm.Frequency != RepetitionFrequency.Weekly ? []
            : rhythm.Days.Weekdays.Count > 0 ? [.. rhythm.Days.Weekdays] : [Rhythm.WeekdayOf(first)];
        List<int> rest = [.. all.Except(leftOut)];
        return rest.Count == 0 || rest.Count + leftOut.Count != all.Count ? null : rhythm with
        {
            Frequency = RepetitionFrequency.Weekly,
            Days = rhythm.Days with { Weekdays = rest },
        };
    }

    /// <summary>« du 1er mars » is also right where the first such day is 2 March, but no other one of the series comes before.</summary>
    private static bool IsReached(RepetitionSentence sentence, Rhythm rhythm, DateOnly first)
    {
        if (sentence is { From: null, Span: null } || StartOf(sentence, first) == first)
        {
            return true;
        }

        return StartOf(sentence, first) is { } start && rhythm.Days.Weekdays.Count > 0 && start < first
            && first.DayNumber - start.DayNumber < 7
            && Enumerable.Range(start.DayNumber, first.DayNumber - start.DayNumber)
                .All(day => !rhythm.Days.Weekdays.Contains(Rhythm.WeekdayOf(DateOnly.FromDayNumber(day))));
    }

    private static DateOnly? StartOf(RepetitionSentence sentence, DateOnly first) =>
        sentence.Span?.Since(first)?.From ?? sentence.From?.From(first.AddDays(-6));
}
