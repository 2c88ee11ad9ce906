namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>A day as people name it.</summary>
/// <param name="Day">Of the month; 0 for its last one.</param>
/// <param name="Month">1 to 12, or what was typed instead.</param>
internal sealed record NamedDay(int Day, int Month)
{
    public int? Year { get; init; }

    /// <summary>Monday is 0.</summary>
    public int? Weekday { get; init; }

    public string Typed { get; init; } = "";

    /// <summary>Null where that year has no such day.</summary>
    public DateOnly? In(int year) => Month is >= 1 and <= 12 && year is >= PublishedYears.First and <= PublishedYears.Last
        && Day <= DateTime.DaysInMonth(year, Month)
        ? new DateOnly(year, Month, Day == 0 ? DateTime.DaysInMonth(year, Month) : Day) : null;

    /// <summary>Without a year, the first such day from a day on.</summary>
    public DateOnly? From(DateOnly day) => Year is { } year ? In(year) : In(day.Year) is { } near && near >= day ? near : In(day.Year + 1);
}

/// <summary>From one named day to another, both inclusive.</summary>
internal sealed record NamedSpan(NamedDay From, NamedDay To)
{
    /// <param name="day">The span without years is the first one that ends on it or later.</param>
    public (DateOnly From, DateOnly To)? Since(DateOnly day)
    {
        if (To.From(day) is not { } to)
        {
            return null;
        }

        var from = From.Year is { } year ? From.In(year) : From.In(to.Year) is { } near && near <= to ? near : From.In(to.Year - 1);
        return from is { } first && first <= to ? (first, to) : null;
    }
}
