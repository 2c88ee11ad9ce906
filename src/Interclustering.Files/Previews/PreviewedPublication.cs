using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Files.Previews;

/// <summary>
/// What a cluster sends to the hub to see it as the national site would show it. The request is signed as a file's is (contracts/README.md,
/// section 9); nothing of it is published, and the hub forgets it after half an hour.
/// </summary>
/// <param name="Subject">Id of the publication; a new one for what was never saved.</param>
/// <param name="Kind">See <see cref="Kinds"/>.</param>
/// <param name="Data">As its journal entry would carry it.</param>
/// <param name="People">The persons that it names, by id.</param>
public sealed record PreviewedPublication(string Subject, string Kind, JsonElement Data, IReadOnlyDictionary<string, Person> People)
{
    /// <summary>Of the request's body, in bytes.</summary>
    public const int Most = 400_000;

    /// <summary>Where a cluster sends it, on the hub.</summary>
    public static string PathOf(string cluster) => $"/api/v1/previews/{cluster}";
}

/// <summary>Where the preview is, for half an hour: paths of the national site.</summary>
/// <param name="Page">The page as it would be.</param>
/// <param name="Embed">The frame for other sites, with this publication alone.</param>
public sealed record PreviewPlace(string Page, string Embed);
