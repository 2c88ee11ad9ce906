using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Previews;
using Interclustering.Hub.Embeds;
using Interclustering.Hub.Events;
using Interclustering.Hub.Files;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.Knowledge;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Previews;

/// <summary>« Aperçu »: a cluster's publication as this site and its embeds would show it, before it is published.</summary>
internal static class PreviewPages
{
    public static void MapPreviews(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(PreviewedPublication.PathOf("{cluster}"), TakeAsync)
            .RequireRateLimiting(RequestRates.Api).WithMetadata(new NeedsSignature()).ExcludeFromDescription();
        endpoints.MapGet("/apercu/{token}", ShowPage).ExcludeFromDescription();
        endpoints.MapGet("/apercu/{token}/integration", ShowEmbed).ExcludeFromDescription();
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, string cluster, PreviewStore previews, FederationDirectory directory, TimeProvider clock)
    {
        var body = new byte[PreviewedPublication.Most + 1];
        var count = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (count > PreviewedPublication.Most)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, "too-large", $"A preview has at most {PreviewedPublication.Most} bytes.");
        }

        var headers = http.Request.Headers;
        var digest = RequestSignature.DigestOf(body.AsSpan(0, count));
        var request = new SignedRequest(http.Request.Method, http.Request.PathBase.Add(http.Request.Path).ToUriComponent(), digest);
        if (headers[UploadProtocol.ContentDigest] != digest || RequestSignature.Refuse(
            request, headers[RequestSignature.InputField], headers[RequestSignature.SignatureField], directory.Find(cluster)?.Keys
                ?? [], clock.GetUtcNow()) is not null)
        {
            return Problem(StatusCodes.Status401Unauthorized, "signature", "The request is not signed by this cluster, or not of now.");
        }

        try
        {
            if (JsonSerializer.Deserialize<PreviewedPublication>(body.AsSpan(0, count), ContractJson.Options) is not { } preview)
            {
                return Problem(StatusCodes.Status400BadRequest, "preview", "An object is expected.");
            }

            var (token, refusal) = previews.Keep(cluster, preview);
            return token is null
                ? Problem(StatusCodes.Status422UnprocessableEntity, "preview", refusal ?? "")
                : Results.Json(new PreviewPlace($"/apercu/{token}", $"/apercu/{token}/integration"), ContractJson.Options);
        }
        catch (JsonException exception)
        {
            return Problem(StatusCodes.Status400BadRequest, "preview", $"{exception.Path} has another form than expected.");
        }
    }

    private static IResult ShowPage(
        HttpContext http, string token, PreviewStore previews, Catalogue catalogue, HubFiles files, FederationDirectory directory,
            TimeProvider clock)
    {
        if (Find(http, token, previews, catalogue) is not { } preview)
        {
            return Missing();
        }

        var (today, origin) = (ParisDay.Today(clock), Pages.OriginOf(http.Request));
        return preview.Published.Kind == Kinds.BestPractice
            ? SheetDocument.Of(preview.Published, preview.Snapshot, files, directory, today, origin)
            : EventDocument.Of(preview.Published, preview.Snapshot, files, directory, today, origin);
    }

    private static IResult ShowEmbed(HttpContext http, string token, PreviewStore previews, Catalogue catalogue, TimeProvider clock)
    {
        if (Find(http, token, previews, catalogue) is not { } preview)
        {
            return Missing();
        }

        var alone = preview.Snapshot with
        {
            Items = PublishedDictionary.Of([preview.Published]),
            Agenda = [.. preview.Snapshot.Agenda.TimesOf(preview.Published.Id)],
        };
        var (filter, choice) = (new AgendaFilter(), new EmbedChoice(preview.Published.Kind == Kinds.BestPractice
            ? EmbedChoice.SheetsLayout : EmbedChoice.ListLayout, EmbedChoice.DefaultLimit, Month: null));
        return new RazorComponentResult<EmbedFrame>(new Dictionary<string, object?>
        {
            [nameof(EmbedFrame.Agenda)] = EmbeddedAgenda.Of(alone, filter, choice, ParisDay.Today(clock), Pages.OriginOf(http.Request)),
            [nameof(EmbedFrame.Filter)] = filter,
            [nameof(EmbedFrame.Choice)] = choice,
        });
    }

    private static (Published Published, Snapshot Snapshot)? Find(
        HttpContext http, string token, PreviewStore previews, Catalogue catalogue)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return previews.Find(token, catalogue.Current);
    }

    private static IResult Missing() => Pages.NotFound(T["Cet aperçu n’est plus gardé : demandez-en un nouveau depuis votre espace."]);

    private static IResult Problem(int status, string type, string detail) =>
        Results.Problem(detail, statusCode: status, type: UploadProtocol.Problem + type, title: "No preview.");
}
