using Words = Interclustering.Node.Publishing.Recurrences.RepetitionVocabulary;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>
/// Takes a sentence apart: a rhythm, dates, an end and exceptions, in any order. One word that fits nowhere makes the whole sentence not
/// understood: what the others say is not what was meant.
/// </summary>
internal static class RepetitionGrammar
{
    /// <returns>The sentence, or the part of it that is not understood, as typed.</returns>
    public static (RepetitionSentence? Sentence, string NotUnderstood) Read(string typed)
    {
        var terms = Term.Of(typed);
        if (terms.SkipWhile(Words.Knows).TakeWhile(term => !Words.Knows(term)).ToList() is [var unknown, ..] strange)
        {
            return (null, typed[unknown.From..strange[^1].To]);
        }

        var (cursor, sentence) = (new TermCursor(typed, terms), new RepetitionSentence());
        while (cursor.Next is not null)
        {
            if (cursor.Skip(Term.Comma))
            {
                continue;
            }

            var (from, rest) = (cursor.At, cursor.Rest);
            if (Part(cursor) is not { } part)
            {
                return (null, rest);
            }

            if (sentence.With(part) is not { } longer)
            {
                return (null, part.Pace is null && part.Days is null ? cursor.Since(from) : typed.Trim());
            }

            sentence = longer;
        }

        return (sentence, "");
    }

    private static RepetitionSentence? Part(TermCursor cursor) => cursor.Try(LeftOutPhrases.Any)
        ?? (cursor.Try(DayPhrases.Span) is { } span ? new RepetitionSentence { Span = span } : null)
        ?? cursor.Try(From)
        ?? (cursor.List(DayPhrases.Days) is { Count: > 0 } dates
            ? new RepetitionSentence { Dates = [.. dates.SelectMany(day => day)] } : null)
        ?? RhythmPhrases.Any(cursor)
        ?? (EndPhrases.Any(cursor) is { } end ? new RepetitionSentence { End = end } : null);

    private static RepetitionSentence? From(TermCursor cursor) => cursor.Skip("a partir du", "a partir de", "des", "from", "starting")
        && DayPhrases.Day(cursor) is { } day ? new RepetitionSentence { From = day } : null;
}
