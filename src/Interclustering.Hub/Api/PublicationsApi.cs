using System.ComponentModel;
using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Api;

/// <summary>What can be asked; the filters are the agenda's.</summary>
public sealed class PublicationQuery : FilterQuery
{
    [FromQuery(Name = "fields"), Description("Only these fields of each item, separated by commas: id,url,publication.title.")]
    public string? Fields { get; init; }

    [FromQuery(Name = "updatedAfter"),
        Description("Revised after this instant, RFC 3339: 2026-11-23T00:00:00Z. Adds what was removed since.")]
    public string? UpdatedAfter { get; init; }

    [FromQuery(Name = "changes"), Description(
        "From the first page of an earlier answer: only what has changed since, and what is gone from it.")]
    public string? Changes { get; init; }

    [FromQuery(Name = "cursor"), Description("From the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 200; 50 by default.")]
    public string? Limit { get; init; }
}

/// <summary>The JSON API over everything public.</summary>
public static class PublicationsApi
{
    private const int DefaultLimit = 50, MaxLimit = 200;

    /// <summary>What <c>fields</c> may name.</summary>
    private static readonly IReadOnlyList<string> Known =
        [.. PublicationView.Fields, .. RecordView.Fields.Select(field => "publication." + field)];

    public static void MapPublicationsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapFresh("/api/v1").RequireRateLimiting(RequestRates.Api).RequireCors(AnyOrigin.Policy)
            .WithTags(ApiDescription.Publications).RefuseUnknownParameters().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/publications", List).WithName("Publications")
            .WithSummary("Public events, webinars and best-practice sheets, in order of publication; filters as in the agenda")
            .WithDescription("To stay in sync: read every page once and keep changes of the first; from then on ask with it, take away "
                + "what removed names, and keep the new one. With only a date, ask with updatedAfter, which goes by the clusters' clocks. "
                + "An item that changes while pages are read comes again on a later page. When a person is renamed or erased, changes also "
                + "brings, beyond the limit of its first page, what names that person.")
            .ProducesProblem(StatusCodes.Status410Gone).WithExample(() => ApiExamples.List).TakesFilter()
            .ParameterExample("limit", "5");
        api.MapGet("/publications/{id}", One).WithName("Publication")
            .WithSummary("One publication; 410 when it was withdrawn; 307 to the one that it is part of")
            .Produces(StatusCodes.Status307TemporaryRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone).WithExample(() => ApiExamples.One);
    }

    private static Results<Ok<object>, RedirectHttpResult, ProblemHttpResult> One(
        [Description("As in the list.")] string id, [FromQuery, Description("As in the list.")] string? fields,
        HttpRequest request, Catalogue catalogue)
    {
        var snapshot = catalogue.Current;
        if (FieldsIn(fields, out var asked) is { } problem)
        {
            return problem;
        }

        if (snapshot.Into.TryGetValue(id, out var lead))
        {
            return TypedResults.LocalRedirect($"{request.Path.Value![..^id.Length]}{lead}{request.QueryString}", preserveMethod: true);
        }

        if (!snapshot.Items.TryGetValue(id, out var item))
        {
            return snapshot.SetAside.Contains(id)
                ? TypedResults.Problem("It has arrived, and this site can't show it.", statusCode: StatusCodes.Status404NotFound,
                    title: "Not found", type: "urn:interclustering:problem:not-found")
                : snapshot.Withdrawn.ContainsKey(id)
                ? TypedResults.Problem("Its cluster has taken it back.", statusCode: StatusCodes.Status410Gone, title: "Withdrawn",
                    type: "urn:interclustering:problem:withdrawn")
                : TypedResults.Problem("No public publication has this id.", statusCode: StatusCodes.Status404NotFound, title: "Not found",
                    type: "urn:interclustering:problem:not-found");
        }

        return TypedResults.Ok(
            Shape(PublicationView.Of(item, snapshot.Agenda.TimesOf(id), snapshot.People, OriginOf(request)), asked));
    }

    private static Results<Ok<PublicationList>, ProblemHttpResult> List(
        [AsParameters] PublicationQuery query, HttpRequest request, Catalogue catalogue, FederationDirectory directory)
    {
        var filter = AgendaFilter.Read(request.Query, directory);
        if (filter.Ignored is [var (parameter, value), ..])
        {
            return Problem(parameter,
                $"\"{value}\" {(parameter is "from" or "to" or "around" ? "is not a date: write 2026-11-23" : "is not known")}.");
        }

        var limit = DefaultLimit;
        if (query.Limit is not null && (!int.TryParse(query.Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
            || limit is < 1 or > MaxLimit))
        {
            return Problem("limit", $"It is a number from 1 to {MaxLimit}.");
        }

        long after = 0;
        if (query.Cursor is not null && !long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problem("cursor", "It is what the page before gave as \"next\".");
        }

        DateTimeOffset since = default;
        if (query.UpdatedAfter is not null
            && !DateTimeOffset.TryParse(query.UpdatedAfter, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
        {
            return Problem("updatedAfter", "It is an instant: write 2026-11-23T00:00:00Z.");
        }

        if (FieldsIn(query.Fields, out var fields) is { } problem)
        {
            return problem;
        }

        var snapshot = catalogue.Current;
        if (KnownIn(query.Changes, snapshot, out var known) is { } unusable)
        {
            return unusable;
        }

        var dated = !filter.IsDated ? null : MatchingTimes.Of(snapshot.Agenda, filter, _ => true)
            .Select(time => time.Event.Id).ToHashSet();
        bool Fits(Published item) => filter.Matches(item) && (dated is null || dated.Contains(item.Id));
        var found = snapshot.Items.Since(Math.Max(after, known)).Where(item => item.RevisedAt > since.UtcDateTime && Fits(item));
        // One position may tell of several: a page does not end between them.
        var shown = found.Take(limit).ToList();
        shown.AddRange(shown.Count < limit ? [] : found.Skip(limit).TakeWhile(item => item.Position == shown[^1].Position));
        var removed = after > 0 || (query.UpdatedAfter is null && query.Changes is null) ? [] : snapshot.Withdrawn.Since(known)
            .Where(removal => removal.RemovedAt > since.UtcDateTime)
            .Concat(query.Changes is null ? [] : snapshot.Items.Since(known).Where(item => !Fits(item))
                .Select(item => new Removal(item.Id, item.Owner.Code, item.Revision, item.RevisedAt, item.Position)))
            .OrderBy(removal => removal.Position)
                .Select(removal => new RemovalView(removal.Id, removal.Cluster, removal.RemovedAt)).ToList();
        var naming = query.Changes is null || after > 0 ? []
            : snapshot.NamingChanged(known).Where(item => item.RevisedAt > since.UtcDateTime && Fits(item));
        return TypedResults.Ok(new PublicationList(
            [.. naming.Concat(shown).Select(item => Shape(
                PublicationView.Of(item, snapshot.Agenda.TimesOf(item.Id), snapshot.People, OriginOf(request)), fields))],
            removed,
            shown.Count >= limit && found.Skip(shown.Count).Any() ? shown[^1].Position.ToString(CultureInfo.InvariantCulture) : null,
            string.Create(CultureInfo.InvariantCulture, $"{snapshot.Epoch}:{snapshot.Position}")));
    }

    /// <summary>Up to which position of the hub's journal a reader knows everything.</summary>
    private static ProblemHttpResult? KnownIn(string? changes, Snapshot snapshot, out long known)
    {
        known = 0;
        if (changes is null)
        {
            return null;
        }

        var colon = changes.LastIndexOf(':');
        if (colon < 1 || !long.TryParse(changes.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out known))
        {
            return Problem("changes", "It is what the first page of an earlier answer gave as \"changes\".");
        }

        // The hub was restored: what it said before may not be so any more.
        return changes[..colon] == snapshot.Epoch && known <= snapshot.Position ? null : TypedResults.Problem(
            "The hub has begun anew since then. Read everything again, without \"changes\".", statusCode: StatusCodes.Status410Gone,
            title: "These changes are known no longer", type: "urn:interclustering:problem:changes");
    }

    private static object Shape(PublicationView view, IReadOnlyList<string> fields) => fields.Count == 0 ? view : view.Only(fields);

    private static ProblemHttpResult? FieldsIn(string? text, out IReadOnlyList<string> fields)
    {
        fields = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = fields.FirstOrDefault(field => !Known.Contains(field));
        return unknown is null ? null : Problem("fields", $"\"{unknown}\" is not known. "
            + (KnownParameters.Nearest(unknown, Known) is { } near ? $"Did you mean {near}?" : $"Known are {string.Join(", ", Known)}."));
    }

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static ProblemHttpResult Problem(string parameter, string detail) => TypedResults.Problem(
        $"{parameter}: {detail}", statusCode: StatusCodes.Status400BadRequest, title: "A parameter can't be read",
            type: "urn:interclustering:problem:parameter");
}
