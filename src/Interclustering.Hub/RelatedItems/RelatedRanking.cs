using System.Runtime.CompilerServices;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.RelatedItems;

/// <summary>Something to read next.</summary>
/// <param name="Published">What it is.</param>
/// <param name="Time">Of an event: the next one, else the last.</param>
public sealed record RelatedItem(Published Published, Occurrence? Time);

/// <summary>« Voir aussi » : what is upcoming, recent or lasting, shares themes, and speaks of the same things.</summary>
public static class RelatedRanking
{
    private const int Most = 4;
    private const int RecentDays = 90;
    private const int ReplayDays = 730;

    /// <summary>Similarity from which items without a common theme belong together.</summary>
    private const double Close = 0.2;

    // A published item never changes, and outlives many snapshots: its words are counted once.
    private static readonly ConditionalWeakTable<Published, IReadOnlyDictionary<string, int>> Counted = [];

    /// <param name="published">The item that is read.</param>
    /// <param name="snapshot">What is public.</param>
    /// <param name="today">In Paris.</param>
    /// <param name="shown">Ids that its page shows already.</param>
    public static IReadOnlyList<RelatedItem> Of(Published published, Snapshot snapshot, DateOnly today, IEnumerable<string> shown)
    {
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (published.ForMembers)
        {
            return [];
        }

        HashSet<string> known = [published.Id, .. shown];
        var open = Candidates(snapshot, today).Where(item => !known.Contains(item.Published.Id))
            .ToLookup(item => Shared(published, item.Published) > 0);
        var chosen = Ranked(published, [.. open[true]]).Take(Most).Select(item => item.Item).ToList();
        return chosen.Count == Most ? chosen :
        [
            .. chosen,
            .. Ranked(published, [.. open[false]]).Where(item => item.Similarity >= Close).Take(Most - chosen.Count)
                .Select(item => item.Item),
        ];
    }

    /// <summary>Leaves out what is cancelled, and members' items: they have no public themes and no public text.</summary>
    private static IEnumerable<RelatedItem> Candidates(Snapshot snapshot, DateOnly today)
    {
        foreach (var times in snapshot.Agenda.GroupBy(time => time.Event.Id))
        {
            var published = times.First().Event;
            var happening = (Event)published.Item;
            var days = happening is Webinar { ReplayUrl: not null } ? ReplayDays : RecentDays;
            var time = times.FirstOrDefault(time => time.LastDay >= today) ?? times.Last();
            if (!published.ForMembers && happening.Status is not (EventStatus.Cancelled or EventStatus.Postponed)
                && time.LastDay >= today.AddDays(-days))
            {
                yield return new RelatedItem(published, time);
            }
        }

        foreach (var sheet in snapshot.Items.Values.Where(item => item.Kind == Kinds.BestPractice && !item.ForMembers))
        {
            yield return new RelatedItem(sheet, null);
        }
    }

    private static IEnumerable<(RelatedItem Item, double Similarity)> Ranked(Published published, IReadOnlyList<RelatedItem> items) =>
        items.Zip(Similarity.Of(WordsOf(published), [.. items.Select(item => WordsOf(item.Published))]))
            .OrderByDescending(pair => Shared(published, pair.First.Published)).ThenByDescending(pair => pair.Second)
            .ThenBy(pair => pair.First.Published.Id, StringComparer.Ordinal);

    private static int Shared(Published one, Published other) => one.Item.Themes.Count(other.Item.Themes.Contains);

    private static IReadOnlyDictionary<string, int> WordsOf(Published published) =>
        Counted.GetValue(published, item => Similarity.Words(item.Folded));
}
