using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Radar;

/// <summary>The radar beside a form while a date is chosen, and the same over a month for all clusters.</summary>
internal static class RadarPages
{
    public static void MapRadar(this RouteGroupBuilder group)
    {
        group.MapGet("/radar", Around);
        group.MapGet("/calendrier", MonthAsync);
    }

    /// <summary>The part of a page that follows the form's fields, for the script.</summary>
    private static IResult Around(NodeInstance node, HttpRequest request) =>
        new RazorComponentResult<RadarAside>(new Dictionary<string, object?>
        {
            [nameof(RadarAside.Plan)] = PlanOf(
            request.Query["date"], request.Query["themes"]!, request.Query["audiences"]!, request.Query["region"]
                .FirstOrDefault() is { Length: > 0 } region ? region : node.Cluster.Insee,
            request.Query["attendance"] == Attendance.Online, request.Query["self"]),
        });

    public static Plan? PlanOf(string? date, IEnumerable<string> themes, IEnumerable<string> audiences, string? region, bool online,
        string? self) => DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 2000 and < 2200
            ? new Plan(day, [.. themes], [.. audiences], Plan.ZonesOf(region, online), string.IsNullOrEmpty(self) ? null : self)
            : null;

    private static async Task<IResult> MonthAsync(
        HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national, SchoolHolidays holidays, TimeProvider clock,
            string? month, string? theme, CancellationToken cancellation)
    {
        var today = ParisDay.Today(clock);
        var first = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            && asked.Year is > 2000 and < 2200
            ? asked : new DateOnly(today.Year, today.Month, 1);
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        return WorkspacePage.Of<MonthPage>(http, node, T["Calendrier des clusters"], new()
        {
            [nameof(MonthPage.First)] = first,
            [nameof(MonthPage.Today)] = today,
            [nameof(MonthPage.Theme)] = KnownThemes.All.Contains(theme ?? "") ? theme : null,
            [nameof(MonthPage.Holidays)] = holidays,
            [nameof(MonthPage.Engagements)] = agenda.Engagements.Where(each =>
                each.Time.LastDay >= first && each.Time.Day < first.AddMonths(1) && !(each.ExpiresOn < today)).ToList(),
            [nameof(MonthPage.KnownAt)] = agenda.KnownAt,
            [nameof(MonthPage.Now)] = clock.GetUtcNow().UtcDateTime,
        });
    }
}
