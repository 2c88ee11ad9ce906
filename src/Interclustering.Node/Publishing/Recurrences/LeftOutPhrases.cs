using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>« sauf les 24 et 31 décembre », « sauf en août », « sauf le week-end », « sauf les jours fériés ».</summary>
internal static class LeftOutPhrases
{
    public static RepetitionSentence? Any(TermCursor cursor) => Except(cursor) && cursor.List(Item) is { Count: > 0 } items
        ? new RepetitionSentence { LeftOut = [.. items.SelectMany(item => item)] } : null;

    private static bool Except(TermCursor cursor) =>
        cursor.Skip("sauf", "excepte", "exceptes", "hormis", "hors", "except", "excluding");

    private static List<LeftOut>? Item(TermCursor cursor)
    {
        Except(cursor);
        return cursor.Try(DayPhrases.Span) is { } span ? [new LeftOut { Span = span }]
            : cursor.Try(DayPhrases.Days) is { } days ? days.ConvertAll(day => new LeftOut { Day = day })
            : cursor.Try(Months) ?? cursor.Try(Holidays) ?? cursor.Try(Weekend)
                ?? (cursor.Try(Weekdays) is { } weekdays ? [weekdays] : null);
    }

    private static List<LeftOut>? Months(TermCursor cursor) => cursor.Skip("en", "in", "au mois de", "au mois d")
        && cursor.List(at => at.Take(term => Words.Month(term) is null ? null : term)) is { Count: > 0 } months
            ? [new LeftOut { Months = months.ConvertAll(month => Words.Month(month)!.Value) }] : null;

    private static List<LeftOut>? Holidays(TermCursor cursor)
    {
        cursor.Skip("les", "on", "the");
        return cursor.Skip("jours feries", "feries", "public holidays", "bank holidays") ? [new LeftOut { Holidays = true }] : null;
    }

    private static List<LeftOut>? Weekend(TermCursor cursor)
    {
        cursor.Skip("le", "les", "on", "at", "the");
        return RhythmPhrases.SkipWeekend(cursor) ? [new LeftOut { Weekdays = [5, 6] }] : null;
    }

    private static LeftOut? Weekdays(TermCursor cursor) =>
        RhythmPhrases.Weekdays(cursor) is { } days ? new LeftOut { Weekdays = days } : null;
}
