using Interclustering.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;

namespace Interclustering.IntegrationTests.Fuzz;

/// <summary>An address of the server.</summary>
/// <param name="Pattern">With its parameters.</param>
/// <param name="Methods">Empty: any.</param>
internal sealed record ServerEndpoint(RoutePattern Pattern, IReadOnlyList<string> Methods);

/// <summary>Every address of the server, read from its own endpoint data sources.</summary>
internal static class ServerEndpoints
{
    public static async Task<IReadOnlyList<ServerEndpoint>> ReadAsync()
    {
        var data = Directory.CreateTempSubdirectory("interclustering-endpoints-").FullName;
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = "Interclustering.Server"
            });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Interclustering:Data"] = data });
            await using var app = Program.Build(builder);
            return
            [
                .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                    .Select(endpoint => new ServerEndpoint(endpoint.RoutePattern,
                        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
                    .OrderBy(endpoint => endpoint.Pattern.RawText, StringComparer.Ordinal).ThenBy(endpoint =>
                        string.Join(' ', endpoint.Methods), StringComparer.Ordinal),
            ];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
