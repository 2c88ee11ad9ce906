using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Interclustering.Hub.Api;

/// <summary><c>/api</c>: the API explained, written from its OpenAPI document; and Scalar's reference, which needs a script.</summary>
public static class ReferencePage
{
    private const string Document = "v1";

    /// <param name="endpoints">Where it is mapped, with an OpenAPI document <c>v1</c>.</param>
    /// <param name="requestsPerMinute">See <see cref="RequestRates"/>.</param>
    public static void MapReference(this IEndpointRouteBuilder endpoints, int requestsPerMinute)
    {
        // It says the same for as long as the process runs; its examples are in the reader's language.
        OpenApiDocument? french = null, english = null;
        endpoints.MapFresh("").ExcludeFromDescription().MapGet("/api", async (
            HttpContext http, Catalogue catalogue, FederationDirectory directory, CancellationToken cancellation) =>
        {
            var document = (Language.IsEnglish ? english : french)
                ?? await http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document)
                    .GetOpenApiDocumentAsync(cancellation);
            (Language.IsEnglish ? ref english : ref french) = document;
            return Show(document, requestsPerMinute, http.Request, catalogue.Current, directory);
        });
        endpoints.MapGet("/api/reference", (HttpContext http) =>
        {
            // Scalar writes style elements while it runs. This page shows no foreign content, so it allows them.
            http.Response.Headers.ContentSecurityPolicy = http.Response.Headers.ContentSecurityPolicy.ToString()
                .Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);
            return Pages.Of<ScalarPage>(T["Référence interactive de l’API"], null, [], card: Pages.NotIndexed);
        }).ShareAnswer().ExcludeFromDescription();
    }

    private static IResult Show(
        OpenApiDocument document, int requestsPerMinute, HttpRequest request, Snapshot snapshot, FederationDirectory directory)
    {
        var shown = snapshot.Items.Values.FirstOrDefault(item => item is { ForMembers: false, Item: Event { Speakers.Count: > 0 } })
            ?? snapshot.Items.Values.FirstOrDefault();
        return Pages.Of<ApiPage>(
            T["API"], null,
            new()
            {
                [nameof(ApiPage.Document)] = document,
                [nameof(ApiPage.RequestsPerMinute)] = requestsPerMinute,
                [nameof(ApiPage.Origin)] = Pages.OriginOf(request),
                [nameof(ApiPage.Changes)] = string.Create(CultureInfo.InvariantCulture, $"{snapshot.Epoch}:{snapshot.Position}"),
                [nameof(ApiPage.Known)] = new Dictionary<string, string>
                {
                    ["id"] = shown?.Id ?? ApiExamples.Published.Id,
                    ["code"] = directory.Clusters is [var first, ..] ? first.Code : "bsc",
                    ["source"] = "site-web",
                    ["externalId"] = "42",
                },
            },
            description: T["Tout ce que le site montre, en JSON, sans clé et sans compte. Un outil ou un autre site peut s’en servir "
                + "librement."]);
    }
}
