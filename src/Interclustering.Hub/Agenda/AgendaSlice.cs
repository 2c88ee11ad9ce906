using System.Globalization;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Agenda;

/// <summary>
/// A page of a long list. It begins at a day and ends with one, so that what is published meanwhile stands in its place and moves nothing
/// else out of sight; only a day that alone is longer than a page is cut.
/// </summary>
/// <param name="Times">In the order of the list.</param>
/// <param name="Before">Cursor of the page before: empty where that is the first one, null where there is none.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record AgendaSlice(IReadOnlyList<Occurrence> Times, string? Before, string? Next)
{
    public const int Size = 40;

    /// <summary>
    /// The page that begins at a cursor (<c>2026-12-10</c>, within a long day <c>2026-12-10.40</c>); the first one for anything else.
    /// </summary>
    public static AgendaSlice Of(IReadOnlyList<Occurrence> ordered, string? cursor)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        var start = Find(ordered, cursor);
        var end = Math.Min(start + Size, ordered.Count);
        if (end < ordered.Count && DayStart(ordered, end) is var whole && whole > start)
        {
            end = whole;
        }

        return new AgendaSlice(
            [.. Enumerable.Range(start, end - start).Select(index => ordered[index])], start == 0
                ? null : CursorOf(ordered, PageBefore(ordered, start)), end == ordered.Count ? null : CursorOf(ordered, end));
    }

    private static int PageBefore(IReadOnlyList<Occurrence> ordered, int start)
    {
        var begin = Math.Max(0, start - Size);
        while (begin > 0 && begin < start && DayStart(ordered, begin) != begin)
        {
            begin++;
        }

        return begin == start ? Math.Max(0, start - Size) : begin;
    }

    private static int Find(IReadOnlyList<Occurrence> ordered, string? cursor)
    {
        if (cursor?.Split('.') is not [var date, .. var rest]
            || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return 0;
        }

        var descends = ordered.Count > 0 && ordered[0].Day > ordered[^1].Day;
        var (first, end) = (0, ordered.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = (descends ? ordered[middle].Day > day : ordered[middle].Day < day) ? (middle + 1, end) : (first, middle);
        }

        var skip = rest is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        for (; skip > 0 && first < ordered.Count && ordered[first].Day == day; skip--)
        {
            first++;
        }

        return Math.Min(first, Math.Max(0, ordered.Count - 1));
    }

    private static int DayStart(IReadOnlyList<Occurrence> ordered, int index)
    {
        while (index > 0 && ordered[index - 1].Day == ordered[index].Day)
        {
            index--;
        }

        return index;
    }

    private static string CursorOf(IReadOnlyList<Occurrence> ordered, int index)
    {
        var within = index - DayStart(ordered, index);
        return index == 0 ? "" : DateWords.Iso(ordered[index].Day)
            + (within == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{within}"));
    }
}
