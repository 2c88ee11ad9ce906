using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Knowledge;

/// <summary>The knowledge base: sheets by theme, and one sheet.</summary>
public static class KnowledgePages
{
    public static void MapKnowledge(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("/ressources").ExcludeFromDescription();
        pages.MapGet("", ShowSheets);
        pages.MapGet("/{id}/{slug?}", ShowSheet);
    }

    private static IResult ShowSheets(HttpRequest request, Catalogue catalogue, FederationDirectory directory)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var sheets = catalogue.Current.Items.Values.Where(item => item.Kind == Kinds.BestPractice && filter.Matches(item))
            .OrderByDescending(item => item.RevisedAt).ToList();
        return Pages.Of<SheetsPage>(
            T["Ressources"], "/ressources", new() { [nameof(SheetsPage.Filter)] = filter, [nameof(SheetsPage.Sheets)] = sheets });
    }

    private static IResult ShowSheet(string id, string? slug, HttpRequest request, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        return Pages.Find(snapshot, id, item => item.Kind == Kinds.BestPractice, out var published, slug, request.Query) ?? Pages.Of<SheetPage>(
            published!.Title, "/ressources",
            new()
            {
                [nameof(SheetPage.Published)] = published,
                [nameof(SheetPage.Snapshot)] = snapshot,
                [nameof(SheetPage.Today)] = ParisDay.Today(clock),
            },
            description: published.Item.Summary);
    }
}
