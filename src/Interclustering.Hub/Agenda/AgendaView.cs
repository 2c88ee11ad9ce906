using Interclustering.Hub.Filters;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Agenda;

/// <summary>
/// How the agenda is shown: as a list, on a map, or as the grid of a month or a week. A filter changes what a view shows, and a view keeps
/// filter and days.
/// </summary>
/// <param name="Path">Its address, without language and filter.</param>
/// <param name="First">First day of a month or week; null for list and map, whose days are in the filter.</param>
/// <param name="Last">Inclusive.</param>
public sealed record AgendaView(string Path, DateOnly? First = null, DateOnly? Last = null)
{
    private const int ToThursday = 3;

    /// <summary>Months and weeks that have a page.</summary>
    private static readonly DateOnly Earliest = new(1901, 1, 1), Latest = new(2201, 12, 31);

    public static AgendaView List { get; } = new("/agenda");

    public static AgendaView Map { get; } = new("/agenda/carte");

    public static AgendaView Month(DateOnly day) =>
        new($"/agenda/{DateWords.Iso(day)[..7]}", new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1).AddMonths(1)
            .AddDays(-1));

    public static AgendaView Week(DateOnly day) =>
        new($"/agenda/{AgendaWeek.Of(day)}", AgendaWeek.MondayOf(day), AgendaWeek.MondayOf(day).AddDays(6));

    /// <summary>Whether the month or week of a day has a page; those before and after it can be linked to.</summary>
    public static bool IsShown(DateOnly day) => day >= Earliest && day <= Latest;

    /// <summary>A month or week has its days by itself.</summary>
    public bool IsPeriod => First is not null;

    public bool IsWeek => First is { } first && first.AddDays(6) == Last;

    /// <summary>Addresses of all views with this filter, and which is this one.</summary>
    public IReadOnlyList<(string Label, string Address, bool IsThis)> All(AgendaFilter filter, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var asked = DayOf(filter, today);
        var day = asked < Earliest ? Earliest : asked > Latest ? Latest : asked;
        // Today's month is what the list shows anyway.
        var listed = !IsPeriod || (First <= today && today <= Last) ? filter : filter with { From = First, To = Last };
        return
        [
            (T["Liste"], List.Path + listed.Query(), this == List),
            (T["Semaine"], (IsWeek ? this : Week(day)).Path + filter.Undated.Query(), IsWeek),
            (T["Mois"], (IsPeriod && !IsWeek ? this : Month(day)).Path + filter.Undated.Query(), IsPeriod && !IsWeek),
            (T["Carte"], Map.Path + listed.Query(), this == Map),
        ];
    }

    /// <summary>A day of what is shown: today where it is among it.</summary>
    private DateOnly DayOf(AgendaFilter filter, DateOnly today) => (First, Last) switch
    {
        ({ } first, { } last) => first <= today && today <= last ? today : IsWeek ? first.AddDays(ToThursday) : first,
        _ => filter.Around ?? (filter.From is { } from && (from > today || filter.To < today) ? from : today),
    };
}
