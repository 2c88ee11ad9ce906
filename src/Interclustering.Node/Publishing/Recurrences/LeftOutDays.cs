using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>
/// The dates of a series that a sentence leaves out. A day that is named must be one of the series, and no other may be meant by it; a
/// month, a span and holidays may be none of them.
/// </summary>
internal static class LeftOutDays
{
    /// <summary>Exceptions are dates one by one: a series that is longer says too many of them.</summary>
    private const int MostYears = 10;

    /// <returns>Local starts, or why they can't be told.</returns>
    public static (IReadOnlyList<string> Starts, string? Error) Of(RepetitionSentence sentence, Session first, string rule, string zone)
    {
        var start = EventTimes.Local(first.Start);
        var day = DateOnly.FromDateTime(start);
        var left = new List<string>();
        foreach (var part in PartsOf(sentence))
        {
            if (!Ends(rule, day))
            {
                return ([], T["« sauf » ne se lit que pour une série de dix ans au plus."]);
            }

            var days = Enumerable.Range(day.DayNumber, MostYears * 366).Select(DateOnly.FromDayNumber).Where(Fits(part, day));
            var starts = Repetition.Reached(first, new Recurrence(rule, []), zone,
                days.Select(candidate => EventTimes.Text(candidate.ToDateTime(TimeOnly.FromDateTime(start)), first)));
            if (part.Day is { } named && Wrong(named, starts, day) is { } error)
            {
                return ([], error);
            }

            left.AddRange(starts);
        }

        return left.Contains(first.Start) ? ([], T["La première date est parmi celles qui n’ont pas lieu : changez la date, ou les mots."])
            : ([.. left.Distinct().Order(StringComparer.Ordinal)], null);
    }

    private static IEnumerable<LeftOut> PartsOf(RepetitionSentence sentence) =>
        (sentence.LeftOut ?? []).Where(part => part.Weekdays.Count == 0)
            .Concat(sentence.Days is { ExceptHolidays: true } ? [new LeftOut { Holidays = true }] : []);

    /// <summary>Only an end that is certainly near counts: dates are few, or the last one is named.</summary>
    private static bool Ends(string text, DateOnly first)
    {
        var rule = RepetitionRule.Read(text);
        var each = rule.Frequency switch
        {
            RepetitionFrequency.Daily => 1,
            RepetitionFrequency.Weekly => 7,
            RepetitionFrequency.Monthly => 31,
            _ => 366,
        };
        return rule.Until is { } until ? until.At < first.AddYears(MostYears).ToDateTime(default)
            : (long)rule.Count.GetValueOrDefault() * rule.Interval * each < MostYears * 365;
    }

    private static Func<DateOnly, bool> Fits(LeftOut part, DateOnly first)
    {
        if (part.Span is { } span)
        {
            return span.Since(first) is { } days ? day => day >= days.From && day <= days.To : _ => false;
        }

        return part.Day is { } named ? day => named.In(named.Year ?? day.Year) == day
            : part.Holidays ? day => PublicHolidays.NameOf(day) is not null
            : day => part.Months.Contains(day.Month);
    }

    private static string? Wrong(NamedDay named, IReadOnlyList<string> starts, DateOnly first) => starts.Count switch
    {
        0 => T["« {0} » : il n’y a pas de date ce jour-là. Vérifiez ce qui n’a pas lieu.", named.Typed],
        1 when named.Weekday is { } weekday
            && weekday != Rhythm.WeekdayOf(DateOnly.Parse(starts[0].AsSpan(0, 10), CultureInfo.InvariantCulture)) =>
            T["« {0} » : le jour de la semaine n’est pas celui de la date. Vérifiez-la.", named.Typed],
        1 => null,
        _ => T["« {0} » : de quelle année ? Écrivez par exemple « {0} {1} » ou « {0} {2} ».", named.Typed,
            first.Year.ToString(CultureInfo.InvariantCulture), (first.Year + 1).ToString(CultureInfo.InvariantCulture)],
    };
}
