using Interclustering.Node.NationalView;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.ActivityReports;

/// <summary>A quarter as it is shown.</summary>
/// <param name="Period">Which.</param>
/// <param name="Figures">As it was closed, else as it is counted now.</param>
/// <param name="ClosedAt">UTC; null while it is open.</param>
/// <param name="Now">As it is counted now; null where that is the same.</param>
public sealed record ShownQuarter(ReportPeriod Period, ActivityFigures Figures, DateTime? ClosedAt, ActivityFigures? Now);

/// <summary>A period as it is shown: the sum of its quarters.</summary>
/// <param name="Period">Which.</param>
/// <param name="Quarters">In order.</param>
public sealed record ShownReport(ReportPeriod Period, IReadOnlyList<ShownQuarter> Quarters)
{
    public ActivityFigures Figures { get; } = Quarters.Select(quarter => quarter.Figures)
        .Aggregate(ActivityFigures.None, (sum, each) => sum.Plus(each));

    internal static async Task<ShownReport> ReadAsync(
        NodeContext db, NationalItems items, string node, ReportPeriod period, CancellationToken cancellation)
    {
        var sources = await ActivitySources.ReadAsync(db, items, node, cancellation);
        var keys = period.Quarters.Select(quarter => quarter.Key).ToList();
        var closed = await db.ClosedQuarters.AsNoTracking().Where(row => keys.Contains(row.Period))
            .ToDictionaryAsync(row => row.Period, cancellation);
        return new ShownReport(period, [.. period.Quarters.Select(quarter => Of(quarter, sources, closed.GetValueOrDefault(quarter.Key)))]);
    }

    private static ShownQuarter Of(ReportPeriod quarter, ActivitySources sources, ClosedQuarter? closed)
    {
        var now = sources.Of(quarter);
        return closed is null ? new ShownQuarter(quarter, now, null, null)
            : new ShownQuarter(quarter, ActivityFigures.Read(closed.Figures), closed.ClosedAt, closed.Figures == now.Write() ? null : now);
    }
}
