using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.ActivityReports;

/// <summary>« Bilan »: what the clusters have done, by quarter and year. Only counts.</summary>
internal static class ReportPages
{
    public static void MapActivityReports(this RouteGroupBuilder group)
    {
        group.MapGet("/bilan", async (HttpContext http, NodeInstance node, NodeContext db, NationalItems items, TimeProvider clock,
            string? periode, CancellationToken cancellation) =>
            WorkspacePage.Of<ReportPage>(http, node, T["Bilan"], new()
            {
                [nameof(ReportPage.Report)] = await ShownReport.ReadAsync(db, items, node.Code, Asked(periode, clock), cancellation),
                [nameof(ReportPage.Today)] = ParisDay.Today(clock),
                [nameof(ReportPage.KnownAt)] = await NationalItems.KnownAtAsync(db, cancellation),
                [nameof(ReportPage.Now)] = http.Now(),
            }));
        group.MapGet("/bilan.csv", async (NodeInstance node, NodeContext db, NationalItems items, FederationDirectory directory,
            TimeProvider clock, string? periode, CancellationToken cancellation) =>
        {
            var report = await ShownReport.ReadAsync(db, items, node.Code, Asked(periode, clock), cancellation);
            return Results.File(ReportTable.Write(report, directory), "text/csv; charset=utf-8", $"bilan-{report.Period.Key}.csv");
        });
    }

    /// <summary>The quarter that is going on, where no other is named.</summary>
    private static ReportPeriod Asked(string? key, TimeProvider clock) =>
        ReportPeriod.Read(key) ?? ReportPeriod.QuarterOf(ParisDay.Today(clock));
}
