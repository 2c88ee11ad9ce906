using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>
/// Reads a repetition as typed, in French or English, or says in words what is not understood. Words are read by
/// <see cref="RepetitionGrammar"/>; what they mean follows from the event's first date. Nothing is guessed.
/// </summary>
internal static class RepetitionReading
{
    private const int LongestQuote = 80;

    /// <param name="typed">E.g. « tous les premiers mardis jusqu’en juin ».</param>
    /// <param name="first">The first session.</param>
    /// <param name="zone">IANA name of the zone of its times.</param>
    public static ReadRepetition Read(string typed, Session first, string zone)
    {
        var day = DateOnly.FromDateTime(EventTimes.Local(first.Start));
        var (sentence, strange) = RepetitionGrammar.Read(typed);
        if (sentence is null)
        {
            return NotUnderstood(strange, day);
        }

        if (sentence is { Dates: { Count: > 1 } dates, Pace: null, Days: null, Span: null, From: null, End: null, LeftOut: null })
        {
            return DaysOf(dates, day);
        }

        if (WrongWeekday(sentence, day) is { } wrong)
        {
            return ReadRepetition.Refused(wrong);
        }

        var (rhythm, error) = RhythmReading.Of(sentence, day);
        if (rhythm is null)
        {
            return error is null ? NotUnderstood(typed.Trim(), day) : ReadRepetition.Refused(error);
        }

        var (end, why) = EndReading.Of(sentence, rhythm, first, zone);
        return end is null ? ReadRepetition.Refused(why!) : Complete(sentence, $"{rhythm.RuleFrom(day)};{end}", first, zone);
    }

    private static ReadRepetition NotUnderstood(string part, DateOnly first)
    {
        var examples = RepetitionWords.ExamplesFor(first);
        var quote = part.Length > LongestQuote ? FoldedText.Beginning(part, LongestQuote) + "…" : part;
        return ReadRepetition.Refused(quote.Length == 0
            ? T["Cette répétition n’est pas comprise. Écrivez par exemple « {0} » ou « {1} ».", examples[0], examples[1]]
            : T["« {0} » n’est pas compris. Écrivez par exemple « {1} » ou « {2} ».", quote, examples[0], examples[1]]);
    }

    private static ReadRepetition DaysOf(IReadOnlyList<NamedDay> named, DateOnly first)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var name in named)
        {
            if (name.From(first) is not { } day)
            {
                return ReadRepetition.Refused(T["« {0} » n’est pas une date du calendrier.", name.Typed]);
            }

            if (name.Weekday is { } weekday && weekday != Rhythm.WeekdayOf(day))
            {
                return ReadRepetition.Refused(T["« {0} » : c’est un {1}. Vérifiez la date.", name.Typed, DateWords.Weekday(day)]);
            }

            days.Add(day);
        }

        return days.Min == first ? new ReadRepetition { Days = [.. days] } : ReadRepetition.Refused(
            T["La première date, {0}, n’est pas celle que disent les mots : changez la date, ou les mots.", DateWords.InFull(first)]);
    }

    private static string? WrongWeekday(RepetitionSentence sentence, DateOnly first)
    {
        NamedDay?[] named = [sentence.From, sentence.Span?.From, sentence.Span?.To, sentence.End?.Until];
        return named.OfType<NamedDay>().FirstOrDefault(name => name.Weekday is { } weekday && name.From(first) is { } day
            && weekday != Rhythm.WeekdayOf(day)) is { } wrong
            ? T["« {0} » : c’est un {1}. Vérifiez la date.", wrong.Typed, DateWords.Weekday(wrong.From(first)!.Value)] : null;
    }

    private static ReadRepetition Complete(RepetitionSentence sentence, string rule, Session first, string zone)
    {
        if (Repetition.Judge(first, new Recurrence(rule, []), zone) is not null)
        {
            return new ReadRepetition { Rule = rule };
        }

        var (except, error) = LeftOutDays.Of(sentence, first, rule, zone);
        return error is null ? new ReadRepetition { Rule = rule, Except = except } : ReadRepetition.Refused(error);
    }
}
