using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Recurrences;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Radar;

/// <summary>The radar beside a form while a date is chosen, and the same over a month for all clusters.</summary>
internal static class RadarPages
{
    private const int MostDaysOfOne = 62;

    public static void MapRadar(this RouteGroupBuilder group)
    {
        group.MapGet("/radar", Around);
        group.MapGet("/calendrier", MonthAsync);
    }

    /// <summary>The part of a page that follows the form's fields, for the script.</summary>
    private static IResult Around(NodeInstance node, HttpRequest request, TimeProvider clock)
    {
        var form = ItemForm.Read(Kinds.Event, new FormCollection(request.Query.ToDictionary(field => field.Key, field => field.Value)));
        return new RazorComponentResult<RadarAside>(new Dictionary<string, object?>
        {
            [nameof(RadarAside.Plan)] = PlanOf(form, node.Cluster.Insee, form["self"], ParisDay.Today(clock)),
        });
    }

    /// <summary>Of a form as typed: the day that was chosen last, or the first one, and all others.</summary>
    /// <param name="form">Of an event or a webinar.</param>
    /// <param name="usual">Of a cluster: its region counts where the form names none.</param>
    /// <param name="self">The publication that it is, so that it is not in its own way.</param>
    /// <param name="today">In Paris.</param>
    public static Plan? PlanOf(ItemForm form, string usual, string? self, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(form);
        var days = form.Sessions.SelectMany(DaysOf).Concat(RepeatField.Understood(form, today)?.Dates.Where(date => date.TakesPlace)
            .Select(date => date.Day) ?? []).ToList();
        var chosen = form["chosen"].Length > 0 ? form["chosen"] : form.Sessions.Select(session => session.Date).FirstOrDefault(date =>
            SessionInput.DayOf(date) is not null);
        return PlanOf(chosen, form.Themes, form.Audiences, form["region"] is { Length: > 0 } region ? region : usual,
            form["attendance"] == Attendance.Online, self) is { } plan
            ? plan with { Others = [.. days.Where(day => day != plan.Day)] } : null;
    }

    private static IEnumerable<DateOnly> DaysOf(SessionInput session) => SessionInput.DayOf(session.Date) is not { } first ? []
        : SessionInput.DayOf(session.EndDate) is { } last && last > first
            ? Enumerable.Range(0, Math.Min(last.DayNumber - first.DayNumber + 1, MostDaysOfOne)).Select(first.AddDays) : [first];

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
