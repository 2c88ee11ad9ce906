namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>One date of a repetition.</summary>
/// <param name="Start">Local, in the form of the first session's.</param>
/// <param name="Day">Of its start.</param>
public sealed record RepeatDate(string Start, DateOnly Day)
{
    public bool TakesPlace { get; init; } = true;

    /// <summary>As long as the words say so, a tick can't say otherwise.</summary>
    public bool IsLeftOutInWords { get; init; }
}

/// <summary>What the form shows beside the words: the same said again, and the dates.</summary>
/// <param name="Words">Of the rule; null for single days.</param>
/// <param name="Dates">
/// After the first one, as far as the series is followed today, and all that don't take place, so that the form keeps them. Single days
/// are all there.
/// </param>
internal sealed record UnderstoodRepetition(string? Words, IReadOnlyList<RepeatDate> Dates)
{
    /// <summary>The first date, where it takes place and is not among <see cref="Dates"/>.</summary>
    public DateOnly? First { get; init; }

    /// <summary>At most so many that take place from a day on; the first ones, where all are past.</summary>
    public IReadOnlyList<DateOnly> Next(DateOnly today, int most)
    {
        List<DateOnly> all = [.. Dates.Where(date => date.TakesPlace).Select(date => date.Day)];
        all.InsertRange(0, First is { } first ? [first] : []);
        var next = all.Where(day => day >= today).ToList();
        return [.. (next.Count > 0 ? next : all).Take(most)];
    }
}
