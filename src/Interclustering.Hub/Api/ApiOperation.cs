using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Microsoft.OpenApi;

namespace Interclustering.Hub.Api;

/// <summary>An operation of the OpenAPI document, as the page shows it.</summary>
/// <param name="Method">GET.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Described">What the document says of it.</param>
public sealed record ApiOperation(string Method, string Path, OpenApiOperation Described)
{
    /// <summary>A value for a parameter of which the document has none.</summary>
    private const string Unknown = "…";

    public string Anchor => Described.OperationId ?? $"{Method} {Path}";

    public string Tag => Described.Tags?.FirstOrDefault()?.Name ?? "";

    /// <summary>Whether it takes the filter that the document describes once for all.</summary>
    public bool TakesFilter => Parameters.Any(parameter => parameter is OpenApiParameterReference);

    /// <summary>Its own parameters, those of the path first.</summary>
    public IEnumerable<ApiParameter> Own =>
        Parameters.Where(parameter => parameter is not OpenApiParameterReference)
            .OrderBy(parameter => parameter.In != ParameterLocation.Path).Select(ApiParameter.Of);

    private const string Binary = "application/octet-stream";

    public bool NeedsToken => Described.Security is { Count: > 0 };

    public IEnumerable<(string Status, string? Text)> Answers =>
        (Described.Responses ?? []).OrderBy(answer => answer.Key, StringComparer.Ordinal)
            .Select(answer => (answer.Key, answer.Value.Description));

    /// <summary>What is answered with 200; null where the document shows nothing.</summary>
    public string? Example => Described.Responses?.GetValueOrDefault("200")?.Content?.Values
        .Select(content => content.Example).OfType<JsonNode>().Select(Text).FirstOrDefault();

    private IList<IOpenApiParameter> Parameters => Described.Parameters ?? [];

    private string? Body => Described.RequestBody?.Content?.Values.Select(content => content.Example?.ToJsonString(ContractJson.Options))
        .FirstOrDefault();

    /// <summary>Every operation, in the document's order.</summary>
    public static IReadOnlyList<ApiOperation> Of(OpenApiDocument document) =>
    [
        .. document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(operation =>
            new ApiOperation(operation.Key.Method, path.Key, operation.Value))),
    ];

    /// <summary>Asks for it as it stands.</summary>
    /// <param name="origin">Of the site.</param>
    /// <param name="known">Values of path parameters, by name: of something that is there.</param>
    public string Curl(string origin, IReadOnlyDictionary<string, string> known)
    {
        var path = Parameters.Where(parameter => parameter.In == ParameterLocation.Path).Aggregate(Path, (text, parameter) =>
            text.Replace($"{{{parameter.Name}}}", ValueOf(parameter, known), StringComparison.Ordinal));
        var query = string.Join('&', Parameters.Where(parameter => parameter is { In: ParameterLocation.Query, Example: not null })
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Example!.ToString())}"));
        var command = new StringBuilder("curl ");
        if (Method != "GET")
        {
            command.Append(CultureInfo.InvariantCulture, $"-X {Method} ");
        }

        command.Append(CultureInfo.InvariantCulture, $"\"{origin}{path}{(query.Length > 0 ? "?" + query : "")}\"");
        if (NeedsToken)
        {
            command.Append(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
        }

        if (Described.RequestBody?.Content?.ContainsKey(Binary) == true)
        {
            command.Append(CultureInfo.InvariantCulture, $" \\\n  -H \"Content-Type: {Binary}\" \\\n  --data-binary @FILE");
        }

        if (Body is { } body)
        {
            command.Append(CultureInfo.InvariantCulture, $" \\\n  -H \"Content-Type: application/json\" \\\n  -d '{body}'");
        }

        return command.ToString();
    }

    private static string ValueOf(IOpenApiParameter parameter, IReadOnlyDictionary<string, string> known) =>
        parameter.Example?.ToString() ?? known.GetValueOrDefault(parameter.Name!, Unknown);

    private static string Text(JsonNode example) => example.GetValueKind() == JsonValueKind.String
        ? example.GetValue<string>().Trim() : example.ToJsonString(ContractJson.Indented);
}

/// <summary>What an operation can be asked with.</summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="Description">In English.</param>
/// <param name="IsRepeatable">It may be given several times: one of them has to fit.</param>
public sealed record ApiParameter(string Name, string? Description, bool IsRepeatable)
{
    public static ApiParameter Of(IOpenApiParameter parameter) =>
        new(parameter.Name!, parameter.Description, parameter.Schema?.Type?.HasFlag(JsonSchemaType.Array) == true);
}
