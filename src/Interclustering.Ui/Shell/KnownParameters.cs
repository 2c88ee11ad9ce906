using System.Reflection;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Interclustering.Ui.Shell;

/// <summary>
/// Endpoints of the API refuse a parameter that they don't know: a filter with a typing error would otherwise answer with everything.
/// </summary>
public static class KnownParameters
{
    private const int MostNamed = 3, Longest = 60;

    /// <summary>
    /// Answers 400 with the nearest parameter that is known. What is known are the handler's parameters that are marked as of the query,
    /// also those of an <c>[AsParameters]</c> type.
    /// </summary>
    /// <param name="endpoints">Of the API.</param>
    /// <param name="among">Requests that are looked at; all where it is absent.</param>
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder endpoints, Func<HttpRequest, bool>? among = null)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilterFactory((context, next) =>
    {
        var known = Of(context.MethodInfo);
        return invocation => among?.Invoke(invocation.HttpContext.Request) != false && invocation.HttpContext.Request.Query.Keys
            .Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)).Take(MostNamed).ToList() is { Count: > 0 } unknown
            ? ValueTask.FromResult<object?>(TypedResults.Problem(
                string.Join(' ', unknown.Select(name => Sentence(name, known))), statusCode: StatusCodes.Status400BadRequest,
                title: "A parameter is not known", type: "urn:interclustering:problem:parameter"))
            : next(invocation);
    });

    /// <summary>The name that was meant; null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var typed = Letters(name);
        var allowed = typed.Length < 4 ? 1 : typed.Length < 8 ? 2 : 3;
        return known.Where(other => Math.Abs(Letters(other).Length - typed.Length) <= allowed)
            .Select(other => (Name: other, Distance: EditDistance.Between(Letters(other), typed)))
            .Where(near => near.Distance <= allowed && near.Distance < near.Name.Length)
            .OrderBy(near => near.Distance).Select(near => near.Name).FirstOrDefault();
    }

    private static string Sentence(string name, IReadOnlyList<string> known) =>
        $"{(name.Length > Longest ? name[..Longest] + "…" : name)}: is not known. " + (Nearest(name, known) is { } nearest
            ? $"Did you mean {nearest}?"
            : known.Count == 0 ? "This address takes no parameters." : $"Known are {string.Join(", ", known)}.");

    private static IReadOnlyList<string> Of(MethodInfo handler) =>
    [
        .. handler.GetParameters().SelectMany(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is null
            ? Name(parameter.GetCustomAttribute<FromQueryAttribute>(), parameter.Name)
            : parameter.ParameterType.GetProperties()
                .SelectMany(property => Name(property.GetCustomAttribute<FromQueryAttribute>(), property.Name))),
    ];

    private static IEnumerable<string> Name(FromQueryAttribute? query, string? name) => query is null ? [] : [query.Name ?? name!];

    /// <summary><c>updated_after</c> is <c>updatedAfter</c> in other APIs.</summary>
    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
