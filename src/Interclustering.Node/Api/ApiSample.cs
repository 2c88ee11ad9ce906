using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Interclustering.Node.Api;

/// <summary>A publication that the description shows, and what its sender is answered.</summary>
internal static class ApiSample
{
    public static RouteHandlerBuilder WithSample(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
            {
                body.Example = new JsonObject
                {
                    ["kind"] = "event",
                    ["title"] = "Visite du quai",
                    ["sessions"] = new JsonArray(
                        new JsonObject { ["start"] = "2027-03-10T09:00:00", ["end"] = "2027-03-10T12:00:00" }),
                };
            }

            if (operation.Responses?.TryGetValue("200", out var response) == true
                && response.Content?.TryGetValue("application/json", out var answer) == true)
            {
                answer.Example = new JsonObject
                {
                    ["id"] = "bsc-019abc00-0000-7000-8000-000000000001",
                    ["outcome"] = "updated",
                    ["revision"] = 2,
                    ["dryRun"] = false,
                };
            }

            return Task.CompletedTask;
        });
}
