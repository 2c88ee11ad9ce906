using Interclustering.Ui.Words;
using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>Named days: « le mardi 3 mars 2027 », « les 3, 10 et 17 mars », 30/06, June 30, « du 3 au 7 mars ».</summary>
internal static class DayPhrases
{
    public static NamedDay? Day(TermCursor cursor) => Days(cursor) is [var day] ? day : null;

    /// <summary>Those that share a month; null where none stands here.</summary>
    public static List<NamedDay>? Days(TermCursor cursor)
    {
        cursor.Skip("le", "les", "the", "on the", "on");
        var from = cursor.At;
        var weekday = cursor.Take(Words.Weekday);
        var days = cursor.Take(term => term.Date) is { } date ? [date] : DayMonth(cursor) ?? MonthDay(cursor);
        return days is [var only] ? [only with { Weekday = weekday, Typed = cursor.Since(from) }]
            : days?.ConvertAll(day => day with { Weekday = weekday });
    }

    /// <summary>« du 20 décembre au 3 janvier », « from 3 to 7 March ».</summary>
    public static NamedSpan? Span(TermCursor cursor)
    {
        var isOpened = cursor.Skip("du", "from");
        cursor.Skip("the");
        var from = cursor.At;
        var first = cursor.Try(Day);
        var weekday = first is null ? cursor.Take(Words.Weekday) : null;
        var day = first is null ? cursor.Take(Words.DayOfMonth) : null;
        if ((first is null && day is null) || !(cursor.Skip("au", "to") || (isOpened && cursor.Skip("until")))
            || Day(cursor) is not { } last)
        {
            return null;
        }

        first ??= new NamedDay(day!.Value, last.Month) { Year = last.Year, Weekday = weekday };
        return new NamedSpan(first with { Typed = cursor.Since(from) }, last);
    }

    private static List<NamedDay>? DayMonth(TermCursor cursor) => cursor.Try(at =>
    {
        var days = at.List(DayOfMonth);
        return days.Count > 0 && at.Take(Words.Month) is { } month ? Named(at, days, month) : null;
    });

    /// <summary>« March 3, 10 and 17 », but not « until June 6 times ».</summary>
    private static List<NamedDay>? MonthDay(TermCursor cursor) => cursor.Try(at =>
        at.Take(Words.EnglishMonth) is { } month && at.List(DayOfMonth) is { Count: > 0 } days && !at.Sees(EndPhrases.Counts)
            ? Named(at, days, month) : null);

    private static List<NamedDay> Named(TermCursor cursor, List<Term> days, int month)
    {
        var year = YearOf(cursor);
        return [.. days.Select(day => new NamedDay(Words.DayOfMonth(day)!.Value, month)
        {
            Year = year,
            Typed = $"{day.Word} {DateWordsOf(month)}{(year is null ? "" : $" {year}")}",
        })];
    }

    public static int? YearOf(TermCursor cursor)
    {
        if (cursor.Sees(at => at.Skip(Term.Comma) && at.Take(Words.Year) is not null))
        {
            cursor.Skip(Term.Comma);
        }

        return cursor.Take(Words.Year);
    }

    public static Term? DayOfMonth(TermCursor cursor)
    {
        cursor.Skip("le", "les", "the");
        return cursor.Take(term => Words.DayOfMonth(term) is null ? null : term);
    }

    private static string DateWordsOf(int month) => Language.Culture.DateTimeFormat.GetMonthName(month);
}
