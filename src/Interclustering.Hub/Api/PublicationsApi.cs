using System.ComponentModel;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
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

/// <summary>A publication that is public no longer.</summary>
/// <param name="Id">As it was.</param>
/// <param name="Cluster">Code of the owner.</param>
/// <param name="RemovedAt">UTC.</param>
public sealed record RemovalView(string Id, string Cluster, DateTime RemovedAt);

/// <summary>A page of publications.</summary>
/// <param name="Items">In order of the hub's journal.</param>
/// <param name="Removed">What was withdrawn since <c>updatedAfter</c>, whatever the filter; empty without it, and on every page but the first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record PublicationList(IReadOnlyList<PublicationView> Items, IReadOnlyList<RemovalView> Removed, string? Next);

/// <summary>What can be asked; the filters are the agenda's.</summary>
public sealed record PublicationQuery(
    [property: FromQuery(Name = "cluster"), Description("Code of a cluster; repeatable.")] string[]? Cluster,
    [property: FromQuery(Name = "theme"), Description("Slug of a theme; repeatable.")] string[]? Theme,
    [property: FromQuery(Name = "kind"), Description("event, webinar or best-practice; repeatable.")] string[]? Kind,
    [property: FromQuery(Name = "q"), Description("Words that all occur; case and accents don't count.")] string? Q,
    [property: FromQuery(Name = "from"), Description("Takes place on this day or later, in Paris: 2026-11-23.")] string? From,
    [property: FromQuery(Name = "to"), Description("Takes place on this day or before.")] string? To,
    [property: FromQuery(Name = "updatedAfter"), Description("Revised after this instant, RFC 3339: 2026-11-23T00:00:00Z. Adds what was removed since.")] string? UpdatedAfter,
    [property: FromQuery(Name = "cursor"), Description("From the page before.")] string? Cursor,
    [property: FromQuery(Name = "limit"), Description("1 to 200; 50 by default.")] string? Limit);

/// <summary>The JSON API over everything public.</summary>
public static class PublicationsApi
{
    private const int DefaultLimit = 50, MaxLimit = 200;

    public static void MapPublicationsApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapFresh("/api/v1").MapGet("/publications", List).WithName("Publications")
            .WithSummary("Public events, webinars and best-practice sheets, in order of publication; filters as in the agenda");

    private static Results<Ok<PublicationList>, ProblemHttpResult> List(
        [AsParameters] PublicationQuery query, HttpRequest request, Catalogue catalogue, FederationDirectory directory)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        if (filter.Ignored is [var (parameter, value), ..])
        {
            return Problem(parameter, $"\"{value}\" {(parameter is "from" or "to" ? "is not a date: write 2026-11-23" : "is not known")}.");
        }

        var limit = DefaultLimit;
        if (query.Limit is not null && (!int.TryParse(query.Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return Problem("limit", $"It is a number from 1 to {MaxLimit}.");
        }

        long after = 0;
        if (query.Cursor is not null && !long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problem("cursor", "It is what the page before gave as \"next\".");
        }

        DateTimeOffset since = default;
        if (query.UpdatedAfter is not null && !DateTimeOffset.TryParse(query.UpdatedAfter, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
        {
            return Problem("updatedAfter", "It is an instant: write 2026-11-23T00:00:00Z.");
        }

        var snapshot = catalogue.Current;
        var dated = filter.From is null && filter.To is null ? null : snapshot.Agenda.Where(filter.Matches).Select(time => time.Event.Id).ToHashSet();
        var page = snapshot.Items.Values
            .Where(item => item.Position > after && item.RevisedAt > since.UtcDateTime && filter.Matches(item) && (dated is null || dated.Contains(item.Id)))
            .OrderBy(item => item.Position).Take(limit + 1).ToList();
        var shown = page.Take(limit).ToList();
        var removed = query.UpdatedAfter is null || after > 0 ? [] : snapshot.Withdrawn.Values.Where(removal => removal.RemovedAt > since.UtcDateTime)
            .OrderBy(removal => removal.Position).Select(removal => new RemovalView(removal.Id, removal.Cluster, removal.RemovedAt)).ToList();
        var origin = $"{request.Scheme}://{request.Host}";
        return TypedResults.Ok(new PublicationList(
            shown.ConvertAll(item => new PublicationView(
                item.Id, item.Kind, item.Owner.Code, item.Revision, item.RevisedAt, origin + item.Path, item.Item)),
            removed,
            page.Count > limit ? shown[^1].Position.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static ProblemHttpResult Problem(string parameter, string detail) => TypedResults.Problem(
        $"{parameter}: {detail}", statusCode: StatusCodes.Status400BadRequest, title: "A parameter can't be read", type: "urn:interclustering:problem:parameter");
}
