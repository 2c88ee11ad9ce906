using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>« jusqu’à fin juin », « 6 fois », « pendant 8 semaines ».</summary>
internal static class EndPhrases
{
    private static readonly string[] Times = ["fois", "times", "dates", "seances", "sessions"];

    public static bool Counts(TermCursor cursor) => cursor.Skip(Times);

    public static SentenceEnd? Any(TermCursor cursor) => cursor.Try(Until) ?? cursor.Try(Count) ?? cursor.Try(Lasting);

    private static SentenceEnd? Count(TermCursor cursor)
    {
        cursor.Skip("pendant", "durant", "for");
        return cursor.Take(Words.Number) is { } times && Counts(cursor) ? new SentenceEnd { Times = times } : null;
    }

    private static SentenceEnd? Lasting(TermCursor cursor) =>
        cursor.Skip("pendant", "durant", "for") && cursor.Take(Words.Number) is { } count && cursor.Take(Words.Unit) is { } unit
            ? new SentenceEnd { Lasting = (count, unit) } : null;

    private static SentenceEnd? Until(TermCursor cursor)
    {
        if (!cursor.Skip("jusqu", "jusque", "jusqua", "jusquau", "jsq", "until", "till", "til", "through"))
        {
            return null;
        }

        cursor.Skip("a la", "a", "au mois de", "au mois d", "au", "en", "the");
        var from = cursor.At;
        if (cursor.Skip("fin", "end"))
        {
            if (cursor.Skip("de l annee", "d annee", "of the year"))
            {
                return new SentenceEnd { Until = new NamedDay(31, 12) { Typed = cursor.Since(from) } };
            }

            cursor.Skip("du mois de", "du mois d", "de", "d", "of");
        }
        else if (cursor.Try(DayPhrases.Day) is { } day)
        {
            cursor.Skip("inclus", "incluse", "compris", "included", "inclusive");
            return new SentenceEnd { Until = day };
        }

        return cursor.Take(Words.Month) is { } month
            ? new SentenceEnd { Until = new NamedDay(0, month) { Year = DayPhrases.YearOf(cursor), Typed = cursor.Since(from) } } : null;
    }
}
