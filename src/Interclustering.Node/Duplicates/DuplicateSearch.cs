using Interclustering.Node.Radar;

namespace Interclustering.Node.Duplicates;

/// <summary>
/// Finds what is likely the same event: by title, start, place or link. It only asks; that two are one is for people to say.
/// </summary>
public sealed class DuplicateSearch
{
    /// <summary>Days apart at which one title of two clusters is still remarkable: one of them has a wrong date.</summary>
    private const int DaysApart = 3;

    private const int MostShown = 4;
    private readonly ILookup<DateOnly, Engagement> byDay;
    private readonly ILookup<string, Engagement> byLink;

    /// <param name="agenda">Of all clusters.</param>
    /// <param name="today">In Paris: what is over is not looked for.</param>
    public DuplicateSearch(IEnumerable<Engagement> agenda, DateOnly today)
    {
        // A cluster that has left can agree to nothing any more.
        var known = agenda.Where(each => each is { Firmness: Firmness.Published, Traits: not null, Cluster.Left: null }
            && each.Time.LastDay >= today).ToList();
        byDay = known.ToLookup(each => each.Time.Day);
        byLink = known.SelectMany(each => each.Traits!.Links.Select(link => (link, each))).ToLookup(pair => pair.link, pair => pair.each);
    }

    /// <summary>Those that are likely the same, what has most in common first.</summary>
    public IReadOnlyList<LikelyDuplicate> Of(Compared item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var shifts = Enumerable.Range(-DaysApart, (2 * DaysApart) + 1).ToList();
        var near = item.Times.SelectMany(time => shifts.Select(shift => Shifted(time.Day, shift))).Distinct()
            .SelectMany(day => byDay[day]).Concat(item.Traits.Links.SelectMany(link => byLink[link]))
            .Where(each => each.Subject != item.Id).Distinct();
        return [.. near.Select(each => new LikelyDuplicate(each, Alike(item, each))).Where(each => each.Alike.Count > 0)
            .GroupBy(each => each.Engagement.Subject).Select(same => same.MaxBy(each => each.Alike.Count)!)
            .OrderByDescending(each => each.Alike.Count).ThenBy(each => each.Engagement.Time.Day).Take(MostShown)];
    }

    /// <summary>Of one's own events with each that is likely the same: each two once.</summary>
    public IReadOnlyList<(Engagement Own, LikelyDuplicate Other)> PairsOf(string cluster)
    {
        var own = byDay.SelectMany(day => day).Where(each => each.Cluster.Code == cluster && each.IsPublic)
            .GroupBy(each => each.Subject).ToList();
        return [.. own.SelectMany(dates => Of(new Compared(dates.Key, cluster, dates.First().Traits!,
                [.. dates.Select(date => (date.Time.Day, date.Time.Start))])).Where(other => other.Engagement.IsPublic)
                .Select(other => (Own: dates.First(), Other: other)))
            .DistinctBy(pair => string.CompareOrdinal(pair.Own.Subject, pair.Other.Engagement.Subject) < 0
                ? (pair.Own.Subject, pair.Other.Engagement.Subject) : (pair.Other.Engagement.Subject, pair.Own.Subject))];
    }

    private static DateOnly Shifted(DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>Empty where they are not likely the same.</summary>
    private static List<string> Alike(Compared item, Engagement other)
    {
        var traits = other.Traits!;
        var (title, place, link) = (item.Traits.HasTitleLike(traits), item.Traits.HasPlaceOf(traits), item.Traits.HasLinkOf(traits));
        var day = item.Times.Any(time => time.Day == other.Time.Day);
        var hour = item.Times.Any(time => time.Day == other.Time.Day && time.Start is not null && time.Start == other.Time.Start);
        var elsewhere = item.Cluster != other.Cluster.Code;
        var near = item.Times.Any(time => Math.Abs(time.Day.DayNumber - other.Time.Day.DayNumber) <= DaysApart);
        var isLikely = (day && (title || link || (place && (elsewhere || hour))))
            || (elsewhere && item.Traits.HasTitleOf(traits) && (near || link));
        return !isLikely ? [] :
        [
            .. title ? [T["même titre, ou presque"]] : Array.Empty<string>(),
            .. hour ? [T["même jour, même heure"]] : day ? [T["même jour"]] : Array.Empty<string>(),
            .. place ? [T["même lieu"]] : Array.Empty<string>(),
            .. link ? [T["même lien"]] : Array.Empty<string>(),
        ];
    }
}
