namespace Interclustering.Node.ActivityReports;

/// <summary>How much of each there was. It has no figure about a person.</summary>
/// <param name="Events">Events that took place, or are to.</param>
/// <param name="Webinars">Of one cluster.</param>
/// <param name="JointWebinars">Of several.</param>
/// <param name="Sheets">Best-practice sheets published.</param>
/// <param name="TakenUp">How often publications stood in letters of other clusters.</param>
public sealed record ActivityCounts(int Events = 0, int Webinars = 0, int JointWebinars = 0, int Sheets = 0, int TakenUp = 0)
{
    public bool IsNone => this == new ActivityCounts();

    public static ActivityCounts operator +(ActivityCounts one, ActivityCounts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(one.Events + other.Events, one.Webinars + other.Webinars, one.JointWebinars + other.JointWebinars,
            one.Sheets + other.Sheets, one.TakenUp + other.TakenUp);
    }

    public static ActivityCounts Add(ActivityCounts left, ActivityCounts right) => left + right;
}
