using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>Days of a month: « le 1er mardi », « 2e et 4e jeudis », « le dernier jour », « le 15 ».</summary>
internal static class MonthPhrases
{
    /// <summary>« every second Tuesday » is the second one of its month or every other one: without the month it is not guessed.</summary>
    public static RepetitionSentence? Placed(TermCursor cursor)
    {
        var isEvery = cursor.Skip("every", "each");
        if (!isEvery && !RhythmPhrases.Each(cursor))
        {
            cursor.Skip("le", "les", "the", "on the");
        }

        var places = cursor.List(At).SelectMany(place => place).ToList();
        if (places.Count == 0 || (isEvery && places.Any(place => place.Place > 1)
            && !cursor.Sees(at => at.Skip("of the month", "of each month", "of every month"))))
        {
            return null;
        }

        if (places.All(place => place.Weekday < 0))
        {
            return new RepetitionSentence { Days = new ChosenDays { DaysOfMonth = [.. places.Select(place => place.Place)] } };
        }

        var month = cursor.Try(at =>
            at.Skip("de", "d", "of", "in", "en") ? at.Take(term => Words.Month(term) is null ? null : term) : null);
        return places.Any(place => place.Weekday < 0) ? null : new RepetitionSentence
        {
            Days = new ChosenDays { Places = [.. places.Distinct()], Month = month is null ? null : Words.Month(month) },
        };
    }

    /// <summary>« 2e et 4e jeudis », « dernier jour »: a weekday of -1 is any day, and only the first and the last are such.</summary>
    private static List<PlacedDay>? At(TermCursor cursor)
    {
        var ordinals = cursor.List(at =>
        {
            at.Skip("le", "les", "the", "on the");
            return at.Take(term => Words.Ordinal(term) is null ? null : term);
        }).ConvertAll(term => Words.Ordinal(term)!.Value);
        return ordinals.Count == 0 ? null
            : cursor.Take(Words.Weekday) is { } weekday ? ordinals.ConvertAll(place => new PlacedDay(place, weekday))
            : ordinals is [1 or -1] && cursor.Skip("jour", "day") ? [new PlacedDay(ordinals[0], -1)] : null;
    }

    /// <summary>« le 15 », « les 1er et 15 »; what follows decides whether they are days of a month.</summary>
    public static RepetitionSentence? Numbered(TermCursor cursor)
    {
        if (!RhythmPhrases.Each(cursor) && !cursor.Skip("le", "les", "the", "on the"))
        {
            return null;
        }

        var days = cursor.List(DayPhrases.DayOfMonth);
        return days.Count == 0 || cursor.Sees(IsCounted)
            ? null
            : new RepetitionSentence
            {
                Days = new ChosenDays { DaysOfMonth = [.. days.Select(day => Words.DayOfMonth(day)!.Value).Distinct().Order()] },
            };
    }

    private static bool IsCounted(TermCursor cursor) => EndPhrases.Counts(cursor) || cursor.Take(Words.Weekday) is not null
        || cursor.Take(Words.Unit) is not null || cursor.Take(Words.Month) is not null;
}
