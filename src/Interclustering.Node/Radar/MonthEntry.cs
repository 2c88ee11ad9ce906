
namespace Interclustering.Node.Radar;

/// <summary>Something in the month: what a cluster has, or a time without school.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">Inclusive.</param>
/// <param name="Engagement">Null for school holidays.</param>
/// <param name="Holiday">Name and zones; null for what a cluster has.</param>
public sealed record MonthEntry(DateOnly First, DateOnly Last, Engagement? Engagement, SchoolHoliday? Holiday = null)
{
    /// <summary>In order of day and hour, what takes several days in front.</summary>
    public static IReadOnlyList<MonthEntry> Of(
        DateOnly first, DateOnly last, IEnumerable<Engagement> engagements, SchoolHolidays holidays)
    {
        ArgumentNullException.ThrowIfNull(engagements);
        ArgumentNullException.ThrowIfNull(holidays);
        return
        [
            .. holidays.Holidays.Where(holiday => holiday.Until >= first && holiday.From <= last)
                .GroupBy(holiday => (holiday.Name, holiday.From, holiday.Until))
                .Select(same => new MonthEntry(same.Key.From, same.Key.Until, null,
                    same.First() with { Zones = [.. same.SelectMany(holiday => holiday.Zones).Distinct().Order()] }))
                .OrderBy(entry => entry.First),
            .. engagements.Select(each => new MonthEntry(each.Time.Day, each.Time.LastDay, each)),
        ];
    }
}
