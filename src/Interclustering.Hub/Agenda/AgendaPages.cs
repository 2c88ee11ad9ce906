using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
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
        pages.MapGet("/agenda/mois", GoToMonth);
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
            FilterWords.PageTitle(T["Agenda"], filter, directory), "/agenda",
            new(OfEveryView(filter, bounded, agenda, directory, today))
            {
                [nameof(AgendaPage.Slice)] = slice,
                [nameof(AgendaPage.Running)] = slice.Before is null
                    ? matching.TakeWhile(time => time.Day < first).ToList() : [],
                [nameof(AgendaPage.Waiting)] = waiting,
                [nameof(AgendaPage.Near)] = matching.Count + waiting.Count > 0 ? [] : NearMatch.Of(agenda, filter, directory, today),
            },
            query: filter.Text, feeds: FeedLinks.OfAgenda(filter.Query()),
            card: !filter.IsEmpty || slice.Before is not null ? Pages.NotIndexed
                : new PageCard { Canonical = Pages.OriginOf(request) + Language.To("/") },
            isEmbeddable: !filter.Past);
    }

    private static IResult ShowMap(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var today = ParisDay.Today(clock);
        var agenda = catalogue.Current.Agenda;
        var bounded = filter.On(today);
        var parameters = OfEveryView(filter, bounded, agenda, directory, today);
        return Pages.Of<MapPage>(
            FilterWords.PageTitle(T["Carte"], filter, directory), "/agenda",
            new(parameters)
            {
                [nameof(MapPage.Near)] = parameters[nameof(MapPage.Facets)] is Facets { Total: > 0 }
                    ? [] : NearMatch.Of(agenda, filter, directory, today),
            },
            query: filter.Text, feeds: FeedLinks.OfAgenda(filter.Query()), card: filter.IsEmpty ? null : Pages.NotIndexed,
            isEmbeddable: !filter.Past);
    }

    /// <summary>The first day of a day's month.</summary>
    internal static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Where the choice of a month leads, without a script.</summary>
    private static IResult GoToMonth(string? month, HttpRequest request, FederationDirectory directory, TimeProvider clock)
    {
        var first = TryMonth(month, out var chosen) ? chosen : ParisDay.Today(clock);
        return TypedResults.LocalRedirect(
            Language.To(AgendaView.Month(first).Path + AgendaFilter.Read(request.Query, directory).Undated.Query()));
    }

    private static bool TryMonth(string? month, out DateOnly first) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out first)
        && AgendaView.IsShown(first);

    private static IResult ShowMonth(string month, HttpRequest request, Catalogue catalogue, FederationDirectory directory,
        TimeProvider clock) =>
        !TryMonth(month, out var first) ? Pages.NotFound(T["Ce mois n’existe pas."])
            : ShowPeriod(
                request, catalogue, directory, ParisDay.Today(clock), DateWords.Month(first), AgendaView.Month(first),
                AgendaView.Month(first.AddMonths(-1)), AgendaView.Month(first.AddMonths(1)));

    private static IResult ShowWeek(string week, HttpRequest request, Catalogue catalogue, FederationDirectory directory,
        TimeProvider clock) => AgendaWeek.Monday(week) is not { } monday || !AgendaView.IsShown(monday)
            ? Pages.NotFound(T["Cette semaine n’existe pas."])
            : ShowPeriod(
                request, catalogue, directory, ParisDay.Today(clock), T["Semaine du {0}", DateWords.InFull(monday)],
                AgendaView.Week(monday), AgendaView.Week(monday.AddDays(-7)), AgendaView.Week(monday.AddDays(7)));

    private static IResult ShowPeriod(
        HttpRequest request, Catalogue catalogue, FederationDirectory directory, DateOnly today, string title, AgendaView view,
            AgendaView before, AgendaView after)
    {
        // The days are the view's.
        var filter = AgendaFilter.Read(request.Query, directory).Undated;
        var (first, last) = (view.First!.Value, view.Last!.Value);
        var bounded = filter with { From = first, To = last };
        var agenda = catalogue.Current.Agenda;
        var shown = MatchingTimes.Of(agenda, bounded, _ => true);
        return Pages.Of<PeriodPage>(
            FilterWords.Title(title, filter, directory), "/agenda",
            new(OfEveryView(filter, bounded, agenda, directory, today))
            {
                [nameof(PeriodPage.Title)] = title,
                [nameof(PeriodPage.View)] = view,
                [nameof(PeriodPage.Before)] = before,
                [nameof(PeriodPage.After)] = after,
                [nameof(PeriodPage.Months)] = agenda.Months.Where(AgendaView.IsShown).Append(MonthOf(first)).Append(MonthOf(today))
                    .Distinct().Order().ToList(),
                [nameof(PeriodPage.Shown)] = shown.ToList(),
                [nameof(PeriodPage.Nearest)] = shown.Count > 0 ? null : NearestTo(first, last, agenda, bounded),
            },
            feeds: FeedLinks.OfAgenda(filter.Query()), card: filter.IsEmpty && shown.Count > 0 ? null : Pages.NotIndexed,
            isEmbeddable: true);
    }

    private static Dictionary<string, object?> OfEveryView(
        AgendaFilter filter, AgendaFilter bounded, Timetable agenda, FederationDirectory directory, DateOnly today)
    {
        var facets = Facets.Count(agenda, bounded);
        return new()
        {
            [nameof(MapPage.Filter)] = filter,
            [nameof(MapPage.Facets)] = facets,
            [nameof(MapPage.Today)] = today,
            [nameof(MapPage.All)] = filter is { Chosen.Count: 0, Text: null } ? facets.Total
                : bounded is { To: null, Past: false } && bounded.From == today ? agenda.ItemsToCome(today)
                : Facets.Count(agenda, bounded.OnlyDated).Total,
            [nameof(MapPage.Directory)] = directory,
        };
    }

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
}
