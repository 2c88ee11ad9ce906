using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Api;

/// <summary>
/// The API by which a cluster's own site publishes: an item is known by the site's own id for it, so sending it again updates it.
/// </summary>
public static partial class ClusterApi
{
    private const int LongestSource = 60, LongestKey = 500, LargestBody = 1 << 20;

    public static void MapClusterApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/espace/{code}/api/v1/publications/{source}/{externalId}").WithTags("A cluster's own publications")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            // A token in the address is none: that is said first.
            .RefuseUnknownParameters(request => request.Headers.Authorization.Count > 0);
        api.MapPut("", WriteAsync).WithName("PutPublication")
            .WithSummary("Publish an item, or its new revision; the same content changes nothing")
            .WithDescription(
                "Needs a token with publications:write. With dryRun=true nothing is written, and the answer says what would be.")
            .Accepts<ApiPublication>("application/json").Produces<ApiOutcome>().Produces<ApiOutcome>(StatusCodes.Status201Created)
                .Produces<ApiOutcome>(StatusCodes.Status202Accepted)
                .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).WriteRefusals().WithSample();
        api.MapPost("", WriteAsync).WithName("PostPublication").WithSummary("The same as PUT, for senders that can't")
            .Accepts<ApiPublication>("application/json").Produces<ApiOutcome>().Produces<ApiOutcome>(StatusCodes.Status201Created)
                .Produces<ApiOutcome>(StatusCodes.Status202Accepted)
                .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).WriteRefusals().WithSample();
        api.MapGet("", ShowAsync).WithName("GetPublication").WithSummary("An item as the workspace has it").Produces<ApiState>()
            .ProducesProblem(StatusCodes.Status400BadRequest).Refusals(TokenScopes.Read);
        api.MapDelete("", WithdrawAsync).WithName("DeletePublication").WithSummary("Withdraw an item; again does nothing")
            .WithDescription(
                "Needs a token with publications:write. With dryRun=true nothing is withdrawn, and the answer says what would be.")
            .Produces(StatusCodes.Status204NoContent).Produces<ApiOutcome>()
            .ProducesProblem(StatusCodes.Status400BadRequest).Refusals(TokenScopes.Write);
    }

    private static RouteHandlerBuilder Refusals(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).NeedsToken(scope);

    private static RouteHandlerBuilder WriteRefusals(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status409Conflict)
            .Refusals(TokenScopes.Write);

    private static async Task<IResult> WriteAsync(
        [Description("Code of the cluster.")] string code, [Description("Your name for where it comes from: site-web.")] string source,
            [Description("Your own id for it.")] string externalId,
        [FromQuery, Description("true: only say what would be done.")] bool? dryRun, HttpContext http, Nodes nodes, TimeProvider clock,
            FederationDirectory directory, CancellationToken cancellation)
    {
        var (caller, refusal) = await ApiCaller.FindAsync(http, nodes, code, cancellation);
        if (caller is null)
        {
            return refusal!;
        }

        if (!http.Request.HasJsonContentType())
        {
            return ApiCaller.Problem(StatusCodes.Status415UnsupportedMediaType, "json", "Not JSON",
                "Send a publication with Content-Type: application/json.");
        }

        ApiPublication? publication;
        try
        {
            publication = await JsonSerializer.DeserializeAsync<ApiPublication>(http.Request.Body, JsonSerializerOptions.Web, cancellation);
        }
        catch (JsonException exception)
        {
            return ApiCaller.Problem(StatusCodes.Status400BadRequest, "json", "Not readable", exception.Message);
        }

        if (publication is null)
        {
            return ApiCaller.Problem(StatusCodes.Status400BadRequest, "json", "Not readable", "Send a publication as a JSON object.");
        }

        await using var db = caller.Node.Open();
        var site = http.RequestServices.GetRequiredService<PublicAddress>()
            .OriginOf(http, http.RequestServices.GetRequiredService<NationalSite>());
        var (item, errors) = await ReadAsync(db, caller.Node, publication, source, externalId, directory, site, cancellation);
        if (item is null)
        {
            return Invalid(errors);
        }

        var editor = new PublicationEditor(db, caller.Node.Journal, clock);
        try
        {
            if (await new SubmittedForReview(http, caller, db, editor).TakeAsync(item, dryRun == true, cancellation) is { } submitted)
            {
                return submitted;
            }

            var saved = dryRun == true ? await editor.ForeseeAsync(item, cancellation) : await editor.PublishAsync(
                null, item, caller.Token.Name, cancellation);
            if (dryRun != true && saved.Outcome is Outcome.Created or Outcome.Updated)
            {
                db.Note("", AuditedActions.PublishedByToken, $"{caller.Token.Name} : {item.Title}", http.Now());
                await db.SaveChangesAsync(cancellation);
            }

            var answer = new ApiOutcome(saved.Subject.Length == 0 ? null : saved.Subject, saved.Outcome.ToString()
                .ToLowerInvariant(), saved.Revision, dryRun == true);
            return saved.Outcome == Outcome.Created && dryRun != true
                ? TypedResults.Created(http.Request.Path, answer) : TypedResults.Ok(answer);
        }
        catch (ContentRefusedException refused)
        {
            return Invalid(FormProblems.Of(refused).GroupBy(error => ApiPublication.NameOf(error.Field))
                .ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()));
        }
        catch (EntryTooLargeException)
        {
            return ApiCaller.Problem(StatusCodes.Status422UnprocessableEntity, "too-large", "Too large",
                "A publication travels in 192 KiB at most: shorten its text.");
        }
        catch (EditedMeanwhileException)
        {
            return ApiCaller.Problem(StatusCodes.Status409Conflict, "edited-meanwhile", "Edited meanwhile",
                "It was saved elsewhere at the same moment: send it again.");
        }
    }

    private static IResult Invalid(Dictionary<string, string[]> errors) =>
        Results.ValidationProblem(errors, title: "Not as it has to be", type: "urn:interclustering:problem:invalid",
            statusCode: StatusCodes.Status422UnprocessableEntity);

    private static async Task<(PublishedItem? Item, Dictionary<string, string[]> Errors)> ReadAsync(
        NodeContext db, NodeInstance node, ApiPublication publication, string source, string externalId, FederationDirectory directory,
            string site, CancellationToken cancellation)
    {
        if (publication.Kind is not (Kinds.Event or Kinds.Webinar or Kinds.BestPractice))
        {
            return (null, new() { ["kind"] = [$"One of {Kinds.Event}, {Kinds.Webinar}, {Kinds.BestPractice}."] });
        }

        if (publication.ListWithNull is { } list)
        {
            return (null, new() { [list] = ["A list without null."] });
        }

        if (source.Length > LongestSource || !SourceName().IsMatch(source))
        {
            return (null, new() { ["source"] = [$"Small letters, digits and hyphens, at most {LongestSource} characters: site-web."] });
        }

        if (externalId.Length > LongestKey || externalId.Any(char.IsControl))
        {
            return (null, new() { ["externalId"] = [$"At most {LongestKey} characters, without control characters."] });
        }

        var copy = await FindAsync(db, source, externalId, cancellation);
        if (copy is not null && copy.Kind != publication.Kind)
        {
            return (null, new() { ["kind"] = [$"It was sent as {copy.Kind} before: withdraw it, and send it under another id."] });
        }

        var form = publication.ToForm();
        var reading = FormReading.Of(form, directory, node.Code);
        var known = copy is null ? null : (PublishedItem)PublicationText.Read(copy.Kind, copy.Data);
        if (await FilesApi.FillAsync(form, publication, known, db, site, cancellation) is { Count: > 0 } unknown)
        {
            return (null, unknown);
        }

        // Whom it names was chosen in the workspace, and stays.
        var item = reading.Read(draft: false, known, field => (field, known) switch
        {
            ("speakers", Event happening) => happening.Speakers,
            ("contacts", BestPractice sheet) => sheet.Contacts,
            ("owner", BestPractice { Owner: { } owner }) => [owner],
            _ => [],
        });
        var errors = reading.Errors.GroupBy(error => ApiPublication.NameOf(error.Field))
            .ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray());
        if (publication.Url is { } url && !(url.StartsWith("https://", StringComparison.Ordinal)
            && Uri.IsWellFormedUriString(url, UriKind.Absolute) && url.Length <= 2000))
        {
            errors["url"] = ["An https address of at most 2,000 characters."];
        }

        return item is null || errors.Count > 0
            ? (null, errors)
            : (item with { Url = publication.Url, Source = new SourceReference(source, externalId, publication.Url) }, errors);
    }

    private static async Task<IResult> ShowAsync(
        string code, string source, string externalId, HttpContext http, Nodes nodes, CancellationToken cancellation)
    {
        var (caller, refusal) = await ApiCaller.FindAsync(http, nodes, code, cancellation);
        if (caller is null)
        {
            return refusal!;
        }

        await using var db = caller.Node.Open();
        return await FindAsync(db, source, externalId, cancellation) is { } copy
            ? Results.Json(new ApiState(copy.Subject, copy.State, copy.Revision, new DateTimeOffset(copy.EditedAt, TimeSpan.Zero),
                copy.EditedBy, ShownOf(copy)), ContractJson.Options)
            : Unknown(source, externalId);
    }

    private static async Task<IResult> WithdrawAsync(
        string code, string source, string externalId, [FromQuery, Description("true: only say what would be done.")] bool? dryRun,
        HttpContext http, Nodes nodes, TimeProvider clock, CancellationToken cancellation)
    {
        var (caller, refusal) = await ApiCaller.FindAsync(http, nodes, code, cancellation);
        if (caller is null)
        {
            return refusal!;
        }

        await using var db = caller.Node.Open();
        if (await FindAsync(db, source, externalId, cancellation) is not { } copy)
        {
            return Unknown(source, externalId);
        }

        if (dryRun == true)
        {
            return TypedResults.Ok(new ApiOutcome(copy.Subject, copy.State == PublicationState.Withdrawn
                ? "unchanged" : "withdrawn", copy.Revision, DryRun: true));
        }

        if (copy.State != PublicationState.Withdrawn)
        {
            await new PublicationEditor(db, caller.Node.Journal, clock)
                .WithdrawBySourceAsync(copy.Subject, caller.Token.Name, cancellation);
            if (await ChangeStore.FindAsync(db, copy.Subject, cancellation) is { Owner: null } change)
            {
                // What the site had sent to be read is of no use any more.
                await ChangeStore.DiscardAsync(db, change, cancellation);
            }

            db.Note("", AuditedActions.WithdrawnByToken, $"{caller.Token.Name} : {copy.Title}", http.Now());
            await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.NoContent();
    }

    private static Task<WorkingCopy?> FindAsync(NodeContext db, string source, string externalId, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SourceSystem == source && row.SourceKey == externalId, cancellation);

    /// <summary>The record without its nonce: that keeps digests of the journal from being guessed, and means nothing here.</summary>
    private static JsonNode ShownOf(WorkingCopy copy)
    {
        var publication = PublicationText.Read(copy.Kind, copy.Data);
        var record = JsonSerializer.SerializeToNode(publication, publication.GetType(), ContractJson.Options)!.AsObject();
        record.Remove("nonce");
        return record;
    }

    private static IResult Unknown(string source, string externalId) =>
        ApiCaller.Problem(StatusCodes.Status404NotFound, "not-found", "Not found", $"Nothing was sent here as {source}/{externalId}.");

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SourceName();
}
