using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>From the end that a sentence names to that of a rule. Without one it asks for it: no end is made up.</summary>
internal static class EndReading
{
    /// <summary>« jusqu’au 1er mars », said on 2 March, hardly means a year: in so many days the year has to be said.</summary>
    private const int JustBefore = 31;

    /// <returns>COUNT or UNTIL, or why there is neither.</returns>
    public static (string? End, string? Error) Of(RepetitionSentence sentence, Rhythm rhythm, Session first, string zone)
    {
        var day = DateOnly.FromDateTime(EventTimes.Local(first.Start));
        if (sentence is { End: not null, Span: not null })
        {
            return (null, T["La fin est dite deux fois : gardez-en une."]);
        }

        if (sentence.End?.Times is { } times)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"COUNT={times}"), null);
        }

        var last = sentence switch
        {
            { Span: { } span } => span.Since(day)?.To,
            { End.Until: { } until } => until.From(day),
            { End.Lasting: { } lasting } => After(day, lasting.Count, lasting.Unit)?.AddDays(-1),
            _ => null,
        };
        if (sentence.End?.Until is { Year: null } named && last is { } far && far.AddYears(-1).AddDays(JustBefore) >= day)
        {
            return (null, T["« {0} » vient juste avant la première date. Précisez l’année, par exemple « {0} {1} », ou changez la date.",
                named.Typed, far.Year.ToString(CultureInfo.InvariantCulture)]);
        }

        return last is { } end && end >= day ? ($"UNTIL={Until(end, first, zone)}", null)
            : sentence.End?.Until is { } wrong ? (null,
                T["« {0} » n’est pas une date après la première. Jusqu’à quand ? Écrivez par exemple « {1} » ou « 6 fois ».", wrong.Typed,
                    RepetitionWords.Until(day.AddMonths(6))])
            : (null, T["Compris : {0}. Jusqu’à quand ? Ajoutez par exemple « {1} » ou « 6 fois ».",
                RepetitionWords.Of(rhythm, day) ?? rhythm.RuleFrom(day), RepetitionWords.Until(day.AddMonths(6))]);
    }

    /// <summary>Null beyond the years that dates may be in.</summary>
    private static DateOnly? After(DateOnly day, int count, RepeatUnit unit)
    {
        var times = (long)count * unit.Interval;
        var isNear = times * (unit.Frequency == RepetitionFrequency.Daily ? 1 : 7) < 366 * 30 && times > 0;
        DateOnly? after = !isNear ? null : unit.Frequency switch
        {
            RepetitionFrequency.Daily => day.AddDays((int)times),
            RepetitionFrequency.Weekly => day.AddDays(7 * (int)times),
            RepetitionFrequency.Monthly => day.AddMonths((int)times),
            _ when times < 100 => day.AddYears((int)times),
            _ => null,
        };
        return after is { } end && PublishedYears.Has(end) ? after : null;
    }

    /// <summary>RFC 5545 §3.3.10: a date for all-day, else the moment in UTC at which the last day ends in the event's zone.</summary>
    private static string Until(DateOnly last, Session first, string zone)
    {
        if (first.Start.Length == 10)
        {
            return last.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        }

        var end = last.ToDateTime(new TimeOnly(23, 59, 59));
        var known = TimeZones.Find(zone);
        var utc = known.IsInvalidTime(end) ? end : TimeZoneInfo.ConvertTimeToUtc(end, known);
        return utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    }
}
