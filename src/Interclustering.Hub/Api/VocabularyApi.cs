using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Api;

/// <summary>A cluster as the API shows it.</summary>
/// <param name="Code">In filters and ids.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Name of its region.</param>
/// <param name="Insee">INSEE code of its region.</param>
/// <param name="Colour">Its mark on light and on dark paper.</param>
/// <param name="Site">Its own web site; absent when it gives none.</param>
/// <param name="Contact">A work address to write to; absent when it gives none.</param>
/// <param name="Url">Its page on the national site.</param>
/// <param name="Left">When it left the federation: what it has published stays; absent while it takes part.</param>
public sealed record ClusterView(string Code, string Name, string Region, string Insee, Colour Colour, string? Site, string? Contact,
    string Url, DateTimeOffset? Left = null);

/// <summary>A value of a filter.</summary>
/// <param name="Value">In the address.</param>
/// <param name="Label">In words, in the language of the address.</param>
/// <param name="Upcoming">Public items to come for it, as the agenda counts them.</param>
public sealed record ValueView(string Value, string Label, int Upcoming);

/// <summary>A filter with its values.</summary>
/// <param name="Name">The parameter in the address.</param>
/// <param name="Label">In words.</param>
/// <param name="Values">What it may be.</param>
public sealed record FilterView(string Name, string Label, IReadOnlyList<ValueView> Values);

/// <summary>What the filters may be, and who publishes.</summary>
public static class VocabularyApi
{
    private static readonly ValueView[] ExampleOfThemes =
        [new(KnownThemes.Urban, "Logistique urbaine", 4), new(KnownThemes.Skills, "Emploi et compétences", 2)];

    public static void MapVocabularyApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapFresh("/api/v1").RequireRateLimiting(RequestRates.Api).RequireCors(AnyOrigin.Policy)
            .WithTags(ApiDescription.Vocabulary).RefuseUnknownParameters().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/clusters", Clusters).WithName("Clusters").WithSummary("The clusters of the federation")
            .WithExample(() => (ClusterView[])[new ClusterView("bsc", "Bretagne Supply Chain", "Bretagne", "53",
                new Colour("#14806F", "#5CC4B2"), "https://cluster.example/", null, ApiExamples.Origin + "/clusters/bsc")]);
        api.MapGet("/themes", ListThemes).WithName("Themes")
            .WithSummary("The themes in their order, in words and with what there is of each to come; in English under /en")
            .WithExample(() => ExampleOfThemes);
        api.MapGet("/filters", Filters).WithName("Filters")
            .WithSummary("Every filter with its values in words and what there is of each to come; in English under /en")
            .WithExample(() => (FilterView[])[new FilterView(Criterion.Theme, "Thèmes", ExampleOfThemes)]);
    }

    private static Ok<IEnumerable<ClusterView>> Clusters(HttpRequest request, FederationDirectory directory) =>
        TypedResults.Ok(directory.Clusters.Select(cluster => new ClusterView(
        cluster.Code, cluster.Name, cluster.Region, cluster.Insee, cluster.Colour, cluster.Site, cluster.Contact,
            $"{request.Scheme}://{request.Host}/clusters/{cluster.Code}", cluster.Left)));

    private static Ok<IEnumerable<FilterView>> Filters(Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var upcoming = UpcomingIn(catalogue, clock);
        return TypedResults.Ok(
            Criterion.All.Select(criterion => new FilterView(criterion.Name, criterion.Title(), ValuesOf(criterion, upcoming, directory))));
    }

    private static Ok<IReadOnlyList<ValueView>> ListThemes(Catalogue catalogue, FederationDirectory directory, TimeProvider clock) =>
        TypedResults.Ok(ValuesOf(Criterion.Of(Criterion.Theme), UpcomingIn(catalogue, clock), directory));

    private static Facets UpcomingIn(Catalogue catalogue, TimeProvider clock) =>
        Facets.Count(catalogue.Current.Agenda, new AgendaFilter().On(ParisDay.Today(clock)));

    private static IReadOnlyList<ValueView> ValuesOf(Criterion criterion, Facets upcoming, FederationDirectory directory) =>
        [.. criterion.Known(directory)
            .Select(value => new ValueView(value, criterion.Label(directory, value), upcoming.Of(criterion.Name, value)))];
}
