using Interclustering.Contracts;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Feeds;

/// <summary>What the calendar and the feeds of a filter hold: the same publications in each of them.</summary>
internal static class FeedContents
{
    private const int PastDays = 90;

    /// <summary>For how long subscribers see that something is cancelled.</summary>
    public const int CancelledDays = 30;

    /// <summary>Events and webinars in order of their first matching day; without dates in the filter, from 90 days ago.</summary>
    public static IEnumerable<Published> Agenda(Snapshot snapshot, AgendaFilter filter, DateOnly today)
    {
        var bounded = filter.IsDated ? filter : filter with { From = today.AddDays(-PastDays) };
        return MatchingTimes.Of(snapshot.Agenda, bounded, _ => true).Select(time => time.Event).DistinctBy(item => item.Id)
            .Where(item => !HasLeft(item, today));
    }

    public static IEnumerable<Published> Sheets(Snapshot snapshot, AgendaFilter filter) =>
        snapshot.Items.Sheets.Values.Where(item => filter.Matches(item));

    /// <summary>Subscribers have had the time to see that it is cancelled.</summary>
    private static bool HasLeft(Published published, DateOnly today) => published.Item is Event { Status: EventStatus.Cancelled }
        && DateOnly.FromDateTime(ParisDay.Of(published.RevisedAt)).AddDays(CancelledDays) < today;
}
