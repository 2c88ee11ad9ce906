using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Api;

/// <summary>A publication as the API shows it.</summary>
/// <param name="Id">Stable; part of every address.</param>
/// <param name="Kind">event, webinar or best-practice.</param>
/// <param name="Cluster">Code of the owner.</param>
/// <param name="Revision">Rises with every change.</param>
/// <param name="RevisedAt">UTC.</param>
/// <param name="Url">Its page on the national site.</param>
/// <param name="Publication">The record, see contracts/; a members' item has its public fields only.</param>
public sealed record PublicationView(string Id, string Kind, string Cluster, long Revision, DateTime RevisedAt, string Url, object Publication);

/// <summary>A page of publications.</summary>
/// <param name="Items">In order of the hub's journal.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record PublicationList(IReadOnlyList<PublicationView> Items, string? Next);

/// <summary>The JSON API over everything public.</summary>
public static class PublicationsApi
{
    private const int MaxLimit = 200;

    public static void MapPublicationsApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/publications", List).AddEndpointFilter<NotModifiedFilter>().WithName("Publications")
            .WithSummary("Public events, webinars and best-practice sheets, in order of publication; filters as in the agenda");

    /// <param name="request">Filters: cluster, theme, kind (repeatable), q, from, to.</param>
    /// <param name="catalogue">The current position.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="limit">1 to 200; 50 by default.</param>
    private static Results<Ok<PublicationList>, ProblemHttpResult> List(HttpRequest request, Catalogue catalogue, string? cursor = null, int limit = 50)
    {
        var filter = AgendaFilter.Read(request.Query);
        if (filter.Ignored.Count > 0)
        {
            return Problem($"\"{filter.Ignored[0]}\" is not a date: write 2026-11-23.");
        }

        long after = 0;
        if (limit is < 1 or > MaxLimit || (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
        {
            return Problem($"limit is 1 to {MaxLimit}, and cursor is what the page before gave.");
        }

        var snapshot = catalogue.Current;
        var dated = filter.From is null && filter.To is null ? null : snapshot.Agenda.Where(filter.Matches).Select(time => time.Event.Id).ToHashSet();
        var page = snapshot.Items.Values
            .Where(item => item.Position > after && filter.Matches(item) && (dated is null || dated.Contains(item.Id)))
            .OrderBy(item => item.Position).Take(limit + 1).ToList();
        var shown = page.Take(limit).ToList();
        var origin = $"{request.Scheme}://{request.Host}";
        return TypedResults.Ok(new PublicationList(
            shown.ConvertAll(item => new PublicationView(
                item.Id, item.Kind, item.Owner.Code, item.Revision, item.RevisedAt, origin + item.Path, item.Item)),
            page.Count > limit ? shown[^1].Position.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static ProblemHttpResult Problem(string detail) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status400BadRequest, title: "A parameter can't be read", type: "urn:interclustering:problem:parameter");
}
