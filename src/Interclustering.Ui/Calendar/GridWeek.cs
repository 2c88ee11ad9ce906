namespace Interclustering.Ui.Calendar;

/// <summary>What takes several days, as it stands in one week.</summary>
/// <param name="Time">From its first day to its last.</param>
/// <param name="Days">Of this week, 1 to 7.</param>
public sealed record GridBar<T>(T Time, int Days);

/// <summary>A cell of the grid.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsShown">False where it is of the month before or after.</param>
/// <param name="Lanes">The bars that begin here, in the lanes of the week; null where a lane has none, or one that began before.</param>
/// <param name="Times">What takes place on this day alone.</param>
/// <param name="More">What takes several days, begins here, and has no lane.</param>
public sealed record GridDay<T>(DateOnly Date, bool IsShown, IReadOnlyList<GridBar<T>?> Lanes, IReadOnlyList<T> Times, int More)
{
    public bool IsEmpty => !IsShown || (Times.Count == 0 && More == 0 && Lanes.All(bar => bar is null));
}

/// <summary>A row of the grid.</summary>
/// <param name="Days">Seven, from Monday.</param>
public sealed record GridWeek<T>(IReadOnlyList<GridDay<T>> Days);

/// <summary>Lays a week out: what takes several days is a bar in a lane of its own.</summary>
public static class GridWeek
{
    private const int Length = 7;

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % Length));

    /// <param name="monday">Where the week begins.</param>
    /// <param name="first">First day of the period that is shown.</param>
    /// <param name="last">Inclusive.</param>
    /// <param name="times">In order.</param>
    /// <param name="daysOf">First and last day of one, both inclusive.</param>
    /// <param name="mostLanes">For what takes several days.</param>
    public static GridWeek<T> Of<T>(DateOnly monday, DateOnly first, DateOnly last, IReadOnlyList<T> times,
        Func<T, (DateOnly First, DateOnly Last)> daysOf, int mostLanes)
    {
        ArgumentNullException.ThrowIfNull(times);
        var begin = monday > first ? monday : first;
        var end = monday.AddDays(Length - 1) is var sunday && sunday < last ? sunday : last;
        var within = times.Select(time => (Time: time, Days: daysOf(time)))
            .Where(each => each.Days.First <= end && each.Days.Last >= begin).ToList();
        var free = new List<DateOnly>();
        var bars = new List<(int Lane, DateOnly From, GridBar<T> Bar)>();
        var more = new Dictionary<DateOnly, int>();
        foreach (var (time, days) in within.Where(each => each.Days.Last > each.Days.First).OrderBy(each => each.Days.First)
            .ThenByDescending(each => each.Days.Last))
        {
            var (from, to) = (days.First > begin ? days.First : begin, days.Last < end ? days.Last : end);
            var lane = free.FindIndex(day => day <= from);
            if (lane < 0 && free.Count == mostLanes)
            {
                more[from] = more.GetValueOrDefault(from) + 1;
                continue;
            }

            if (lane < 0)
            {
                (lane, free) = (free.Count, [.. free, from]);
            }

            free[lane] = to.AddDays(1);
            bars.Add((lane, from, new GridBar<T>(time, to.DayNumber - from.DayNumber + 1)));
        }

        return new GridWeek<T>([.. Enumerable.Range(0, Length).Select(monday.AddDays).Select(day => new GridDay<T>(
            day, day >= first && day <= last,
            [.. Enumerable.Range(0, LanesOf(day)).Select(lane => bars.Find(bar => bar.Lane == lane && bar.From == day).Bar)],
            [.. within.Where(each => each.Days.First == day && each.Days.Last == day).Select(each => each.Time)],
            more.GetValueOrDefault(day)))]);

        // Lanes below the last one that is taken on a day need no place.
        int LanesOf(DateOnly day) =>
            bars.Where(bar => bar.From <= day && bar.From.AddDays(bar.Bar.Days) > day).Select(bar => bar.Lane + 1).DefaultIfEmpty(0).Max();
    }
}
