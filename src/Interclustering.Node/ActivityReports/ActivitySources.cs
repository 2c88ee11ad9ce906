using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.JointWebinars;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.ActivityReports;

/// <summary>What a cluster's letter to its members has taken up.</summary>
/// <param name="Cluster">Its code.</param>
/// <param name="Issue">What stood in it.</param>
public sealed record SentIssue(string Cluster, LetterIssue Issue);

/// <summary>What a period is counted from: all that this node knows of the clusters. The definitions stand beside the figures.</summary>
/// <param name="Items">What is published now.</param>
/// <param name="PublishedAt">Of each item, when it was published first, UTC; only of sheets.</param>
/// <param name="Dossiers">Of joint webinars.</param>
/// <param name="Letters">Of all clusters.</param>
public sealed record ActivitySources(IReadOnlyList<NationalItem> Items, IReadOnlyList<DateTime> PublishedAt,
    IReadOnlyList<Dossier> Dossiers, IReadOnlyList<SentIssue> Letters)
{
    internal static async Task<ActivitySources> ReadAsync(NodeContext db, NationalItems items, string node, CancellationToken cancellation)
    {
        var all = await items.ReadAsync(db, node, [Kinds.Event, Kinds.Webinar, Kinds.BestPractice], cancellation);
        var first = await db.Publications.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode
            && row.Kind == Kinds.BestPractice).ToDictionaryAsync(row => row.Subject, row => row.PublishedAt, cancellation);
        var letters = await db.Publications.AsNoTracking().Where(row => row.Kind == Kinds.LetterIssue && row.Data != null)
            .ToListAsync(cancellation);
        return new ActivitySources(all, [.. all.Select(item => first.GetValueOrDefault(item.Subject))],
            await NationalView.Dossiers.ReadAsync(db, node, cancellation),
            [.. FaultIsolation.Shared.Each([.. letters.DistinctBy(row => row.Subject)], row => (row.Subject, row.Revision), row =>
                new SentIssue(row.Cluster, (LetterIssue)PublicationText.Read(row.Kind, row.Data!)))]);
    }

    /// <summary>Pure: the same sources give the same figures.</summary>
    public ActivityFigures Of(ReportPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var figures = new Counting();
        foreach (var (item, published) in Items.Zip(PublishedAt).Where(each => IsPublished(each.First)))
        {
            if (DayOf(item, published) is { } day && period.Has(day))
            {
                figures.Add(Organisers(item), ((PublishedItem)item.Publication).Themes, One(item));
            }
        }

        var known = Items.ToDictionary(item => item.Subject);
        foreach (var (cluster, letter) in Letters.Where(each => period.Has(Day(each.Issue.SentOn))))
        {
            foreach (var item in letter.Items.Select(known.GetValueOrDefault).OfType<NationalItem>()
                .Where(item => !Organisers(item).Contains(cluster)))
            {
                figures.Add(Organisers(item), ((PublishedItem)item.Publication).Themes, new ActivityCounts(TakenUp: 1));
            }
        }

        return figures.With([.. Dossiers.Select(DaysToAnnounce).OfType<(DateOnly Day, int Days)>().Where(each => period.Has(each.Day))
            .Select(each => each.Days)]);
    }

    /// <summary>What is for teams only, and what was called off, is not counted.</summary>
    private static bool IsPublished(NationalItem item) => ((PublishedItem)item.Publication).Visibility != Visibility.Staff
        && item.Publication is not Event { Status: EventStatus.Cancelled or EventStatus.Postponed };

    /// <summary>The first day of an event; the day on which a sheet was published first.</summary>
    private static DateOnly? DayOf(NationalItem item, DateTime published) => item.Publication is Event happening
        ? happening.Sessions is [var first, ..] ? Day(first.Start[..10]) : null
        : DateOnly.FromDateTime(ParisDay.Of(DateTime.SpecifyKind(published, DateTimeKind.Utc)));

    private static IReadOnlyList<string> Organisers(NationalItem item) =>
        [.. ((PublishedItem)item.Publication).CoOrganisers.Prepend(item.Cluster.Code).Distinct()];

    private static ActivityCounts One(NationalItem item) => item switch
    {
        { IsJoint: true } => new(JointWebinars: 1),
        { Kind: Kinds.Webinar } => new(Webinars: 1),
        { Publication: Event } => new(Events: 1),
        _ => new(Sheets: 1),
    };

    private static (DateOnly Day, int Days)? DaysToAnnounce(Dossier dossier)
    {
        if (dossier.Announcements is not [var first, ..])
        {
            return null;
        }

        var (proposed, announced) = (DateOf(dossier.Opened.SaidAt), DateOf(first.SaidAt));
        return (announced, Math.Max(0, announced.DayNumber - proposed.DayNumber));
    }

    private static DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(ParisDay.Of(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Counting
    {
        private readonly Dictionary<string, ActivityCounts> byCluster = [], byTheme = [];
        private ActivityCounts total = new();

        public void Add(IReadOnlyList<string> clusters, IReadOnlyList<string> themes, ActivityCounts counts)
        {
            total += counts;
            foreach (var cluster in clusters)
            {
                byCluster[cluster] = byCluster.GetValueOrDefault(cluster, new()) + counts;
            }

            foreach (var theme in themes.Distinct().DefaultIfEmpty(""))
            {
                byTheme[theme] = byTheme.GetValueOrDefault(theme, new()) + counts;
            }
        }

        public ActivityFigures With(IReadOnlyList<int> days) => new(total, byCluster, byTheme, days);
    }
}
