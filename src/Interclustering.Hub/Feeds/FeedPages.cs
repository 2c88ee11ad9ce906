using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Api;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Feeds;

/// <summary>Any filter as a calendar and as feeds, and the page that says how to subscribe to them.</summary>
public static class FeedPages
{
    // Where nothing can be any more, and counting still works.
    private const int MaxPage = 100_000;
    private const string Calendar = "text/calendar", Table = "text/csv";
    private static readonly (string, string) PageParameter = ("page", "From 1.");

    public static void MapFeeds(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("").ExcludeFromDescription();
        pages.MapGet("/abonnement", ShowSubscription);
        var feeds = endpoints.MapFresh("").RequireCors(AnyOrigin.Policy).WithTags(ApiDescription.Feeds);
        feeds.MapGet("/agenda.ics", ShowCalendar).WithName("Calendar").TakesFilter()
            .WithSummary("The agenda as iCalendar, to subscribe to; without dates from 90 days ago").Produces<string>(200, Calendar)
            .WithExample(() => FeedExamples.Calendar, Calendar);
        feeds.MapGet("/agenda.jscal.json", ShowGroup).WithName("JSCalendar").TakesFilter()
            .WithSummary("The same as JSCalendar (RFC 8984): a Group of Events").Produces<object>(200, JsCalendar.MediaType)
            .WithExample(() => FeedExamples.Group, JsCalendar.MediaType);
        feeds.MapGet("/agenda.csv", ShowTable).WithName("Table").TakesFilter(("past", "1: what has taken place, the latest first."))
            .WithSummary("The agenda as a table (RFC 4180, semicolons, UTF-8 with its mark): a row for each time; without dates from today")
            .Produces<string>(200, Table).WithExample(() => FeedExamples.Table, Table);
        foreach (var format in FeedFormat.All)
        {
            feeds.MapGet($"/agenda.{format.Extension}",
                (HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock) =>
                ShowFeed(
                    format, "/agenda", T["Agenda de l’interclustering logistique"], request, catalogue.Current, directory,
                    (snapshot, filter) => FeedContents.Agenda(snapshot, filter, ParisDay.Today(clock))))
                .WithName("Agenda." + format.Extension).TakesFilter(PageParameter).WithSummary($"Events and webinars as {format.Name}")
                .Produces<string>(200, format.MediaType);
            feeds.MapGet($"/ressources.{format.Extension}", (HttpRequest request, Catalogue catalogue, FederationDirectory directory) =>
                ShowFeed(
                    format, "/ressources", T["Fiches pratiques de l’interclustering logistique"], request, catalogue.Current, directory,
                    FeedContents.Sheets))
                .WithName("Sheets." + format.Extension).TakesFilter(PageParameter).WithSummary($"Best-practice sheets as {format.Name}")
                .Produces<string>(200, format.MediaType);
        }
    }

    private static IResult ShowSubscription(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var (snapshot, today) = (catalogue.Current, ParisDay.Today(clock));
        return Pages.Of<SubscriptionPage>(
            T["S’abonner"], "/abonnement",
            new()
            {
                [nameof(SubscriptionPage.Filter)] = filter,
                [nameof(SubscriptionPage.Directory)] = directory,
                [nameof(SubscriptionPage.Coming)] =
                    snapshot.Agenda.Count(time => time.LastDay >= today && !time.IsToBeFixed && filter.Matches(time)),
                [nameof(SubscriptionPage.Origin)] = Pages.OriginOf(request),
            },
            description: T["L’agenda des clusters dans le vôtre, dans votre lecteur de flux ou par courriel."],
            feeds: [.. FeedLinks.OfAgenda(filter.Query()), .. FeedLinks.OfSheets(filter.Query())]);
    }

    private static IResult ShowCalendar(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        return AgendaCalendar.Of(
            FilterWords.Title(T["Agenda de l’interclustering logistique"], filter, directory),
            FeedContents.Agenda(catalogue.Current, filter, ParisDay.Today(clock)), Pages.OriginOf(request));
    }

    private static IResult ShowGroup(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var origin = Pages.OriginOf(request);
        return Results.Bytes(
            JsCalendar.Write(
                FilterWords.Title(T["Agenda de l’interclustering logistique"], filter, directory),
                FeedContents.Agenda(catalogue.Current, filter, ParisDay.Today(clock)), origin,
                origin + Language.To("/agenda.jscal.json" + filter.Query())),
            JsCalendar.MediaType);
    }

    /// <summary>The days are those of the agenda's list: without any, from today on.</summary>
    private static IResult ShowTable(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var times = MatchingTimes.Of(
            catalogue.Current.Agenda, filter.On(ParisDay.Today(clock)), time => !time.IsToBeFixed, descends: filter.Past);
        return Results.File(
            AgendaTable.Write(times, Pages.OriginOf(request), directory), "text/csv; charset=utf-8", "agenda-interclustering.csv");
    }

    private static IResult ShowFeed(
        FeedFormat format, string path, string name, HttpRequest request, Snapshot snapshot, FederationDirectory directory,
        Func<Snapshot, AgendaFilter, IEnumerable<Published>> contents)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var number = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? Math.Clamp(page, 1, MaxPage) : 1;
        var writing = new FeedWriting(path, FilterWords.Title(name, filter, directory), filter.Query(), format.Extension,
            Pages.OriginOf(request));
        return Results.Bytes(format.Write(writing.Page(snapshot, contents(snapshot, filter), number, directory)),
            $"{format.MediaType}; charset=utf-8");
    }
}
