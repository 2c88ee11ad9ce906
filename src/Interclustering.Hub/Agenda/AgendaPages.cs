using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Agenda;

/// <summary>The agenda: list, map, month and week.</summary>
public static class AgendaPages
{
    private const int CloseByDays = 100;

    public static void MapAgenda(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("").ExcludeFromDescription();
        pages.MapGet("/", ShowList);
        pages.MapGet("/agenda", ShowList);
        pages.MapGet("/agenda/carte", ShowMap);
        pages.MapGet("/agenda/{month:regex(^\\d{{4}}-\\d{{2}}$)}", ShowMonth);
        pages.MapGet("/agenda/{week:regex(^\\d{{4}}-W\\d{{2}}$)}", ShowWeek);
    }

    private static IResult ShowList(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var today = ParisDay.Today(clock);
        var agenda = catalogue.Current.Agenda;
        var bounded = filter.On(today);
        var matching = MatchingTimes.Of(
            agenda, bounded, time => !time.IsToBeFixed && (!filter.Past || time.LastDay < today), descends: filter.Past);

        // What began before the first day is told once, on the first page.
        var first = filter.Past ? null : bounded.From;
        var slice = AgendaSlice.Of(first is { } day ? matching.Since(day) : matching, request.Query["start"]);
        var waiting = slice.Next is not null ? []
            : MatchingTimes.Of(agenda, bounded, time => time.IsToBeFixed).Where(time => time.IsToBeFixed).ToList();
        return Pages.Of<AgendaPage>(
            T[filter.IsEmpty ? "Agenda" : "Agenda filtré"], "/agenda",
            new(OfEveryView(filter, bounded, agenda, directory, today))
            {
                [nameof(AgendaPage.Slice)] = slice,
                [nameof(AgendaPage.Running)] = slice.Before is null
                    ? matching.TakeWhile(time => time.Day < first).ToList() : [],
                [nameof(AgendaPage.Waiting)] = waiting,
                [nameof(AgendaPage.Near)] = matching.Count + waiting.Count > 0 ? [] : NearMatch.Of(agenda, filter, directory, today),
            },
            query: filter.Text, feeds: FeedLinks.OfAgenda(filter.Query()));
    }

    private static IResult ShowMap(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var today = ParisDay.Today(clock);
        var agenda = catalogue.Current.Agenda;
        var bounded = filter.On(today);
        var parameters = OfEveryView(filter, bounded, agenda, directory, today);
        return Pages.Of<MapPage>(
            T["Carte"], "/agenda",
            new(parameters)
            {
                [nameof(MapPage.Near)] = parameters[nameof(MapPage.Facets)] is Facets { Total: > 0 }
                    ? [] : NearMatch.Of(agenda, filter, directory, today),
            },
            query: filter.Text, feeds: FeedLinks.OfAgenda(filter.Query()));
    }

    private static IResult ShowMonth(string month, HttpRequest request, Catalogue catalogue, FederationDirectory directory,
        TimeProvider clock) =>
        !DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || !IsShown(first)
            ? Pages.NotFound(T["Ce mois n’existe pas."])
            : ShowPeriod(
                request, catalogue, directory, ParisDay.Today(clock), first, first.AddMonths(1)
                    .AddDays(-1), DateWords.Month(first), T["Mois"],
                DateWords.Iso(first.AddMonths(-1))[..7], DateWords.Iso(first.AddMonths(1))[..7]);

    private static IResult ShowWeek(string week, HttpRequest request, Catalogue catalogue, FederationDirectory directory,
        TimeProvider clock) => AgendaWeek.Monday(week) is not { } monday || !IsShown(monday)
            ? Pages.NotFound(T["Cette semaine n’existe pas."])
            : ShowPeriod(
                request, catalogue, directory, ParisDay.Today(clock), monday, monday.AddDays(6),
                    T["Semaine du {0}", DateWords.InFull(monday)], T["Semaine"],
                AgendaWeek.Of(monday.AddDays(-7)), AgendaWeek.Of(monday.AddDays(7)));

    private static IResult ShowPeriod(
        HttpRequest request, Catalogue catalogue, FederationDirectory directory, DateOnly today, DateOnly first, DateOnly last,
            string title, string view, string before, string after)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var bounded = filter with { From = first, To = last, Around = null };
        var agenda = catalogue.Current.Agenda;
        var shown = MatchingTimes.Of(agenda, bounded, _ => true);
        return Pages.Of<PeriodPage>(
            $"{T["Agenda"]}, {title}", "/agenda",
            new(OfEveryView(filter, bounded, agenda, directory, today))
            {
                [nameof(PeriodPage.Title)] = title,
                [nameof(PeriodPage.View)] = view,
                [nameof(PeriodPage.First)] = first,
                [nameof(PeriodPage.Last)] = last,
                [nameof(PeriodPage.Before)] = before,
                [nameof(PeriodPage.After)] = after,
                [nameof(PeriodPage.Shown)] = shown.ToList(),
                [nameof(PeriodPage.Nearest)] = shown.Count > 0 ? null : NearestTo(first, last, agenda, bounded),
            },
            feeds: FeedLinks.OfAgenda(filter.Query()));
    }

    private static Dictionary<string, object?> OfEveryView(
        AgendaFilter filter, AgendaFilter bounded, Timetable agenda, FederationDirectory directory, DateOnly today) => new()
        {
            [nameof(MapPage.Filter)] = filter,
            [nameof(MapPage.Facets)] = Facets.Count(agenda, bounded),
            [nameof(MapPage.Today)] = today,
            [nameof(MapPage.All)] = agenda.ItemsToCome(today),
            [nameof(MapPage.Directory)] = directory,
        };

    /// <summary>What takes place nearest to a period in which nothing does: first close by, then everywhere.</summary>
    private static Occurrence? NearestTo(DateOnly first, DateOnly last, Timetable agenda, AgendaFilter filter) =>
        ((int[])[CloseByDays, DateOnly.MaxValue.DayNumber]).Select(days => filter with
        {
            From = DateOnly.FromDayNumber(Math.Max(first.DayNumber - days, DateOnly.MinValue.DayNumber)),
            To = DateOnly.FromDayNumber(Math.Min(last.DayNumber + days, DateOnly.MaxValue.DayNumber)),
        })
        .Select(near => MatchingTimes.Of(agenda, near, time => !time.IsToBeFixed)
            .MinBy(time => time.Day > last ? time.Day.DayNumber - last.DayNumber : first.DayNumber - time.LastDay.DayNumber))
        .FirstOrDefault(time => time is not null);

    /// <summary>A month and a week before and after can be linked to.</summary>
    private static bool IsShown(DateOnly day) => day.Year is > 1900 and < 2202;
}
