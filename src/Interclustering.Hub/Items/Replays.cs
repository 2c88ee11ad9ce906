using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Items;

/// <summary>Webinars that can be seen again.</summary>
internal static class Replays
{
    /// <summary>The last time of each, the newest first.</summary>
    public static IEnumerable<Occurrence> In(Snapshot snapshot, DateOnly today, Func<Published, bool> fits) => snapshot.Agenda
        .Where(time => time.Event.Item is Webinar { ReplayUrl: not null } && time.Day <= today && fits(time.Event))
        .GroupBy(time => time.Event.Id).Select(times => times.Last()).OrderByDescending(time => time.Day);
}
