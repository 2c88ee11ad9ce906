using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Files;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Knowledge;

/// <summary>The knowledge base: sheets and replays by theme, and one sheet.</summary>
public static class KnowledgePages
{
    private const int AtOnce = 40, LatestReplays = 3;

    public static void MapKnowledge(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("/ressources").ExcludeFromDescription();
        pages.MapGet("", ShowSheets);
        // What the search could not read of a file stands beside it.
        pages.MapGet("/{id}/{slug?}", ShowSheet).WithMetadata(SearchProgress.Index);
    }

    private static IResult ShowSheets(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var (filter, today, snapshot) = (AgendaFilter.Read(request.Query, directory), ParisDay.Today(clock), catalogue.Current);
        var replays = Replays.In(snapshot, today, _ => true).ToList();
        var found = filter.Kinds.Contains(Criterion.Replay) ? [] : snapshot.Items.Sheets.Values.Where(filter.Matches)
            .OrderByDescending(item => item.RevisedAt).ThenBy(item => item.Title, StringComparer.Ordinal).ToList();
        var again = filter.Kinds.Contains(Criterion.Replay) ? replays.Where(time => filter.Matches(time.Event)).ToList() : [];
        var (page, all) = (PageOf(request, found.Count + again.Count), found.Count + again.Count);
        return Pages.Of<SheetsPage>(
            FilterWords.PageTitle(T["Ressources"], filter, directory), "/ressources",
            new()
            {
                [nameof(SheetsPage.Filter)] = filter,
                [nameof(SheetsPage.Facets)] = Facets.Count(
                    snapshot.Items.Sheets.Values.Concat(replays.Select(time => time.Event)),
                    filter.Kinds.Count > 0 ? filter : filter.With(Criterion.Kind, Kinds.BestPractice)),
                [nameof(SheetsPage.Directory)] = directory,
                [nameof(SheetsPage.Today)] = today,
                [nameof(SheetsPage.Sheets)] = found.Skip((page - 1) * AtOnce).Take(AtOnce).ToList(),
                [nameof(SheetsPage.Replays)] = again.Skip((page - 1) * AtOnce).Take(AtOnce).ToList(),
                [nameof(SheetsPage.Latest)] = filter.IsEmpty && page == 1 ? replays.Take(LatestReplays).ToList() : [],
                [nameof(SheetsPage.Before)] = page > 1 ? page - 1 : (int?)null,
                [nameof(SheetsPage.After)] = page * AtOnce < all ? page + 1 : (int?)null,
            },
            feeds: FeedLinks.OfSheets(filter.With(Criterion.Kind).Query()), card: filter.IsEmpty && page == 1 ? null : Pages.NotIndexed,
            isEmbeddable: !filter.Kinds.Contains(Criterion.Replay));
    }

    private static int PageOf(HttpRequest request, int all) =>
        int.TryParse(request.Query["page"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 ? Math.Min(number, 1 + (all / AtOnce)) : 1;

    private static IResult ShowSheet(
        string id, string? slug, HttpRequest request, Catalogue catalogue, HubFiles store, FederationDirectory directory,
            TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        if (Pages.Find(snapshot, id, item => item.Kind == Kinds.BestPractice, out var published, slug, request.Query) is { } other)
        {
            return other;
        }

        return SheetDocument.Of(published!, snapshot, store, directory, ParisDay.Today(clock), Pages.OriginOf(request));
    }
}
