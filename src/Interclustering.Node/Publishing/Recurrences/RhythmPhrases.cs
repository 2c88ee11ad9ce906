using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>« tous les mardis », « un jeudi sur trois », « de chaque mois », « 3 mardis de suite ».</summary>
internal static class RhythmPhrases
{
    private static readonly int[] WorkingWeek = [0, 1, 2, 3, 4], Weekend = [5, 6];

    public static RepetitionSentence? Any(TermCursor cursor) => cursor.Try(InARow) ?? cursor.Try(OneOutOf) ?? cursor.Try(OfTheWeek)
        ?? cursor.Try(MonthPhrases.Placed) ?? cursor.Try(MonthPhrases.Numbered) ?? cursor.Try(Paced) ?? cursor.Try(EachWeekday);

    public static IReadOnlyList<int>? Weekdays(TermCursor cursor)
    {
        var days = cursor.List(at =>
        {
            at.Skip("tous les", "le", "les", "on", "chaque", "every", "each");
            return at.Take(term => Words.Weekday(term) is null ? null : term);
        });
        return days.Count == 0 ? null : [.. days.Select(day => Words.Weekday(day)!.Value).Distinct().Order()];
    }

    public static bool SkipWeekend(TermCursor cursor) => cursor.Skip("weekend", "weekends", "week end", "week ends");

    public static bool Each(TermCursor cursor) =>
        cursor.Skip("tous les", "toutes les", "ts les", "tts les", "ttes les", "chaque", "chq", "every", "each");

    private static RepetitionSentence? InARow(TermCursor cursor)
    {
        if (cursor.Take(Words.Number) is not { } times)
        {
            return null;
        }

        var isSaid = cursor.Skip("consecutive");
        var pace = cursor.Take(Words.Unit);
        var weekday = pace is null ? cursor.Take(Words.Weekday) : null;
        return (pace is not null || weekday is not null)
            && (isSaid || cursor.Skip("de suite", "d affilee", "consecutifs", "consecutives", "in a row"))
            ? new RepetitionSentence
            {
                Pace = pace,
                Days = weekday is { } day ? new ChosenDays { Weekdays = [day] } : null,
                End = new SentenceEnd { Times = times },
            } : null;
    }

    private static RepetitionSentence? OneOutOf(TermCursor cursor)
    {
        cursor.Skip("de", "d");
        if (!cursor.Skip("un", "une", "one"))
        {
            return null;
        }

        var unit = cursor.Take(Words.Unit);
        var weekday = unit is null ? cursor.Take(Words.Weekday) : null;
        return (unit is not null || weekday is not null) && cursor.Skip("sur", "out of", "in") && cursor.Take(Words.Number) is { } every
            ? new RepetitionSentence
            {
                Pace = Times(unit ?? new RepeatUnit(RepetitionFrequency.Weekly), every),
                Days = weekday is { } day ? new ChosenDays { Weekdays = [day] } : null,
            } : null;
    }

    /// <summary>Several days of the week in a word, or from one to another.</summary>
    private static RepetitionSentence? OfTheWeek(TermCursor cursor)
    {
        if (cursor.Skip("en semaine", "weekdays", "on weekdays"))
        {
            return On(WorkingWeek);
        }

        if (cursor.Try(Range) is { } range)
        {
            return On(range);
        }

        if (!Each(cursor))
        {
            cursor.Skip("le", "les", "the", "on", "at");
        }

        return cursor.Skip("jours ouvres", "jour ouvre", "working day", "working days")
                ? new RepetitionSentence { Days = new ChosenDays { Weekdays = WorkingWeek, ExceptHolidays = true } }
            : cursor.Skip("jours ouvrables", "jour ouvrable")
                ? new RepetitionSentence { Days = new ChosenDays { Weekdays = [0, 1, 2, 3, 4, 5], ExceptHolidays = true } }
            : cursor.Skip("jours de semaine", "jours de la semaine", "weekday") ? On(WorkingWeek)
            : SkipWeekend(cursor) ? On(Weekend) : null;
    }

    private static int[]? Range(TermCursor cursor)
    {
        cursor.Skip("du", "from");
        return cursor.Take(Words.Weekday) is { } first && cursor.Skip("au", "to") && cursor.Take(Words.Weekday) is { } last && first < last
            ? [.. Enumerable.Range(first, last - first + 1)] : null;
    }

    private static RepetitionSentence? Paced(TermCursor cursor)
    {
        if (cursor.Take(Words.PaceWord) is { } word)
        {
            return new RepetitionSentence { Pace = word };
        }

        if (cursor.Skip("une fois par", "1 fois par", "once a", "once per", "once every", "du", "de l", "of the", "in the"))
        {
            return cursor.Take(Words.Unit) is { } one ? new RepetitionSentence { Pace = one } : null;
        }

        cursor.Skip("de", "d", "of", "une fois", "1 fois", "once");
        if (!Each(cursor))
        {
            return null;
        }

        var isOther = cursor.Skip("other");
        var every = isOther ? 2 : cursor.Take(Words.Number);
        if (cursor.Next is { Word: "jour" or "jours" or "j" } && every is 8 or 15)
        {
            // Fifteen days are two weeks; eight are one week for some, and eight days for others.
            return every == 15 && cursor.Skip("jours", "j")
                ? new RepetitionSentence { Pace = new RepeatUnit(RepetitionFrequency.Weekly, 2) } : null;
        }

        if (cursor.Take(Words.Unit) is { } unit)
        {
            return new RepetitionSentence { Pace = Times(unit, every ?? 1) };
        }

        return every is { } interval && Weekdays(cursor) is { } days
            ? new RepetitionSentence
            {
                Pace = new RepeatUnit(RepetitionFrequency.Weekly, interval),
                Days = new ChosenDays { Weekdays = days },
            } : null;
    }

    private static RepetitionSentence? EachWeekday(TermCursor cursor)
    {
        Each(cursor);
        return Weekdays(cursor) is { } days ? On(days) : null;
    }

    private static RepetitionSentence On(IReadOnlyList<int> weekdays) => new() { Days = new ChosenDays { Weekdays = weekdays } };

    /// <summary>A thousand of anything is beyond every rule, and told from 0 where the rule is made.</summary>
    private static RepeatUnit Times(RepeatUnit unit, int every) => unit with { Interval = unit.Interval * Math.Min(every, 1000) };
}
