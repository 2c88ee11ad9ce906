using System.Text.Json.Serialization;

namespace Interclustering.Hub.OEmbed;

/// <summary>
/// An answer of type « rich » (oEmbed 1.0, §2.3.4.4). It has no thumbnail: that needs a size, and we know none of a picture.
/// </summary>
/// <param name="Title">Plain text.</param>
/// <param name="Html">A frame of this site, without script.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="ProviderUrl">Of this site.</param>
/// <param name="AuthorName">The cluster whose publication it is; null for a part of the agenda.</param>
/// <param name="AuthorUrl">Its page.</param>
internal sealed record RichAnswer(
    string Title, string Html, int Width, int Height, [property: JsonPropertyName("provider_url")] string ProviderUrl,
    [property: JsonPropertyName("author_name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AuthorName,
    [property: JsonPropertyName("author_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AuthorUrl)
{
    public string Type { get; init; } = "rich";

    public string Version { get; init; } = "1.0";

    [JsonPropertyName("provider_name")]
    public string ProviderName { get; init; } = "Interclustering";

    /// <summary>Seconds. What is in the frame is always of today.</summary>
    [JsonPropertyName("cache_age")]
    public int CacheAge { get; init; } = 86400;
}
