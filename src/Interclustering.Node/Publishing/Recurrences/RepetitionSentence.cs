namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>An ordinal weekday of its month.</summary>
/// <param name="Place">1 to 5, or -1 for the last one.</param>
/// <param name="Weekday">Monday is 0.</param>
internal sealed record PlacedDay(int Place, int Weekday);

/// <summary>Which days of a week, month or year: exactly one of the three lists has some.</summary>
internal sealed record ChosenDays
{
    /// <summary>Monday is 0.</summary>
    public IReadOnlyList<int> Weekdays { get; init; } = [];

    public IReadOnlyList<PlacedDay> Places { get; init; } = [];

    /// <summary>-1 for the last one.</summary>
    public IReadOnlyList<int> DaysOfMonth { get; init; } = [];

    /// <summary>Of <see cref="Places"/>.</summary>
    public int? Month { get; init; }

    public bool ExceptHolidays { get; init; }
}

/// <summary>When a sentence says that it ends: one of the three.</summary>
internal sealed record SentenceEnd
{
    public NamedDay? Until { get; init; }

    public int? Times { get; init; }

    public (int Count, RepeatUnit Unit)? Lasting { get; init; }
}

/// <summary>What a sentence leaves out: one of the five.</summary>
internal sealed record LeftOut
{
    public NamedDay? Day { get; init; }

    public NamedSpan? Span { get; init; }

    public IReadOnlyList<int> Months { get; init; } = [];

    public IReadOnlyList<int> Weekdays { get; init; } = [];

    public bool Holidays { get; init; }
}

/// <summary>What a sentence says, each at most once; nothing is decided about the event's first date yet.</summary>
internal sealed record RepetitionSentence
{
    public RepeatUnit? Pace { get; init; }

    public ChosenDays? Days { get; init; }

    public IReadOnlyList<NamedDay>? Dates { get; init; }

    public NamedDay? From { get; init; }

    public NamedSpan? Span { get; init; }

    public SentenceEnd? End { get; init; }

    public IReadOnlyList<LeftOut>? LeftOut { get; init; }

    /// <summary>Together with a further part; null where both say the same thing, so that one of them would be ignored.</summary>
    public RepetitionSentence? With(RepetitionSentence part) =>
        (Pace is not null && part.Pace is not null) || (Days is not null && part.Days is not null)
        || (Dates is not null && part.Dates is not null) || (End is not null && part.End is not null)
        || (LeftOut is not null && part.LeftOut is not null)
        || ((From ?? Span?.From) is not null && (part.From ?? part.Span?.From) is not null)
            ? null
            : new RepetitionSentence
            {
                Pace = Pace ?? part.Pace,
                Days = Days ?? part.Days,
                Dates = Dates ?? part.Dates,
                From = From ?? part.From,
                Span = Span ?? part.Span,
                End = End ?? part.End,
                LeftOut = LeftOut ?? part.LeftOut,
            };
}
