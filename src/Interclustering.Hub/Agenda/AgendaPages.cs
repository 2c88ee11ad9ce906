using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Feeds;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Agenda;

/// <summary>The agenda: list, month, one event, and the calendars of them.</summary>
public static class AgendaPages
{
    private const int PageSize = 40;

    public static void MapAgenda(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("").ExcludeFromDescription();
        pages.MapGet("/", ShowList);
        pages.MapGet("/agenda", ShowList);
        pages.MapGet("/agenda/{month:regex(^\\d{{4}}-\\d{{2}}$)}", ShowMonth);
        pages.MapGet("/agenda.ics", (HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock) =>
            AgendaCalendar.Of(catalogue.Current, AgendaFilter.Read(request.Query, directory), ParisDay.Today(clock), Origin(request)));
        pages.MapGet("/evenements/{id}.ics", ShowCalendar);
        pages.MapGet("/evenements/{id}/{slug?}", ShowEvent);
    }

    private static IResult ShowList(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var today = ParisDay.Today(clock);
        var snapshot = catalogue.Current;
        var from = filter.From ?? today;
        var counted = filter with { From = from };
        var matching = snapshot.Agenda.Where(counted.Matches).ToList();
        var skip = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 ? (page - 1) * PageSize : 0;
        return Pages.Of<AgendaPage>(
            T[filter.IsEmpty ? "Agenda" : "Agenda filtré"], "/agenda",
            new()
            {
                [nameof(AgendaPage.Filter)] = filter,
                [nameof(AgendaPage.Today)] = today,
                [nameof(AgendaPage.Upcoming)] = snapshot.Agenda.Where(time => time.LastDay >= today).ToList(),
                [nameof(AgendaPage.Shown)] = matching.Skip(skip).Take(PageSize).ToList(),
                [nameof(AgendaPage.Matching)] = matching.Count,
                [nameof(AgendaPage.Page)] = skip / PageSize + 1,
                [nameof(AgendaPage.Pages)] = (matching.Count + PageSize - 1) / PageSize,
                [nameof(AgendaPage.Directory)] = directory,
            },
            query: filter.Text, calendar: "/agenda.ics" + filter.Query());
    }

    private static IResult ShowMonth(string month, HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        if (!DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return Pages.NotFound(T["Ce mois n’existe pas."]);
        }

        var filter = AgendaFilter.Read(request.Query, directory);
        var bounded = filter with { From = first, To = first.AddMonths(1).AddDays(-1) };
        return Pages.Of<MonthPage>(
            $"{T["Agenda"]}, {DateWords.Month(first)}", "/agenda",
            new()
            {
                [nameof(MonthPage.First)] = first,
                [nameof(MonthPage.Today)] = ParisDay.Today(clock),
                [nameof(MonthPage.Filter)] = filter,
                [nameof(MonthPage.Shown)] = catalogue.Current.Agenda.Where(bounded.Matches).ToList(),
            },
            calendar: "/agenda.ics" + filter.Query());
    }

    private static IResult ShowEvent(string id, string? slug, HttpRequest request, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        if (Pages.Find(snapshot, id, item => item.Item is Event, out var published, slug, request.Query) is { } other)
        {
            return other;
        }

        return Pages.Of<EventPage>(
            published!.Title, "/agenda",
            new()
            {
                [nameof(EventPage.Published)] = published,
                [nameof(EventPage.Times)] = snapshot.Agenda.Where(time => time.Event == published).ToList(),
                [nameof(EventPage.People)] = snapshot.People,
                [nameof(EventPage.Today)] = ParisDay.Today(clock),
            },
            description: published.Item.Summary, calendar: $"/evenements/{id}.ics");
    }

    private static IResult ShowCalendar(string id, HttpRequest request, Catalogue catalogue) =>
        Pages.Find(catalogue.Current, id, item => item.Item is Event, out var published) ?? AgendaCalendar.Of(published!, Origin(request));

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}

/// <summary>Today where the clusters are.</summary>
public static class ParisDay
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateOnly Today(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Paris).DateTime);
    }

    public static DateTime Of(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Paris);
}
