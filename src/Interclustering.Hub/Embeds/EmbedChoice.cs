using System.Globalization;
using Interclustering.Hub.Filters;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Embeds;

/// <summary>
/// How a part of the agenda is laid out elsewhere; like the filter, all of it is in the address. What means nothing is left aside.
/// </summary>
/// <param name="Layout">list, month or next of the agenda; sheets of the knowledge base.</param>
/// <param name="Limit">At most so many, in a list.</param>
/// <param name="Month">Another month than this one.</param>
/// <param name="Theme">light, dark or auto, see <see cref="ColourTheme"/>; null for what frame or page have anyway.</param>
public sealed record EmbedChoice(string Layout, int Limit, DateOnly? Month, string? Theme = null)
{
    public const string ListLayout = "list", MonthLayout = "month", NextLayout = "next", SheetsLayout = "sheets";

    /// <summary>Of a list, when nothing else is asked for.</summary>
    public const int DefaultLimit = 5;

    /// <summary>Of a list or of sheets.</summary>
    public const int MostItems = 50;

    public static IReadOnlyList<string> Layouts { get; } = [ListLayout, MonthLayout, NextLayout, SheetsLayout];

    /// <summary>Whether <see cref="Limit"/> means something.</summary>
    public bool IsCounted => Layout is ListLayout or SheetsLayout;

    public static EmbedChoice Read(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var layout = query["layout"].FirstOrDefault();
        return new EmbedChoice(
            layout is not null && Layouts.Contains(layout) ? layout : ListLayout,
            int.TryParse(query["limit"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
                ? Math.Min(limit, MostItems) : DefaultLimit,
            MonthOf(query["month"].FirstOrDefault()),
            query[Criterion.Theme].FirstOrDefault(ColourTheme.IsOne));
    }

    /// <summary>The first day of a month that can be laid out, of <c>2026-11</c>; else null.</summary>
    public static DateOnly? MonthOf(string? month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && first.Year is > 1999 and < 2202 ? first : null;

    /// <summary>The address of the same choice of another month, or of this one.</summary>
    public string Query(string filter, string? month = null) =>
        (filter.Length == 0 ? "?" : filter + "&") + "layout=" + Layout
        + (IsCounted ? string.Create(CultureInfo.InvariantCulture, $"&limit={Limit}") : "") + (month is null ? "" : "&month=" + month)
        + (Theme is null ? "" : "&theme=" + Theme);
}
