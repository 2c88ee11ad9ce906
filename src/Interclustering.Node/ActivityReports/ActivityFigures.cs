using System.Text.Json;

namespace Interclustering.Node.ActivityReports;

/// <summary>The figures of a period.</summary>
/// <param name="Total">Each once, also where several clusters organise it.</param>
/// <param name="ByCluster">By code: what several organise counts for each.</param>
/// <param name="ByTheme">By slug, the empty one for what has none: what has several counts for each.</param>
/// <param name="DaysToAnnounce">Of each joint webinar that was announced in it, the days since it was proposed.</param>
public sealed record ActivityFigures(ActivityCounts Total, IReadOnlyDictionary<string, ActivityCounts> ByCluster,
    IReadOnlyDictionary<string, ActivityCounts> ByTheme, IReadOnlyList<int> DaysToAnnounce)
{
    public static ActivityFigures None { get; } = new(new ActivityCounts(), new Dictionary<string, ActivityCounts>(),
        new Dictionary<string, ActivityCounts>(), []);

    /// <summary>Null where none was announced.</summary>
    public int? MedianDays => DaysToAnnounce.Count == 0 ? null : DaysToAnnounce.Order().ElementAt((DaysToAnnounce.Count - 1) / 2);

    /// <summary>Of two periods that follow each other.</summary>
    public ActivityFigures Plus(ActivityFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Total + other.Total, Plus(ByCluster, other.ByCluster), Plus(ByTheme, other.ByTheme),
            [.. DaysToAnnounce, .. other.DaysToAnnounce]);
    }

    public string Write() => JsonSerializer.Serialize(this with
    {
        ByCluster = new SortedDictionary<string, ActivityCounts>(ByCluster.ToDictionary(), StringComparer.Ordinal),
        ByTheme = new SortedDictionary<string, ActivityCounts>(ByTheme.ToDictionary(), StringComparer.Ordinal),
        DaysToAnnounce = [.. DaysToAnnounce.Order()],
    });

    /// <exception cref="JsonException">It isn't what <see cref="Write"/> gives.</exception>
    public static ActivityFigures Read(string text) => JsonSerializer.Deserialize<ActivityFigures>(text) ?? None;

    private static Dictionary<string, ActivityCounts> Plus(
        IReadOnlyDictionary<string, ActivityCounts> one, IReadOnlyDictionary<string, ActivityCounts> other) =>
        one.Concat(other).GroupBy(each => each.Key).ToDictionary(same => same.Key,
            same => same.Select(each => each.Value).Aggregate(new ActivityCounts(), (sum, each) => sum + each));
}
