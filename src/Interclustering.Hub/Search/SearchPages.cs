using System.ComponentModel;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Api;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Search;

/// <summary>What can be searched; the filters are the agenda's.</summary>
public sealed class SearchParameters : FilterQuery
{
    [FromQuery(Name = "page"), Description("From 1; 20 a page.")]
    public string? Page { get; init; }
}

/// <summary><c>/recherche</c>, what it suggests while the reader types, and the same for machines.</summary>
public static class SearchPages
{
    private const int MostShown = 20, MostPages = 50;

    public static void MapSearch(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("").WithMetadata(SearchProgress.Index).ExcludeFromDescription();
        pages.MapGet("/recherche", ShowAsync).RequireRateLimiting(RequestRates.Search);
        pages.MapGet("/recherche/suggestions", Suggest).RequireRateLimiting(RequestRates.Api);
        endpoints.MapFresh("/api/v1").WithMetadata(SearchProgress.Index).RequireRateLimiting(RequestRates.Api)
            .RequireCors(AnyOrigin.Policy).WithTags(ApiDescription.Search).RefuseUnknownParameters()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .MapGet("/search", FindAsync).WithName("Search")
                .WithSummary("Events, webinars, sheets and what is in their attachments, the nearest first; filters as in the agenda")
                .TakesFilter().ParameterExample("q", "entrepôt")
                .WithExample(() => new FoundList(1, [],
                    [new FoundView(ApiExamples.One, "Livrer les îles (démonstration)", null, null)], 0));
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request, SiteSearch search, ISearchIndex index, Catalogue catalogue, FederationDirectory directory, TimeProvider clock,
            CancellationToken cancellation)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        var page = PageOf(request.Query["page"].FirstOrDefault());
        var results = filter.Text is { } text ? await search.FindAsync(text, filter, cancellation) : null;
        var shown = results is null ? [] : results.Hits.Skip((page - 1) * MostShown).Take(MostShown).ToList();
        return Pages.Of<SearchPage>(
            filter.Text is null ? T["Recherche"] : T["Recherche : {0}", filter.Text], "/recherche",
            new()
            {
                [nameof(SearchPage.Filter)] = filter,
                [nameof(SearchPage.Results)] = results,
                [nameof(SearchPage.Shown)] = shown.Count == 0 ? [] : await ExtractsAsync(shown, results!.Query.Terms, index, cancellation),
                [nameof(SearchPage.Answer)] = filter.Text is null || page > 1 ? null
                    : DirectAnswer.Of(filter.Text, catalogue.Current, directory, ParisDay.Today(clock)),
                [nameof(SearchPage.Number)] = page,
                [nameof(SearchPage.IsLast)] = results is null || page * MostShown >= results.Hits.Count || page == MostPages,
                [nameof(SearchPage.Directory)] = directory,
                [nameof(SearchPage.Today)] = ParisDay.Today(clock),
            },
            query: filter.Text, card: Pages.NotIndexed);
    }

    private static async Task<Results<Ok<FoundList>, ProblemHttpResult>> FindAsync(
        [AsParameters] SearchParameters query,
        HttpRequest request, SiteSearch search, ISearchIndex index, Catalogue catalogue, SearchProgress progress,
            FederationDirectory directory, CancellationToken cancellation)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        if (filter.Ignored is [var (parameter, value), ..])
        {
            return TypedResults.Problem($"{parameter}: \"{value}\" is not known.", statusCode: StatusCodes.Status400BadRequest,
                title: "A parameter can't be read", type: "urn:interclustering:problem:parameter");
        }

        if (filter.Text is not { } text)
        {
            return TypedResults.Problem("q: say what to look for.", statusCode: StatusCodes.Status400BadRequest,
                title: "A parameter is missing", type: "urn:interclustering:problem:parameter");
        }

        var results = await search.FindAsync(text, filter, cancellation);
        var number = PageOf(query.Page);
        var shown = results.Hits.Skip((number - 1) * MostShown).Take(MostShown).ToList();
        var snapshot = catalogue.Current;
        return TypedResults.Ok(new FoundList(
            results.Hits.Count, [.. results.Corrected.Select(pair => new CorrectionView(pair.Typed, pair.Meant))],
            [.. (await ExtractsAsync(shown, results.Query.Terms, index, cancellation)).Select(found => new FoundView(
                PublicationView.Of(found.Hit.Item, snapshot.Agenda.TimesOf(found.Hit.Item.Id), snapshot.People, Pages.OriginOf(request)),
                found.Text is null ? null : string.Concat(found.Text.Select(piece => piece.Text)), found.File?.Name,
                found.File?.Page))],
            snapshot.Position - progress.Head.Position));
    }

    private static Ok<IReadOnlyList<string>> Suggest(string? q, Catalogue catalogue, FederationDirectory directory) =>
        TypedResults.Ok(Suggestions.Of(SearchText.Cut(q), catalogue.Current, directory));

    private static async Task<IReadOnlyList<FoundItem>> ExtractsAsync(
        IReadOnlyList<SearchHit> hits, IReadOnlyList<SearchTerm> terms, ISearchIndex index, CancellationToken cancellation)
    {
        var files = await index.FilesOfAsync([.. hits.Select(hit => hit.Item.Id)], cancellation);
        return [.. hits.Select(hit => FoundItem.Of(hit, terms, files.GetValueOrDefault(hit.Item.Id, [])))];
    }

    private static int PageOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? Math.Clamp(page, 1, MostPages) : 1;
}
