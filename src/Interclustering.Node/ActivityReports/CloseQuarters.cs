using Interclustering.Node.NationalView;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.ActivityReports;

/// <summary>Closes the quarter before once it has been over for ten days: what came late is in it by then.</summary>
public sealed class CloseQuarters(Nodes nodes, NationalItems items, TimeProvider clock, ILogger<CloseQuarters> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromHours(1), logger)
{
    /// <summary>Days after the last one.</summary>
    public const int After = 10;

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var today = ParisDay.Today(Clock);
        var period = ReportPeriod.QuarterOf(today).Before;
        // What was not heard of since is not closed: a node that was away counts once it has caught up.
        if (today < period.To.AddDays(After) || !(await NationalItems.KnownAtAsync(db, cancellation) is { } heard
                && DateOnly.FromDateTime(heard) >= period.To.AddDays(After))
            || await db.ClosedQuarters.AnyAsync(row => row.Period == period.Key, cancellation))
        {
            return;
        }

        var figures = (await ActivitySources.ReadAsync(db, items, node.Code, cancellation)).Of(period);
        db.Add(new ClosedQuarter { Period = period.Key, ClosedAt = Clock.GetUtcNow().UtcDateTime, Figures = figures.Write() });
        await db.SaveChangesAsync(cancellation);
    }
}
