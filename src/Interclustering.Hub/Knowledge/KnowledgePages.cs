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

/// <summary>The knowledge base: sheets by theme, and one sheet.</summary>
public static class KnowledgePages
{
    private const int AtOnce = 40;

    public static void MapKnowledge(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("/ressources").ExcludeFromDescription();
        pages.MapGet("", ShowSheets);
        // What the search could not read of a file stands beside it.
        pages.MapGet("/{id}/{slug?}", ShowSheet).WithMetadata(SearchProgress.Index);
    }

    private static IResult ShowSheets(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var all = catalogue.Current.Items.Sheets.Values.ToList();
        var sheets = all.Where(filter.Matches).OrderByDescending(item => item.RevisedAt)
            .ThenBy(item => item.Title, StringComparer.Ordinal).ToList();
        var page = int.TryParse(request.Query["page"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 ? Math.Min(number, 1 + (sheets.Count / AtOnce)) : 1;
        return Pages.Of<SheetsPage>(
            FilterWords.PageTitle(T["Ressources"], filter, directory), "/ressources",
            new()
            {
                [nameof(SheetsPage.Filter)] = filter,
                [nameof(SheetsPage.Facets)] = Facets.Count(all, filter),
                [nameof(SheetsPage.Directory)] = directory,
                [nameof(SheetsPage.Today)] = ParisDay.Today(clock),
                [nameof(SheetsPage.Sheets)] = sheets.Skip((page - 1) * AtOnce).Take(AtOnce).ToList(),
                [nameof(SheetsPage.Before)] = page > 1 ? page - 1 : (int?)null,
                [nameof(SheetsPage.After)] = page * AtOnce < sheets.Count ? page + 1 : (int?)null,
            },
            feeds: FeedLinks.OfSheets(filter.Query()), card: filter.IsEmpty && page == 1 ? null : Pages.NotIndexed,
            isEmbeddable: true);
    }

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
