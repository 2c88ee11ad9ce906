using Interclustering.Node.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Interclustering.Node.Api;

/// <summary>
/// Says in the OpenAPI description that an operation needs a token, so that generated clients and the reference ask for one.
/// </summary>
internal static class TokenScheme
{
    private const string Name = "token";

    public static RouteHandlerBuilder NeedsToken(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.WithMetadata(new NeedsScope(scope))
        .AddOpenApiOperationTransformer((operation, context, _) =>
    {
        context.Document!.AddComponent(Name, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token of this workspace; its administrators make one at /espace/{code}/jetons.",
        });
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Name, context.Document)] = [] }];
        return Task.CompletedTask;
    });
}
